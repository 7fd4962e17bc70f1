import { z } from 'zod';
import { auditEvent } from '../model/audit-event.ts';
import { fourEyesRule } from '../model/independence.ts';
import { reviewChange } from '../model/review-history.ts';
import { decision, decisionKind, review, reviewStatus } from '../model/review.ts';
import { instant } from '../time/instant.ts';
import { asShown, jobStarted, procedure } from './base.ts';

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
        /** What the same actor did within 24 hours before and after. */
        neighbours: z.array(auditEvent),
        /** Every decision ever made here about this item, oldest first. */
        decisions: z.array(decision),
        independence: z.object({
          /** True when the present reviewer is known to be the actor, under whatever id. */
          isOwnAction: z.boolean(),
          /** True when the present reviewer may say whether they concur with the decision in force. */
          canConcur: z.boolean(),
          /** The rules that asked for a second person for the decision in force, as far as they still exist. */
          rules: z.array(fourEyesRule),
        }),
        /** What pulls showed of the source's row, newest first; empty for items derived from events. */
        history: z.array(reviewChange),
      }),
    ),
  /**
   * Decides one item, or several with the same decision and reason. All are checked before the first is recorded.
   * `shown` holds the digest each item had on screen; an item that changed since is refused. `standing` holds the id of the
   * decision it showed, null for none; an item on which another is in force by now is refused with `conflict`.
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
              standing: z.string().nullable().optional(),
              /** How long the item was in view, in milliseconds. */
              dwellMs: z.number().min(0).optional(),
            }),
          )
          .min(1)
          .max(100),
        decision: decisionKind,
        reason: z.string().trim().max(4000).optional(),
        ...asShown,
      }),
    )
    .output(z.array(decision)),
  /** Says, as a second person, whether the decision in force is right. */
  concur: procedure
    .route({ method: 'POST', path: '/reviews/{id}/concurrence' })
    .input(
      z.object({
        id: z.string(),
        agree: z.boolean(),
        reason: z.string().trim().min(1).max(4000),
        shown: z.string().optional(),
        ...asShown,
      }),
    )
    .output(review),
  /**
   * Adds the review rows that privileged events lack, where this user may; `from` leaves older events alone. A dry run only
   * lists them. The job's result is a creation report.
   */
  create: procedure
    .route({ method: 'POST', path: '/reviews/create' })
    .input(z.object({ dryRun: z.boolean().optional(), from: instant.optional(), ...asShown }))
    .output(jobStarted),
  /** Takes back the latest decision on an item while it has not been sent. */
  undo: procedure
    .route({ method: 'POST', path: '/reviews/{id}/undo' })
    .input(z.object({ id: z.string(), ...asShown }))
    .output(review),
};
