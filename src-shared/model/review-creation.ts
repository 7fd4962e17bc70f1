// Review rows that were missing in the audit database, and what became of each.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

/**
 * missing: would be added (dry run) · created: added now · present: the row, or another about the same event, was there ·
 * refused: the database, or the types of its columns, do not take it · waiting: may work later · gone: the event is no longer
 * there, or is not as it was when it came here.
 */
export const creationOutcomes = ['missing', 'created', 'present', 'refused', 'waiting', 'gone'] as const;
export const creationOutcome = z.enum(creationOutcomes);
export type CreationOutcome = z.infer<typeof creationOutcome>;

export const createdReview = z.object({
  /** Derived from the event, so the same on every workstation. */
  review: z.string(),
  auditLogId: z.string(),
  action: z.string(),
  actor: z.string().nullable(),
  createdAt: instant,
  dueAt: instant,
  outcome: creationOutcome,
  detail: z.string().nullable(),
});
export type CreatedReview = z.infer<typeof createdReview>;

export const creationReport = z.object({
  dryRun: z.boolean(),
  missing: z.number().int(),
  created: z.number().int(),
  present: z.number().int(),
  refused: z.number().int(),
  waiting: z.number().int(),
  gone: z.number().int(),
  /** Oldest event first. */
  items: z.array(createdReview),
});
export type CreationReport = z.infer<typeof creationReport>;
