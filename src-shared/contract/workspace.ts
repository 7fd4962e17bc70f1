import { z } from 'zod';
import { reviewer, reviewerProof, signingKey } from '../model/reviewer.ts';
import { clockStanding, syncPreview, syncRequest } from '../model/sync.ts';
import { job, workspaceStatus } from '../model/workspace.ts';
import { instant } from '../time/instant.ts';
import { asShown, jobStarted, procedure } from './base.ts';

export const workspace = {
  status: procedure.route({ method: 'GET', path: '/status' }).output(workspaceStatus),
  /**
   * Sets who decides here. A reviewer whose key is on this computer shows that it is theirs: with its passphrase, or by
   * what the keychain or the agent asks for. A new identity gets its own signing key; without a system keychain that needs
   * a passphrase, or the fingerprint of a key that an ssh-agent offers.
   */
  setReviewer: procedure
    .route({ method: 'PUT', path: '/reviewer' })
    .input(reviewer.extend({ passphrase: z.string().min(1).optional(), agent: z.string().optional() }))
    .output(
      z.object({
        reviewer,
        key: signingKey,
        isReplacement: reviewerProof.shape.isReplacement,
        /** What cannot be sent in this reviewer’s name, in sentences; absent where nothing stands in the way. */
        warnings: z.array(z.string()).optional(),
      }),
    ),
  /** What that would take. */
  reviewerProof: procedure
    .route({ method: 'GET', path: '/reviewer/proof' })
    .input(z.object({ id: z.string(), email: z.string().nullable().optional() }))
    .output(reviewerProof),
  keys: procedure.route({ method: 'GET', path: '/keys' }).output(z.array(signingKey)),
  privilegedActions: procedure
    .route({ method: 'GET', path: '/privileged-actions' })
    .output(z.array(z.string())),
  setPrivilegedActions: procedure
    .route({ method: 'PUT', path: '/privileged-actions' })
    .input(
      z.object({
        actions: z.array(z.string().trim().min(1)).max(200),
        reason: z.string().trim().min(1),
        ...asShown,
      }),
    )
    .output(z.array(z.string())),
  /** Creates and starts the sample database, connects to it and refreshes. */
  exploreSample: procedure
    .route({ method: 'POST', path: '/sample/explore' })
    .input(z.object(asShown).optional())
    .output(jobStarted),
};

export const jobs = {
  list: procedure.route({ method: 'GET', path: '/jobs' }).output(z.array(job)),
  get: procedure
    .route({ method: 'GET', path: '/jobs/{id}' })
    .input(z.object({ id: z.string() }))
    .output(job),
  cancel: procedure
    .route({ method: 'POST', path: '/jobs/{id}/cancel' })
    .input(z.object({ id: z.string() }))
    .output(job),
};

export const refresh = {
  start: procedure
    .route({ method: 'POST', path: '/refresh' })
    .input(z.object({ asOf: instant.optional() }))
    .output(jobStarted),
};

export const sync = {
  start: procedure
    .route({ method: 'POST', path: '/sync' })
    .input(syncRequest.extend(asShown).optional())
    .output(jobStarted),
  /** What the next sync would send and what not, from what is on this computer; asks no database. */
  dryRun: procedure.route({ method: 'GET', path: '/sync/dry-run' }).output(syncPreview),
  /** How far the clocks of the database and this computer are apart. */
  clock: procedure.route({ method: 'GET', path: '/sync/clock' }).output(clockStanding),
  /** Puts on record that somebody knows how far the clocks are apart; `offsetMs` is the difference they were shown. */
  acknowledgeClock: procedure
    .route({ method: 'POST', path: '/sync/acknowledge-clock' })
    .input(z.object({ offsetMs: z.number(), reason: z.string().trim().min(1).max(4000), ...asShown }))
    .output(clockStanding),
};
