import { z } from 'zod';
import { auditEvent } from '../model/audit-event.ts';
import { decision, decisionKind, review, reviewStatus } from '../model/review.ts';
import { procedure } from './base.ts';

export const reviews = {
  list: procedure
    .route({ method: 'GET', path: '/reviews' })
    .input(z.object({ status: reviewStatus.optional(), overdue: z.boolean().optional() }))
    .output(z.array(review)),
  get: procedure
    .route({ method: 'GET', path: '/reviews/{id}' })
    .input(z.object({ id: z.string() }))
    .output(
      z.object({
        review,
        event: auditEvent.nullable(),
        /** What the same actor did shortly before and after. */
        neighbours: z.array(auditEvent),
        /** Every decision ever made here about this item, oldest first. */
        decisions: z.array(decision),
      }),
    ),
  /**
   * Decides one item, or several with the same decision and reason. All are checked before the first is recorded.
   * `shown` holds the digest each item had on screen; an item that changed since is refused.
   */
  decide: procedure
    .route({ method: 'POST', path: '/decisions' })
    .input(
      z.object({
        reviews: z
          .array(
            z.object({
              id: z.string(),
              shown: z.string().optional(),
              /** How long the item was in view, in milliseconds. */
              dwellMs: z.number().min(0).optional(),
            }),
          )
          .min(1)
          .max(100),
        decision: decisionKind,
        reason: z.string().trim().max(4000).optional(),
      }),
    )
    .output(z.array(decision)),
  /** Takes back the latest decision on an item while it has not been sent. */
  undo: procedure
    .route({ method: 'POST', path: '/reviews/{id}/undo' })
    .input(z.object({ id: z.string() }))
    .output(review),
};
