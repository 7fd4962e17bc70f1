// How many review items there are and where they stand, without making a list of them.
import type { Conflict } from '#shared/model/conflict.ts';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import {
  countPrivilegedEvents,
  countServerReviews,
  isPrivilegedEvent,
  readServerReview,
} from '../store/cache/queue-counts.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { queueReadAt } from '../store/cache/server-reviews.ts';
import { readVanishedIds } from '../store/cache/server-row-versions.ts';
import { opposedAnomalies } from './anomaly-conflicts.ts';
import { conflictOf } from './conflicts.ts';
import { reviewTimeToLiveMicroseconds } from './privileged-actions.ts';
import { decisionInForce, sourceOf, type DecisionRecord, type LedgerState } from './projection.ts';
import { lacksSecond, itemOfDecision, itemOfRow, toReview, type Item } from './queue.ts';

export type QueueCounts = Pick<
  WorkspaceStatus,
  | 'reviews'
  | 'queueDepth'
  | 'overdue'
  | 'decided'
  | 'decisionsInForce'
  | 'conflicts'
  | 'closedConflicts'
  | 'corroborations'
  | 'awaitingSecond'
>;

/**
 * The same numbers as counting the queue gives: what nobody decided here in bulk, what somebody did one by one. Conflicts
 * are those about the source's anomalies, too.
 */
export function countQueue(cache: DatabaseHandle, state: LedgerState, nowMicroseconds: number): QueueCounts {
  const hasReviewTable = readSourceState(cache)?.hasReviewTable === true;
  const scope = { actions: state.privilegedActions, until: readHorizon(cache) };
  const { all, open, late } = hasReviewTable
    ? countServerReviews(cache, nowMicroseconds)
    : countPrivilegedEvents(cache, scope, nowMicroseconds - reviewTimeToLiveMicroseconds);
  const counts = {
    reviews: all,
    queueDepth: open,
    overdue: late,
    decided: 0,
    decisionsInForce: 0,
    awaitingSecond: 0,
    conflicts: 0,
    closedConflicts: 0,
    corroborations: 0,
  };
  const find = hasReviewTable
    ? ({ payload }: DecisionRecord) => itemOfServerReview(cache, payload.review)
    : (decision: DecisionRecord) =>
        isStillPrivileged(cache, scope, decision) ? itemOfDecision(decision) : null;
  const vanished = new Set(hasReviewTable ? readVanishedIds(cache) : []);
  const readAt = queueReadAt(cache);
  for (const id of state.decisions.keys()) {
    const decision = decisionInForce(state, id);
    if (decision === null) continue;
    const item = find(decision);
    if (item === null && decision.source !== sourceOf(state)) continue;
    vanished.delete(id);
    counts.decisionsInForce += 1;
    if (item === null) counts.reviews += 1;
    else leaveOut(counts, item, nowMicroseconds);
    const review = toReview(item ?? itemOfDecision(decision), state, nowMicroseconds, item !== null, readAt);
    counts.queueDepth += Number(review.status === 'pending');
    counts.overdue += Number(review.overdue);
    counts.decided += Number(review.status === 'decided');
    counts.awaitingSecond += Number(lacksSecond(review));
    countConflict(counts, conflictOf(review, state));
  }
  counts.reviews += vanished.size;
  for (const { opinions } of opposedAnomalies(cache, state)) countConflict(counts, opinions);
  return counts;
}

function countConflict(
  counts: { conflicts: number; closedConflicts: number; corroborations: number },
  conflict: Pick<Conflict, 'standing'> | null,
): void {
  if (conflict === null) return;
  counts.conflicts += Number(conflict.standing === 'open');
  counts.closedConflicts += Number(conflict.standing === 'closed');
  counts.corroborations += Number(conflict.standing === 'corroboration');
}

/** Takes an item out of where it was counted as if nobody had decided it. */
function leaveOut(
  counts: { queueDepth: number; overdue: number },
  item: Item,
  nowMicroseconds: number,
): void {
  if (item.server !== null) return;
  counts.queueDepth -= 1;
  counts.overdue -= Number(nowMicroseconds > parseInstant(item.dueAt));
}

function itemOfServerReview(cache: DatabaseHandle, id: string): Item | null {
  const found = readServerReview(cache, id);
  return found && itemOfRow(found, null);
}

function isStillPrivileged(
  cache: DatabaseHandle,
  scope: Parameters<typeof isPrivilegedEvent>[1],
  { payload }: DecisionRecord,
): boolean {
  const { origin, tenant: sourceAccount, auditLogId: id, createdAt } = payload;
  if (origin !== 'derived' || sourceAccount === null || id === null || createdAt === null) return false;
  return isPrivilegedEvent(cache, scope, { sourceAccount, id, createdMicroseconds: parseInstant(createdAt) });
}
