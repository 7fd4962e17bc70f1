// What pull after pull showed of a review item: when it came, changed, was decided, went and came back.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const reviewChangeKinds = [
  'appeared',
  'reappeared',
  'decided-here',
  'decided-elsewhere',
  'reopened',
  'decision-altered',
  'changed',
  'vanished',
] as const;
/**
 * changed: what the item is about, or who is to decide it · decision-altered: decided before and after, but not alike ·
 * reopened: decided before and not any more · decided-here: the row carries a decision made in this workspace, unaltered.
 */
export const reviewChangeKind = z.enum(reviewChangeKinds);
export type ReviewChangeKind = z.infer<typeof reviewChangeKind>;

export const reviewFields = [
  'tenant',
  'auditLogId',
  'action',
  'actor',
  'dueAt',
  'reviewer',
  'reviewedAt',
  'notes',
] as const;
export const reviewField = z.enum(reviewFields);
export type ReviewField = z.infer<typeof reviewField>;

/** Values verbatim; times in ISO 8601, or as the database writes them where they are infinite or too far away. */
export const reviewFieldChange = z.object({
  field: reviewField,
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ReviewFieldChange = z.infer<typeof reviewFieldChange>;

export const reviewChange = z.object({
  /** Number of the pull that showed it; pulls of one mirror count upwards. */
  pull: z.number().int(),
  /** Server time of that pull; null when it was not recorded. */
  at: instant.nullable(),
  kinds: z.array(reviewChangeKind),
  fields: z.array(reviewFieldChange),
  /** The same in a sentence. */
  sentence: z.string(),
});
export type ReviewChange = z.infer<typeof reviewChange>;

/** How many rows a pull showed otherwise than the pull before; a row may count in several. */
export const queueChanges = z.object({
  appeared: z.number().int(),
  reappeared: z.number().int(),
  decidedHere: z.number().int(),
  decidedElsewhere: z.number().int(),
  /** Of these, those that were decided when they were first seen, which is no news about them. Absent in older reports. */
  appearedDecided: z.number().int().optional(),
  reopened: z.number().int(),
  decisionAltered: z.number().int(),
  changed: z.number().int(),
  vanished: z.number().int(),
});
export type QueueChanges = z.infer<typeof queueChanges>;
