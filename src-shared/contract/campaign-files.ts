// Items and decisions of a campaign that go from one workspace to another as signed files, and what people decided differently.
import { z } from 'zod';
import {
  acceptedAssignment,
  acceptedKey,
  assignmentReport,
  campaignConflict,
  campaignFileList,
  decisionsReport,
  importReport,
} from '../model/campaign-files.ts';
import { givenTrust } from '../model/trust.ts';
import { asShown, procedure } from './base.ts';

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

export const campaignFiles = {
  /** Every file of a campaign that was handed out, taken up or imported here; the newest first. */
  list: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/files' })
    .input(z.object({ id }))
    .output(campaignFileList),
  /** Writes a signed file with what somebody has to decide at a stage (from 0). */
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
    .output(assignmentReport),
  /** Takes up an assignment in the workspace of whoever it is for. */
  accept: procedure
    .route({ method: 'POST', path: '/campaign-files/accept' })
    .input(handedOver)
    .output(acceptedAssignment),
  /** Writes a signed file with what was decided here on items that came as a file. */
  exportDecisions: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/decision-files' })
    .input(z.object({ id, passphrase: z.string().optional(), ...asShown }))
    .output(decisionsReport),
  /** Takes over decisions in the workspace that opened the campaign; the same file twice adds nothing twice. */
  importDecisions: procedure
    .route({ method: 'POST', path: '/campaign-files/import' })
    .input(handedOver)
    .output(importReport),
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
