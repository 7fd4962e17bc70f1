// Names behind pseudonyms, looking behind them with a reason, and erasing a person's mirrored events.
import { z } from 'zod';
import { erasureReport, longestUnmaskMinutes, privacy as privacyModel } from '../model/privacy.ts';
import {
  redactedPackReport,
  redactedRowPlace,
  redactedRows,
  redactionProfile,
  revealReport,
} from '../model/redaction.ts';
import { asShown, jobStarted, procedure } from './base.ts';
import { packChoice } from './pack-choice.ts';

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
  /** The same as a job, also of a pack that was handed over in pieces. The job’s result is what `redact` answers. */
  startRedaction: procedure
    .route({ method: 'POST', path: '/privacy/redactions/start' })
    .input(
      z.object({
        of: packChoice,
        profile: redactionProfile.optional(),
        passphrase: z.string().optional(),
        ...asShown,
      }),
    )
    .output(jobStarted),
  /** Rows of a redacted pack of this workspace in which values are hidden, as they read there. */
  redactedRows: procedure
    .route({ method: 'GET', path: '/privacy/redacted-rows' })
    .input(
      z.object({
        pack: z.string().min(1).max(255),
        /** Only of this file of the pack. */
        file: z.string().max(255).optional(),
        /** Only rows in which this stands. */
        text: z.string().max(1000).optional(),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(50),
      }),
    )
    .output(redactedRows),
  /** Writes the values hidden in rows, and single values, with their salts into a file for the recipient of the pack. */
  reveal: procedure
    .route({ method: 'POST', path: '/privacy/revelations' })
    .input(
      z.object({
        pack: z.string().min(1).max(255),
        rows: z.array(redactedRowPlace).max(500).default([]),
        values: z.array(z.string().min(1).max(10_000)).max(1000).default([]),
        reason,
        ...asShown,
      }),
    )
    .output(revealReport),
  /** Lets the person's later events be mirrored by name again; what was erased stays so. */
  liftErasure: procedure
    .route({ method: 'POST', path: '/privacy/erasures/lift' })
    .input(z.object({ pseudonym: actor, reason, ...asShown }))
    .output(privacyModel),
};
