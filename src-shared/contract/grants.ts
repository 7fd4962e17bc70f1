// SQL a DBA runs to give a review exactly the rights it needs; printed here, never run.
import { z } from 'zod';
import { procedure } from './base.ts';

const name = z.string().min(1).max(63);

export const grantRequest = z.strictObject({
  reviewerRole: name,
  readerRole: name.optional(),
  /** Schema and table of the events; those of the connection when they are left out, and `public` for a table alone. */
  schema: name.optional(),
  table: name.optional(),
  /** Schema of the review table; that of the events when it is left out. */
  reviewSchema: name.optional(),
  withInsert: z.boolean().optional(),
  withAnomalies: z.boolean().optional(),
});
export type GrantRequest = z.infer<typeof grantRequest>;

export const grantScripts = z.object({
  /** Grants and guards, in one transaction. */
  apply: z.string(),
  /** A query with one row a promise: `promise`, `ok`, `found`. */
  verify: z.string(),
  /** Back to the rights there were before, in one transaction. */
  rollback: z.string(),
  /** All three as one file; run as a whole it applies and verifies. */
  file: z.string(),
});
export type GrantScripts = z.infer<typeof grantScripts>;

export const grants = {
  /** Needs no connection, and never talks to a database. */
  print: procedure.route({ method: 'POST', path: '/grants' }).input(grantRequest).output(grantScripts),
};
