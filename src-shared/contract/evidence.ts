import { z } from 'zod';
import {
  changedPack,
  controlMapping,
  deletedPack,
  exportedPack,
  packListing,
  retentionLabel,
  signOffRoles,
  verification,
  verifyPage,
} from '../model/evidence.ts';
import { campaignsWish } from '../model/pack-campaigns.ts';
import { redactionProfile } from '../model/redaction.ts';
import { samplingMethod, samplingPlan } from '../model/sampling.ts';
import { givenTrust } from '../model/trust.ts';
import { asShown, jobStarted, procedure } from './base.ts';
import { packChoice } from './pack-choice.ts';

/** A pack is a plain zip, which ends at 4 GiB; the pieces of an upload are well below what a door takes at once. */
const largestPackBytes = 2 ** 32;
const largestPieceCharacters = 2 ** 25;

const uploaded = z.object({ upload: z.uuid() });

/** What a pack is judged by, besides what the workspace holds. */
const givenToVerify = givenTrust.extend({
  /** A file of revealed values, to be held against a redacted pack. */
  reveal: z.string().max(8_000_000).optional(),
});

/** Draws a sample of the items into the pack; without a size the one that follows from the method. */
const sampling = z.object({
  method: samplingMethod,
  seed: samplingPlan.shape.seed.nullable(),
  size: z.number().int().min(1).max(100_000).nullable().optional(),
});

const namedCampaign = z.object({
  campaign: z.string(),
  name: z.string(),
  /** The days it observes, both included. */
  period: z.object({ from: z.string(), to: z.string() }),
});

export const evidence = {
  /** Writes a signed pack into the workspace's packs folder. The job's result is an export report. */
  export: procedure
    .route({ method: 'POST', path: '/evidence/export' })
    .input(
      z.object({
        passphrase: z.string().optional(),
        retention: retentionLabel.optional(),
        sampling: sampling.optional(),
        /** Which access reviews go into it; without, those that overlap the time the pack speaks of. */
        campaigns: campaignsWish.optional(),
        /** Makes a redacted pack besides, with this profile. */
        redact: redactionProfile.optional(),
        ...asShown,
      }),
    )
    .output(jobStarted),
  /** How many items a sample would take, before anything is exported. */
  previewSample: procedure
    .route({ method: 'POST', path: '/evidence/export/sample' })
    .input(sampling)
    .output(z.object({ populationSize: z.number().int(), size: z.number().int(), derivation: z.string() })),
  /** Which access reviews a pack would hold by a choice, and which it would leave out, in the order in which they were defined. */
  previewCampaigns: procedure
    .route({ method: 'POST', path: '/evidence/export/campaigns' })
    .input(campaignsWish)
    .output(z.object({ packed: z.array(namedCampaign), leftOut: z.array(namedCampaign) })),
  /**
   * Signs off a pack of this workspace, or one that was handed over in pieces; of that a signed copy is made in the packs
   * folder, and the job’s result says where.
   */
  startSignOff: procedure
    .route({ method: 'POST', path: '/evidence/sign-offs' })
    .input(
      z.object({
        of: packChoice,
        role: z.enum(signOffRoles),
        note: z.string().max(4000).nullable(),
        passphrase: z.string().optional(),
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
  /** Every pack that was ever exported from here, wherever it was written, as the ledger knows; newest first. */
  exportedPacks: procedure
    .route({ method: 'GET', path: '/evidence/exported-packs' })
    .output(z.array(exportedPack)),
  /** Writes verify.html beside the packs, for recipients who verify in a browser. */
  verifyPage: procedure.route({ method: 'POST', path: '/evidence/verify-page' }).output(verifyPage),
  /** Verifies a pack handed over as base64; signers and revoked are file contents in OpenSSH formats. */
  verify: procedure
    .route({ method: 'POST', path: '/evidence/verify' })
    .input(
      z.object({
        pack: z.base64(),
        ...givenToVerify.shape,
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
  /** Verifies a pack that has arrived as a whole, and forgets it, unless it is to be kept for a sign-off or a redaction. */
  verifyUpload: procedure
    .route({ method: 'POST', path: '/evidence/uploads/{upload}/verify' })
    .input(uploaded.extend({ ...givenToVerify.shape, keep: z.boolean().optional() }))
    .output(verification),
  discardUpload: procedure
    .route({ method: 'DELETE', path: '/evidence/uploads/{upload}' })
    .input(uploaded)
    .output(z.object({})),
};
