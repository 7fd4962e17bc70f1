// Whether two opinions about one thing still need a person's look.
import { z } from 'zod';

export const conflictStandings = ['open', 'closed', 'corroboration'] as const;
/** open: nobody looked at it yet · closed: somebody did, with a note · corroboration: somebody else decided the same. */
export const conflictStanding = z.enum(conflictStandings);
export type ConflictStanding = z.infer<typeof conflictStanding>;
