// Where the audit database and this workspace hold different decisions, side by side, until a person has looked at it.
import { z } from 'zod';
import { anyConflict, anyConflictDetail, conflictKind, conflictList } from '../model/conflict-list.ts';
import { conflictStanding } from '../model/conflict-standing.ts';
import { asShown, procedure } from './base.ts';

export const conflicts = {
  /** The numbers count all, whatever the list is narrowed to. */
  list: procedure
    .route({ method: 'GET', path: '/conflicts' })
    .input(z.object({ standing: conflictStanding.optional(), kind: conflictKind.optional() }))
    .output(conflictList),
  /** By the id of the review item or anomaly; without a kind, a review item of that id goes before an anomaly. */
  get: procedure
    .route({ method: 'GET', path: '/conflicts/{id}' })
    .input(z.object({ id: z.string(), kind: conflictKind.optional() }))
    .output(anyConflictDetail),
  /**
   * Puts on record that a person looked at it. Nothing is changed in the audit database; should its row change, the
   * conflict opens again. `shown` holds what was on screen (our decision or disposition, and the row): a conflict that is
   * another one by now is refused.
   */
  close: procedure
    .route({ method: 'POST', path: '/conflicts/{id}/close' })
    .input(
      z.object({
        id: z.string(),
        kind: conflictKind.optional(),
        note: z.string().trim().min(1).max(4000),
        shown: z.object({ decision: z.string(), row: z.string().nullable() }).optional(),
        ...asShown,
      }),
    )
    .output(anyConflict),
};
