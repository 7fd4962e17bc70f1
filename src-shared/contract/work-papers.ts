// An auditor's workspace: somebody's pack opened for reading, work papers on it, samples of it, and their signature.
import { z } from 'zod';
import { givenTrust } from '../model/trust.ts';
import {
  auditOverview,
  auditSample,
  packFacts,
  packRowQuery,
  packRows,
  samplePreview,
  sampleDrawing,
  sampleRequest,
  sampleTesting,
  workPaper,
  workPaperNote,
  workPaperReference,
  workPapersReport,
  workPaperStatusChange,
} from '../model/work-papers.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const packToOpen = z.object({ upload: z.uuid(), name: z.string().min(1).max(255), ...givenTrust.shape });
const ownReference = workPaperReference.optional();

export const audit = {
  /** The pack of this workspace, its verdict, and how far the work is. */
  overview: procedure.route({ method: 'GET', path: '/audit' }).output(auditOverview),
  /** Verifies a pack that was handed over in pieces, keeps its bytes, and makes it the pack of this workspace. */
  open: procedure.route({ method: 'POST', path: '/audit/open' }).input(packToOpen).output(auditOverview),
  /** The same as a job, which tells how far it is and can be cancelled; nothing is open then. The result is the overview. */
  startOpening: procedure
    .route({ method: 'POST', path: '/audit/openings' })
    .input(packToOpen)
    .output(jobStarted),
  /** Judges the pack once more, by what is believed now. */
  verify: procedure
    .route({ method: 'POST', path: '/audit/verify' })
    .input(z.object(givenTrust.shape))
    .output(auditOverview),
  /** The same as a job; cancelled, the verdict that was found before stays. */
  startVerifying: procedure
    .route({ method: 'POST', path: '/audit/verifications' })
    .input(z.object(givenTrust.shape))
    .output(jobStarted),
  rows: procedure.route({ method: 'GET', path: '/audit/rows' }).input(packRowQuery).output(packRows),
  facts: procedure.route({ method: 'GET', path: '/audit/facts' }).output(packFacts),
  papers: procedure.route({ method: 'GET', path: '/audit/papers' }).output(z.array(workPaper)),
  addPaper: procedure
    .route({ method: 'POST', path: '/audit/papers' })
    .input(workPaperNote.pick({ about: true, text: true }).extend({ reference: ownReference, ...asShown }))
    .output(workPaper),
  setPaperStatus: procedure
    .route({ method: 'POST', path: '/audit/papers/{paper}/status' })
    .input(workPaperStatusChange.pick({ paper: true, status: true, conclusion: true }).extend(asShown))
    .output(workPaper),
  samples: procedure.route({ method: 'GET', path: '/audit/samples' }).output(z.array(auditSample)),
  /** How many items a method asks for, before anything is drawn. */
  previewSample: procedure
    .route({ method: 'POST', path: '/audit/samples/preview' })
    .input(sampleRequest)
    .output(samplePreview),
  drawSample: procedure
    .route({ method: 'POST', path: '/audit/samples' })
    .input(
      sampleRequest.extend({ purpose: sampleDrawing.shape.purpose, reference: ownReference, ...asShown }),
    )
    .output(auditSample),
  /** What a third party runs to draw the same items. */
  redraw: procedure
    .route({ method: 'GET', path: '/audit/samples/{sample}/redraw' })
    .input(z.object({ sample: z.string() }))
    .output(z.object({ commands: z.string() })),
  testItem: procedure
    .route({ method: 'POST', path: '/audit/samples/{sample}/results' })
    .input(sampleTesting.pick({ sample: true, key: true, result: true, note: true }).extend(asShown))
    .output(auditSample),
  /** Writes the signed work papers into the workspace’s packs folder. */
  sign: procedure
    .route({ method: 'POST', path: '/audit/sign' })
    .input(z.object({ passphrase: z.string().optional(), ...asShown }))
    .output(workPapersReport),
};
