// Where the audit database and this workspace hold different decisions, side by side, until a person has looked at it.
import { z } from 'zod';
import { conflict, conflictDetail, conflictList, conflictStanding } from '../model/conflict.ts';
import { procedure } from './base.ts';

export const conflicts = {
  /** The numbers count all, whatever the list is narrowed to. */
  list: procedure
    .route({ method: 'GET', path: '/conflicts' })
    .input(z.object({ standing: conflictStanding.optional() }))
    .output(conflictList),
  /** By the id of the review item. */
  get: procedure
    .route({ method: 'GET', path: '/conflicts/{id}' })
    .input(z.object({ id: z.string() }))
    .output(conflictDetail),
  /**
   * Puts on record that a person looked at it. Nothing is changed in the audit database; should its row change, the
   * conflict opens again. `shown` holds what was on screen: a conflict that is another one by now is refused.
   */
  close: procedure
    .route({ method: 'POST', path: '/conflicts/{id}/close' })
    .input(
      z.object({
        id: z.string(),
        note: z.string().trim().min(1).max(4000),
        shown: z.object({ decision: z.string(), row: z.string().nullable() }).optional(),
      }),
    )
    .output(conflict),
};
