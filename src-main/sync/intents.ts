// A recorded decision as it leaves for the audit database.
import { parseInstant } from '#shared/time/instant.ts';
import { notesOf } from '../review/decision-notes.ts';
import type { DecisionRecord } from '../review/projection.ts';
import type { DecisionIntent } from '../source/decision-outcomes.ts';

/** @param reviewerIds every id under which the reviewer is known */
export function toIntent(decision: DecisionRecord, reviewerIds: readonly string[]): DecisionIntent {
  const { payload } = decision;
  return {
    decisionId: decision.id,
    reviewId: payload.review,
    tenantId: payload.tenant,
    auditLogId: payload.auditLogId,
    action: payload.action,
    actorId: payload.actor,
    dueAtMicroseconds: parseInstant(payload.dueAt),
    reviewerId: decision.reviewer,
    reviewerIds,
    earlierNotes: payload.notes ?? null,
    notes: notesOf(decision),
  };
}
