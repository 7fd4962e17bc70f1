// One review item, without reading the queue where that can be avoided.
import { Problem } from '#shared/model/problem.ts';
import type { Review } from '#shared/model/review.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readEventsById } from '../store/cache/events.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { queueReadAt } from '../store/cache/server-reviews.ts';
import { readServerReviewsById } from '../store/cache/server-review-pages.ts';
import { hasVanished, readLastShown } from '../store/cache/server-row-versions.ts';
import { decisionInForce, sourceOf, type LedgerState } from './projection.ts';
import { itemOfRow, readGone, readQueue, toReview } from './queue.ts';

/**
 * The same as the queue lists it.
 * @throws Problem `not-found`
 */
export function requireOneReview(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
  nowMicroseconds: number,
): Review {
  const [found] = readReviews(cache, state, [id], nowMicroseconds);
  if (found) return found;
  throw new Problem('not-found', 'There is no such review item in this workspace.', {
    next: 'Refresh, then look for it in the queue.',
  });
}

/** Those of the wanted items that the queue lists, as it lists them. */
export function readReviews(
  cache: DatabaseHandle,
  state: LedgerState,
  ids: readonly string[],
  nowMicroseconds: number,
): Review[] {
  if (readSourceState(cache)?.hasReviewTable === true)
    return ids.flatMap((id) => oneOfRows(cache, state, id, nowMicroseconds) ?? []);
  const wanted = new Set(ids);
  return readQueue(cache, state, nowMicroseconds).filter(({ id }) => wanted.has(id));
}

function oneOfRows(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
  nowMicroseconds: number,
): Review | undefined {
  const readAt = queueReadAt(cache);
  const current = readServerReviewsById(cache, [id]).get(id);
  const decision = current ? null : decisionInForce(state, id);
  const ours = decision?.source === sourceOf(state) ? decision : null;
  const [gone] = ours === null ? [] : readGone(cache, [ours]);
  if (gone) return toReview(gone, state, nowMicroseconds, false, readAt);
  const row = current ?? (hasVanished(cache, id) ? readLastShown(cache, id) : null);
  if (!row) return undefined;
  const event = row.auditLogId === null ? null : readEventsById(cache, [row.auditLogId]).get(row.auditLogId);
  return toReview(itemOfRow(row, event ?? null), state, nowMicroseconds, current !== undefined, readAt);
}
