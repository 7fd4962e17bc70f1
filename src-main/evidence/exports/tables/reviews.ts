// The columns of review items, and of conflicts about them and about anomalies.
import { subjectOf, type AnyConflict } from '#shared/model/conflict-list.ts';
import type { Review } from '#shared/model/review.ts';
import { canonicalJson } from '../../entry-hash.ts';
import type { Column } from '../table.ts';

export const reviewColumns: readonly Column<Review>[] = [
  ['review', (item) => item.id],
  ['origin', (item) => item.origin],
  ['tenant', (item) => item.tenant],
  ['audit_log_id', (item) => item.auditLogId],
  ['action', (item) => item.action],
  ['actor', (item) => item.actor],
  ['actor_name', (item) => item.actorName],
  ['severity', (item) => item.severity],
  ['created_at', (item) => item.createdAt],
  ['due_at', (item) => item.dueText ?? item.dueAt],
  ['overdue', (item) => item.overdue],
  ['status', (item) => item.status],
  ['decision', (item) => item.decision],
  ['decision_id', (item) => item.decisionId],
  ['sync', (item) => item.sync],
  ['conflict', (item) => item.conflict],
  ['server_reviewer', (item) => item.server?.reviewer ?? null],
  ['server_reviewed_at', (item) => item.server?.reviewedText ?? item.server?.reviewedAt ?? null],
  ['server_notes', (item) => item.server?.notes ?? null],
  ['digest', (item) => item.digest],
];

/** What either side says differs by kind and is kept whole, as canonical JSON. */
export const conflictColumns: readonly Column<AnyConflict>[] = [
  ['kind', (one) => one.kind],
  ['subject', subjectOf],
  ['standing', (one) => one.standing],
  ['cause', (one) => one.cause],
  ['conflict', (one) => canonicalJson(one)],
];
