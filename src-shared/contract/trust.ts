// Whom this workspace believes about signers and times; every change is on record in the ledger.
import { z } from 'zod';
import { comparison, fingerprint, trustOverview } from '../model/trust.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const file = z.base64().max(2_000_000);
const identity = z.string().min(1).max(1000);

export const trust = {
  get: procedure.route({ method: 'GET', path: '/trust' }).output(trustOverview),
  /** Pins the key that signs the organisation's lists; another one than pinned only with a reason. */
  pinRoot: procedure
    .route({ method: 'POST', path: '/trust/root' })
    .input(
      z.object({
        publicKey: z.string().max(10_000),
        replacement: z.string().max(4000).optional(),
        ...asShown,
      }),
    )
    .output(trustOverview),
  /** Takes a newer list that the pinned root key signed; files as base64. */
  update: procedure
    .route({ method: 'POST', path: '/trust/list' })
    .input(z.object({ list: file, signature: file, revoked: file.optional(), ...asShown }))
    .output(trustOverview),
  /** A fingerprint in the ways people compare it. */
  compare: procedure
    .route({ method: 'GET', path: '/trust/comparison' })
    .input(z.object({ fingerprint }))
    .output(comparison),
  /** Says that the key was compared with its owner by another way than the pack. */
  pinFirstUse: procedure
    .route({ method: 'POST', path: '/trust/first-use' })
    .input(z.object({ identity, fingerprint, ...asShown }))
    .output(trustOverview),
  removeFirstUse: procedure
    .route({ method: 'POST', path: '/trust/first-use/removal' })
    .input(z.object({ identity, reason: z.string().min(1).max(4000), ...asShown }))
    .output(trustOverview),
  /** Sets the RFC 3161 service asked for timestamps; null asks none, which is how it begins. */
  setTimestamps: procedure
    .route({ method: 'PUT', path: '/trust/timestamps' })
    .input(
      z.object({
        service: z
          .object({ url: z.string().max(2000), authorities: z.string().max(1_000_000).nullable() })
          .nullable(),
        ...asShown,
      }),
    )
    .output(trustOverview),
  /** Asks the configured service for a timestamp of each signature of a pack in the workspace. */
  timestamp: procedure
    .route({ method: 'POST', path: '/trust/timestamp' })
    .input(z.object({ name: z.string().max(300), ...asShown }))
    .output(z.object({ file: z.string(), sha256: z.string(), added: z.number().int() })),
  /** The same as a job. */
  startTimestamp: procedure
    .route({ method: 'POST', path: '/trust/timestamps' })
    .input(z.object({ name: z.string().max(300), ...asShown }))
    .output(jobStarted),
};
