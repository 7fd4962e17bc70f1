// Working through the review queue. Reading only, but for drafts and saved views, which are no acts and leave no ledger entry.
import { z } from 'zod';
import {
  bulkPreview,
  draft,
  pace,
  queueGrouping,
  queueSort,
  queueTab,
  savedView,
  triageList,
} from '../model/triage.ts';
import { decisionKind } from '../model/review.ts';
import { procedure } from './base.ts';

export const triage = {
  list: procedure
    .route({ method: 'GET', path: '/triage' })
    .input(
      z.object({
        tab: queueTab.default('pending'),
        sort: queueSort.default('urgency'),
        group: queueGrouping.default('none'),
        actor: z.string().optional(),
        action: z.string().optional(),
        /** Words; each must occur in id, action, actor, name, severity or decision. */
        text: z.string().max(400).optional(),
        limit: z.coerce.number().int().min(1).max(10_000).default(200),
        offset: z.coerce.number().int().min(0).default(0),
        /** Begins the page so that this item is on it, in the middle where there is room; `offset` then counts for nothing. */
        around: z.string().optional(),
      }),
    )
    .output(triageList),
  /** What one decision on these would cover, and what it leaves out and why. Nothing is recorded. */
  previewBulk: procedure
    .route({ method: 'POST', path: '/triage/preview' })
    .input(z.object({ ids: z.array(z.string()).min(1).max(10_000), decision: decisionKind.optional() }))
    .output(bulkPreview),
  pace: procedure.route({ method: 'GET', path: '/triage/pace' }).output(pace),
  drafts: procedure.route({ method: 'GET', path: '/drafts' }).output(z.array(draft)),
  /** On disk when this answers. The empty text forgets the draft. */
  keepDraft: procedure
    .route({ method: 'PUT', path: '/drafts' })
    .input(draft.pick({ subject: true, text: true }))
    .output(z.object({ draft: draft.nullable() })),
  savedViews: procedure.route({ method: 'GET', path: '/saved-views' }).output(z.array(savedView)),
  /** Replaces the view of that screen and name. */
  saveView: procedure
    .route({ method: 'PUT', path: '/saved-views' })
    .input(savedView)
    .output(z.array(savedView)),
  forgetView: procedure
    .route({ method: 'POST', path: '/saved-views/forget' })
    .input(savedView.pick({ screen: true, name: true }))
    .output(z.array(savedView)),
};
