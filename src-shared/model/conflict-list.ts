// Conflicts of every kind in one list: about review items, and about the source's own anomalies.
import { z } from 'zod';
import { anomalyConflict, anomalyConflictDetail } from './anomaly-conflict.ts';
import { conflict, conflictDetail } from './conflict.ts';

export const conflictKinds = ['review', 'anomaly'] as const;
export const conflictKind = z.enum(conflictKinds);
export type ConflictKind = z.infer<typeof conflictKind>;

export const anyConflict = z.discriminatedUnion('kind', [conflict, anomalyConflict]);
export type AnyConflict = z.infer<typeof anyConflict>;

export const conflictList = z.object({
  open: z.number().int(),
  closed: z.number().int(),
  corroborations: z.number().int(),
  /** Open first, then closed, then corroborations; within each review items, the earlier due first, before anomalies. */
  conflicts: z.array(anyConflict),
});
export type ConflictList = z.infer<typeof conflictList>;

export const anyConflictDetail = z.discriminatedUnion('kind', [conflictDetail, anomalyConflictDetail]);
export type AnyConflictDetail = z.infer<typeof anyConflictDetail>;

/** What the conflict is about: the id of its review item or anomaly. */
export function subjectOf(conflict: AnyConflict): string {
  return conflict.kind === 'review' ? conflict.review : conflict.anomaly;
}
