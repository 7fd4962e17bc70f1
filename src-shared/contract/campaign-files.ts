// Items and decisions of a campaign that go from one workspace to another as signed files, and what people decided differently.
import { z } from 'zod';
import { acceptedKey, campaignConflict, campaignFileList } from '../model/campaign-files.ts';
import { importRefusals, lookedAtFile, reviewerShare } from '../model/campaign-file-views.ts';
import { givenTrust } from '../model/trust.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const id = z.string().min(1).max(100);
const stage = z.number().int().min(0).max(2);

/** A file that was handed over in pieces (evidence/uploads), by what it is judged, and whether its key is accepted on a person’s word. */
const handedOver = z.object({
  upload: z.uuid(),
  name: z.string().min(1).max(255),
  ...givenTrust.shape,
  accept: acceptedKey.optional(),
  ...asShown,
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const campaignFiles = {
  /** Says what a file is and whether its key is believed, before anything is taken from it; the upload stays for that. */
  look: procedure
    .route({ method: 'POST', path: '/campaign-files/look' })
    .input(z.object({ upload: z.uuid(), ...givenTrust.shape }))
    .output(lookedAtFile),
  /** Who still has what, by stage. */
  shares: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/shares' })
    .input(z.object({ id }))
    .output(z.array(reviewerShare)),
  /** What was not taken over of one file of decisions. */
  refusals: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/files/{sha256}/refusals' })
    .input(z.object({ id, sha256 }))
    .output(importRefusals),
  /** Every file of a campaign that was handed out, taken up or imported here; the newest first. */
  list: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/files' })
    .input(z.object({ id }))
    .output(campaignFileList),
  /**
   * Writes a signed file with what somebody has to decide at a stage (from 0). The job’s result is an assignmentReport; the file
   * is among the exports of the workspace, by the name in it. The acts on files go one at a time (`locked`).
   */
  assign: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/assignments' })
    .input(
      z.object({
        id,
        to: z.string().min(1).max(200),
        stage: stage.default(0),
        passphrase: z.string().optional(),
        ...asShown,
      }),
    )
    .output(jobStarted),
  /** Takes up an assignment in the workspace of whoever it is for. The job’s result is an acceptedAssignment. */
  accept: procedure
    .route({ method: 'POST', path: '/campaign-files/accept' })
    .input(handedOver)
    .output(jobStarted),
  /** Writes a signed file with what was decided here on items that came as a file. The job’s result is a decisionsReport. */
  exportDecisions: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/decision-files' })
    .input(z.object({ id, passphrase: z.string().optional(), ...asShown }))
    .output(jobStarted),
  /**
   * Takes over decisions in the workspace that opened the campaign; the same file twice adds nothing twice. The job’s result is
   * an importReport.
   */
  importDecisions: procedure
    .route({ method: 'POST', path: '/campaign-files/import' })
    .input(handedOver)
    .output(jobStarted),
  /** Open conflicts first, then closed ones. */
  conflicts: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/conflicts' })
    .input(z.object({ id }))
    .output(z.array(campaignConflict)),
  /** Says which decision stands; without one, the one the policy takes. The others stay on record. */
  closeConflict: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/conflicts/{item}/close' })
    .input(
      z.object({
        id,
        item: z.string(),
        stage: stage.default(0),
        stands: z.string().optional(),
        note: z.string().trim().min(1).max(4000),
        ...asShown,
      }),
    )
    .output(campaignConflict),
};
