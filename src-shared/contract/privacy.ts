// Names behind pseudonyms, looking behind them with a reason, and erasing a person's mirrored events.
import { z } from 'zod';
import { erasureReport, longestUnmaskMinutes, privacy as privacyModel } from '../model/privacy.ts';
import { redactedPackReport, redactionProfile } from '../model/redaction.ts';
import { asShown, procedure } from './base.ts';

const reason = z.string().trim().min(1).max(4000);
const actor = z.string().min(1).max(1000);

export const privacy = {
  get: procedure.route({ method: 'GET', path: '/privacy' }).output(privacyModel),
  /** Shows actors as pseudonyms, or by name again; either ends every unmasking. */
  setMask: procedure
    .route({ method: 'PUT', path: '/privacy/mask' })
    .input(z.object({ isMasked: z.boolean(), purpose: reason, ...asShown }))
    .output(privacyModel),
  /** Shows one actor, or everybody, by name for a time. */
  unmask: procedure
    .route({ method: 'POST', path: '/privacy/unmaskings' })
    .input(
      z.object({
        /** A pseudonym or an id; null is everybody. */
        actor: actor.nullable(),
        reason,
        minutes: z.number().int().min(1).max(longestUnmaskMinutes),
        ...asShown,
      }),
    )
    .output(privacyModel),
  /** Erases what is mirrored of a person; counts stay under a pseudonym. */
  erase: procedure
    .route({ method: 'POST', path: '/privacy/erasures' })
    .input(z.object({ actor, reason, ...asShown }))
    .output(erasureReport),
  /** Writes a redacted pack beside a full one of this workspace. */
  redact: procedure
    .route({ method: 'POST', path: '/privacy/redactions' })
    .input(
      z.object({
        /** Name of the full pack. */
        pack: z.string().min(1).max(255),
        /** “external auditor” without one. */
        profile: redactionProfile.optional(),
        passphrase: z.string().optional(),
        ...asShown,
      }),
    )
    .output(redactedPackReport),
  /** Lets the person's later events be mirrored by name again; what was erased stays so. */
  liftErasure: procedure
    .route({ method: 'POST', path: '/privacy/erasures/lift' })
    .input(z.object({ pseudonym: actor, reason, ...asShown }))
    .output(privacyModel),
};
