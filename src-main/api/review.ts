// The review queue and the decisions on it.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { Decision, Review } from '#shared/model/review.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson } from '../review/aliases.ts';
import { concurWithDecision } from '../review/concur.ts';
import { conflictOf } from '../review/conflicts.ts';
import { decide, requireReviewer, undoDecision } from '../review/decide.ts';
import { isOwnAction } from '../review/independence.ts';
import { readReviews, requireOneReview } from '../review/one-review.ts';
import { decisionInForce, type DecisionRecord, type LedgerState } from '../review/projection.ts';
import { awaitsSecond, readQueue } from '../review/queue.ts';
import { secondOfDecision } from '../review/seconds.ts';
import { readHistory } from '../review/server-rows.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readEvent, readNeighbours } from '../store/cache/events.ts';
import { syncStateOf } from '../sync/outbox.ts';
import type { Workstation } from '../workstation.ts';
import { createReviewsWork } from './create-reviews.ts';
import { procedures } from './procedures.ts';
import { nowMicroseconds } from './workspace.ts';

const neighboursEachSide = 10;
const neighboursWithinMicroseconds = 24 * 3_600_000_000;

export function reviewProcedures(workstation: Workstation) {
  const { reviews } = procedures;
  const { ledger } = workstation;
  const queueAt = (state: LedgerState) => readQueue(workstation.cache, state, nowMicroseconds(workstation));
  const itemsAt = (ids: readonly string[]) => (state: LedgerState) =>
    readReviews(workstation.cache, state, ids, nowMicroseconds(workstation));
  const itemAt = (state: LedgerState, id: string) =>
    requireOneReview(workstation.cache, state, id, nowMicroseconds(workstation));
  return {
    list: reviews.list.handler(({ input }) => {
      const state = ledger.state();
      return queueAt(state)
        .filter(
          (review) =>
            (input.status === undefined || review.status === input.status) &&
            (input.overdue === undefined || review.overdue === input.overdue),
        )
        .map((review) => withConflict(state, review));
    }),
    get: reviews.get.handler(({ input }) => {
      const state = ledger.state();
      const review = itemAt(state, input.id);
      const { cache } = workstation;
      const at = review.createdAt === null ? null : parseInstant(review.createdAt);
      const event = review.auditLogId === null ? null : readEvent(cache, review.auditLogId, at);
      return {
        review: withConflict(state, review),
        event,
        neighbours: event ? neighboursOf(cache, event) : [],
        decisions: (state.decisions.get(review.id) ?? []).map((decision) => toDecision(state, decision)),
        independence: independenceOf(state, review),
        history: readHistory(cache, state, review.id),
      };
    }),
    create: reviews.create.handler(({ input }) => {
      if (input.dryRun !== true) requireReviewer(ledger.state());
      return { jobId: workstation.jobs.start('create-reviews', createReviewsWork(workstation, input)) };
    }),
    decide: reviews.decide.handler(({ input }) => {
      const asked = itemsAt(input.reviews.map(({ id }) => id));
      const records = decide(ledger, asked, { ...input, osUser: workstation.osUser });
      const state = ledger.state();
      return records.map((record) => toDecision(state, record));
    }),
    concur: reviews.concur.handler(({ input }) => {
      concurWithDecision(ledger, itemsAt([input.id]), { ...input, osUser: workstation.osUser });
      return itemAt(ledger.state(), input.id);
    }),
    undo: reviews.undo.handler(({ input }) => {
      const before = itemAt(ledger.state(), input.id);
      undoDecision(ledger, input.id);
      // A vanished item is listed for its decisions only, so the last one takes it along.
      const [after] = itemsAt([input.id])(ledger.state());
      return after ?? { ...before, decision: null, decisionId: null, sync: null, conflict: false };
    }),
  };
}

function neighboursOf(cache: DatabaseHandle, event: AuditEvent): AuditEvent[] {
  const at = parseInstant(event.createdAt);
  return readNeighbours(cache, event, at, neighboursEachSide, neighboursWithinMicroseconds).filter(
    ({ createdAt }) => Math.abs(parseInstant(createdAt) - at) <= neighboursWithinMicroseconds,
  );
}

/** Says where a conflict stands, as the list of conflicts does. */
export function withConflict(state: LedgerState, review: Review): Review {
  const conflict = conflictOf(review, state);
  return conflict === null ? review : { ...review, conflictStanding: conflict.standing };
}

function independenceOf(state: LedgerState, review: Review) {
  const { reviewer, independence } = state;
  const isOwn = reviewer !== null && isOwnAction(state, review.actor, reviewer.id);
  const decision = decisionInForce(state, review.id);
  const isFirst =
    reviewer !== null &&
    decision !== null &&
    isSamePerson(independence.identities, decision.reviewer, reviewer.id);
  return {
    isOwnAction: isOwn,
    canConcur: reviewer !== null && awaitsSecond(review) && !isOwn && !isFirst,
    rules: independence.fourEyes.filter(({ id }) => decision?.payload.fourEyes?.includes(id)),
  };
}

/** A decision as people and packs see it. */
export function toDecision(state: LedgerState, record: DecisionRecord): Decision {
  const { payload } = record;
  const second = secondOfDecision(state, record);
  return {
    id: record.id,
    review: payload.review,
    decision: payload.decision,
    reason: payload.reason,
    reviewer: record.reviewer,
    reviewerName: payload.reviewerName,
    decidedAt: record.decidedAt,
    supersedes: payload.supersedes,
    batch: payload.batch,
    sync: syncStateOf(state, record),
    syncDetail: record.withdrawn ? 'withdrawn before it was sent' : (record.outcome?.detail ?? null),
    ...(record.withdrawn && { withdrawn: true as const }),
    hash: record.hash,
    ...(second === null ? {} : { second }),
  };
}
