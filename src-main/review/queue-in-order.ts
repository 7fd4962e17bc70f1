// The review queue for evidence: every item one after the other, due first first, without ever holding all of them.
import type { Review } from '#shared/model/review.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { readEventsById } from '../store/cache/events.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { queueReadAt } from '../store/cache/server-reviews.ts';
import { readServerReviewsById, readServerReviewTimes } from '../store/cache/server-review-pages.ts';
import { readLastShown, readVanishedIds, type ServerReviewRow } from '../store/cache/server-row-versions.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { decisionInForce, sourceOf, type LedgerState } from './projection.ts';
import { itemOfRow, readGone, readQueue, toReview } from './queue.ts';

/** Which of the three an item is: a row of the source, one that vanished, or one known from its decision only. */
type Kind = 'r' | 'v' | 'd';

/** Behind due time and id: it sorts before whatever else could stand there. */
const gap = '\0';
const itemsAtOnce = 500;

/** What orders an item and finds it again, as one text of some hundred bytes. */
const keyOf = (dueAt: string, id: string, kind: Kind): string => `${dueAt}${gap}${id}${gap}${kind}`;

/**
 * The same items in the same order as {@link readQueue}. Where the source keeps no review rows the items are the privileged
 * events, which are still read at once.
 */
export function queueInOrder(
  cache: DatabaseHandle,
  state: LedgerState,
  nowMicroseconds: number,
): Iterable<Review> {
  return readSourceState(cache)?.hasReviewTable === true
    ? iterateRows(cache, state, nowMicroseconds)
    : readQueue(cache, state, nowMicroseconds);
}

function orderedKeys(cache: DatabaseHandle, state: LedgerState): string[] {
  const known = new Set<string>();
  const keys: string[] = [];
  const add = (dueAt: string, id: string, kind: Kind): void => {
    known.add(id);
    keys.push(keyOf(dueAt, id, kind));
  };
  for (const { id, dueAtMicroseconds } of readServerReviewTimes(cache))
    add(formatInstant(dueAtMicroseconds), id, 'r');
  for (const id of state.decisions.keys()) {
    const decision = known.has(id) ? null : decisionInForce(state, id);
    if (decision?.source === sourceOf(state)) add(decision.payload.dueAt, id, 'd');
  }
  for (const id of readVanishedIds(cache)) {
    const shown = known.has(id) ? null : readLastShown(cache, id);
    if (shown) add(formatInstant(shown.dueAtMicroseconds), id, 'v');
  }
  return keys.toSorted((a, b) => (a < b ? -1 : 1));
}

function* iterateRows(cache: DatabaseHandle, state: LedgerState, nowMicroseconds: number): Generator<Review> {
  const keys = orderedKeys(cache, state);
  const readAt = queueReadAt(cache);
  for (let start = 0; start < keys.length; start += itemsAtOnce) {
    const page = keys.slice(start, start + itemsAtOnce).map((key) => ({
      id: key.slice(key.indexOf(gap) + 1, -2),
      kind: key.at(-1),
    }));
    const rows = new Map<string, ServerReviewRow>(
      readServerReviewsById(
        cache,
        page.filter(({ kind }) => kind === 'r').map(({ id }) => id),
      ),
    );
    for (const { id, kind } of page) {
      const shown = kind === 'v' ? readLastShown(cache, id) : null;
      if (shown) rows.set(id, shown);
    }
    const events = readEventsById(
      cache,
      [...rows.values()].flatMap(({ auditLogId }) => auditLogId ?? []),
    );
    const decisions = page.flatMap(({ id }) => (rows.has(id) ? [] : (decisionInForce(state, id) ?? [])));
    const gone = new Map(readGone(cache, decisions).map((item) => [item.id, item]));
    for (const { id, kind } of page) {
      const row = rows.get(id);
      const item = row ? itemOfRow(row, events.get(row.auditLogId ?? '') ?? null) : gone.get(id);
      if (item) yield toReview(item, state, nowMicroseconds, kind === 'r', readAt);
    }
  }
}
