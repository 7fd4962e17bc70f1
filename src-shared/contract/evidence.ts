import { z } from 'zod';
import {
  changedPack,
  controlMapping,
  deletedPack,
  packListing,
  retentionLabel,
  signOffRoles,
  verification,
  verifyPage,
} from '../model/evidence.ts';
import { samplingMethod, samplingPlan } from '../model/sampling.ts';
import { givenTrust } from '../model/trust.ts';
import { asShown, jobStarted, procedure } from './base.ts';

/** A pack is a plain zip, which ends at 4 GiB; the pieces of an upload are well below what a door takes at once. */
const largestPackBytes = 2 ** 32;
const largestPieceCharacters = 2 ** 25;

const uploaded = z.object({ upload: z.uuid() });

export const evidence = {
  /** Writes a signed pack into the workspace's packs folder. The job's result is an export report. */
  export: procedure
    .route({ method: 'POST', path: '/evidence/export' })
    .input(
      z.object({
        passphrase: z.string().optional(),
        retention: retentionLabel.optional(),
        /** Draws a sample of the population into the pack. */
        sampling: z.object({ method: samplingMethod, seed: samplingPlan.shape.seed.nullable() }).optional(),
        ...asShown,
      }),
    )
    .output(jobStarted),
  /** Adds a sign-off, and its signature, to a pack of this workspace. */
  signOff: procedure
    .route({ method: 'POST', path: '/evidence/packs/{name}/sign-off' })
    .input(
      z.object({
        name: z.string(),
        role: z.enum(signOffRoles),
        note: z.string().max(4000).nullable(),
        passphrase: z.string().optional(),
        ...asShown,
      }),
    )
    .output(changedPack),
  /** Deletes a pack of this workspace; that it was, and why, stays in the ledger. */
  deletePack: procedure
    .route({ method: 'DELETE', path: '/evidence/packs/{name}' })
    .input(z.object({ name: z.string(), reason: z.string().max(2000), ...asShown }))
    .output(deletedPack),
  /** The controls that evidence of this workspace is meant for. */
  controls: procedure.route({ method: 'GET', path: '/evidence/controls' }).output(controlMapping),
  setControls: procedure
    .route({ method: 'PUT', path: '/evidence/controls' })
    .input(z.object({ controls: controlMapping, reason: z.string().max(2000), ...asShown }))
    .output(controlMapping),
  packs: procedure.route({ method: 'GET', path: '/evidence/packs' }).output(z.array(packListing)),
  /** Writes verify.html beside the packs, for recipients who verify in a browser. */
  verifyPage: procedure.route({ method: 'POST', path: '/evidence/verify-page' }).output(verifyPage),
  /** Verifies a pack handed over as base64; signers and revoked are file contents in OpenSSH formats. */
  verify: procedure
    .route({ method: 'POST', path: '/evidence/verify' })
    .input(
      z.object({
        pack: z.base64(),
        ...givenTrust.shape,
      }),
    )
    .output(verification),
  /** Announces a pack that comes in pieces, because it is too large for one call. */
  beginUpload: procedure
    .route({ method: 'POST', path: '/evidence/uploads' })
    .input(z.object({ bytes: z.number().int().min(0).max(largestPackBytes) }))
    .output(uploaded),
  /** Adds the next piece, as base64; says how many bytes have arrived. */
  addToUpload: procedure
    .route({ method: 'POST', path: '/evidence/uploads/{upload}/pieces' })
    .input(
      uploaded.extend({
        offset: z.number().int().min(0),
        piece: z.base64().max(largestPieceCharacters),
      }),
    )
    .output(z.object({ received: z.number().int() })),
  /** Verifies a pack that has arrived as a whole, and forgets it. */
  verifyUpload: procedure
    .route({ method: 'POST', path: '/evidence/uploads/{upload}/verify' })
    .input(uploaded.extend(givenTrust.shape))
    .output(verification),
  discardUpload: procedure
    .route({ method: 'DELETE', path: '/evidence/uploads/{upload}' })
    .input(uploaded)
    .output(z.object({})),
};
