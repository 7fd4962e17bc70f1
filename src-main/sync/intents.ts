// A recorded decision as it leaves for the audit database.
import { parseInstant } from '#shared/time/instant.ts';
import type { DecisionRecord } from '../review/projection.ts';
import type { DecisionIntent } from '../source/decision-outcomes.ts';
import { aboveEarlierNotes, formatNotes } from '../source/notes.ts';

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

/** What goes into the notes column, before our reason is cut to that column's length: our line, and below it what was there. */
export function notesOf(decision: DecisionRecord): string {
  const { payload } = decision;
  const line = formatNotes({
    decision: payload.decision,
    decisionId: decision.id,
    entryHash: decision.hash,
    decidedAt: decision.decidedAt,
    offsetSeconds: offsetSecondsOf(decision),
    reason: payload.reason,
  });
  return aboveEarlierNotes(line, payload.notes);
}

/** A clock that is decades off (a dead battery) tells nothing, and would not fit the notes. */
function offsetSecondsOf({ offsetMs }: DecisionRecord): number | null {
  if (offsetMs === null) return null;
  const seconds = Math.round(offsetMs / 1000);
  return Math.abs(seconds) < 1_000_000_000 ? seconds : null;
}
