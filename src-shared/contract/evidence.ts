import { z } from 'zod';
import { packListing, verification } from '../model/evidence.ts';
import { jobStarted, procedure } from './base.ts';

export const evidence = {
  /** Writes a signed pack into the workspace's packs folder. The job's result is an export report. */
  export: procedure
    .route({ method: 'POST', path: '/evidence/export' })
    .input(z.object({ passphrase: z.string().optional() }))
    .output(jobStarted),
  packs: procedure.route({ method: 'GET', path: '/evidence/packs' }).output(z.array(packListing)),
  /** Verifies a pack handed over as base64; signers and revoked are file contents in OpenSSH formats. */
  verify: procedure
    .route({ method: 'POST', path: '/evidence/verify' })
    .input(
      z.object({
        pack: z.base64(),
        signers: z.string().max(1_000_000).optional(),
        revoked: z.string().max(1_000_000).optional(),
      }),
    )
    .output(verification),
};
