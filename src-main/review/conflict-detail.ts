// Everything both sides of a conflict rest on, for whoever has to judge it.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { ConflictDetail, ItemChange } from '#shared/model/conflict.ts';
import type { ReviewChange } from '#shared/model/review-history.ts';
import type { Decision, Review } from '#shared/model/review.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { parseNotes } from '../source/notes.ts';
import { requireConflict, theirsOf } from './conflicts.ts';
import type { DecisionRecord, LedgerState } from './projection.ts';

export type DetailSources = {
  readonly queue: readonly Review[];
  readonly state: LedgerState;
  readonly eventOf: (review: Review) => AuditEvent | null;
  readonly historyOf: (id: string) => ReviewChange[];
  readonly toDecision: (record: DecisionRecord) => Decision;
};

/** @throws Problem `not-found` when there is no conflict about this item */
export function detailConflict(id: string, sources: DetailSources): ConflictDetail {
  const { queue, state, eventOf, historyOf, toDecision } = sources;
  const conflict = requireConflict(queue, state, id);
  const ours = state.decisionsById.get(conflict.ours.id)!;
  return {
    kind: 'review',
    conflict,
    ours: {
      decision: toDecision(ours),
      offsetMs: ours.offsetMs,
      decidedAtByServer: byServerClock(ours),
      shownDigest: ours.payload.digest,
    },
    theirs: describeTheirs(conflict.item, ours, state),
    event: eventOf(conflict.item),
    changes: conflict.item.status === 'gone' ? null : changesSince(conflict.item, ours),
    history: historyOf(id),
    decisions: (state.decisions.get(id) ?? []).map(toDecision),
    closings: [...(state.closings.get(id) ?? [])],
    entries: [...(state.trails.get(id) ?? [])],
  };
}

function byServerClock({ decidedAt, offsetMs }: DecisionRecord): string | null {
  if (offsetMs === null) return null;
  return formatInstant(parseInstant(decidedAt) + Math.round(offsetMs * 1000));
}

function describeTheirs(review: Review, ours: DecisionRecord, state: LedgerState): ConflictDetail['theirs'] {
  const server = theirsOf(review, ours, state);
  if (server === null) return null;
  const claim = parseNotes(server.notes);
  return {
    server,
    seen: review.server === null ? 'answer' : 'row',
    claim: claim && { ...claim, isOurs: state.decisionsById.has(claim.decisionId) },
  };
}

const fields = ['tenant', 'auditLogId', 'action', 'actor', 'dueAt'] as const;

function changesSince(review: Review, { payload }: DecisionRecord): ItemChange[] {
  return fields
    .filter((field) => payload[field] !== review[field])
    .map((field) => ({ field, shown: payload[field], now: review[field] }));
}
