// The rules of the review queue as a list: order, filters, progress, and which items may be decided together.
import type { Review, SyncState } from '#shared/model/review.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { shortened } from '../../components/shortened.ts';
import { urgencyOf } from '../../domain/due.ts';
import { quoted } from '../../domain/event-words.ts';
import { severityRank } from '../../domain/severity-rank.ts';
import type { QueueFilter } from '../../state/queue-view.ts';

/** The most items one decision may cover. */
export const bulkCap = 100;

const urgencyRank = { overdue: 0, 'due-soon': 1, later: 2 };

/** Overdue, then due soon, then severity (most severe first), then the earlier due date; ties by id, so order never wavers. */
export function compareReviews(left: Review, right: Review, now: string): number {
  return (
    urgencyRank[urgencyOf(left, now)] - urgencyRank[urgencyOf(right, now)] ||
    severityRank(right.severity) - severityRank(left.severity) ||
    parseInstant(left.dueAt) - parseInstant(right.dueAt) ||
    (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)
  );
}

export function matchesFilter(review: Review, filter: QueueFilter): boolean {
  const matches: Record<QueueFilter, boolean> = {
    all: true,
    pending: review.status === 'pending',
    overdue: review.overdue,
    second: awaitsSecond(review) || review.secondLost === true,
    decided: review.status === 'decided',
    reviewed: review.status === 'reviewed',
    gone: review.status === 'gone',
    // What somebody looked at and closed, and what corroborates, the list of conflicts has.
    conflict: review.conflictStanding === 'open',
  };
  return matches[filter];
}

/** Every word must occur somewhere in the item, in any case and order. */
export function matchesText(review: Review, text: string): boolean {
  const haystack = [
    review.id,
    review.action,
    review.actor,
    review.actorName,
    review.severity,
    review.decision,
  ]
    .join('\n')
    .toLowerCase();
  const words = text.toLowerCase().split(/\s+/);
  return words.every((word) => haystack.includes(word));
}

/** The list as the person sees it: filtered, then in queue order. */
export function queueList(
  reviews: readonly Review[],
  filter: QueueFilter,
  text: string,
  now: string,
): Review[] {
  return reviews
    .filter((review) => matchesFilter(review, filter) && matchesText(review, text))
    .toSorted((left, right) => compareReviews(left, right, now));
}

export type QueueProgress = { decided: number; total: number };

/** Somebody here has said something about it that leaves it open for somebody else. */
export function isLeftOpen({ status, decision }: Pick<Review, 'status' | 'decision'>): boolean {
  return status === 'pending' && (decision === 'abstain' || decision === 'escalate');
}

/** How much of this workspace's own work is done; items decided elsewhere or gone were never ours to do. */
export function queueProgress(reviews: readonly Review[]): QueueProgress {
  const decided = reviews.filter((review) => review.status === 'decided').length;
  const pending = reviews.filter((review) => review.status === 'pending').length;
  return { decided, total: decided + pending };
}

/** Why an item may not join a selection to be decided together; null when it may. */
export function refusalToJoin(selected: readonly Review[], candidate: Review): string | null {
  if (candidate.status !== 'pending') return 'Only open items can be decided together.';
  if (selected.length >= bulkCap) return `At most ${bulkCap} items can be decided together.`;
  const other = selected.find((review) => review.action !== candidate.action);
  return other === undefined
    ? null
    : `Only items with the same action can be decided together; the selection holds ${quoted(shortened(other.action, 60))}.`;
}

/**
 * The item to show once `decided` are done: the next one below the last of them that still is to decide, else the
 * nearest above; null when none is left. What was left open for somebody else does not come up by itself.
 */
export function nextToDecide(order: readonly Review[], decided: ReadonlySet<string>): string | null {
  const last = order.findLastIndex((review) => decided.has(review.id));
  const isOpen = (review: Review) =>
    review.status === 'pending' && !isLeftOpen(review) && !decided.has(review.id);
  const below = order.slice(last + 1).find(isOpen);
  const above = order.slice(0, Math.max(last, 0)).findLast(isOpen);
  return (below ?? above)?.id ?? null;
}

const undoable = new Set<SyncState>(['unsent', 'local', 'awaiting-second', 'disagreed']);

/** Decided, but not final: a second person has not spoken, or did not concur. */
function awaitsSecond({ sync, server, status }: Review): boolean {
  return (sync === 'awaiting-second' || sync === 'disagreed') && server === null && status !== 'gone';
}

/** Whose decision “undo” takes back: the selected item’s, else the latest made in this window; only what was not sent. */
export function undoableItem(
  reviews: readonly Review[],
  selectedId: string | null,
  decidedHere: readonly string[],
): string | null {
  const open = new Set(
    reviews
      .filter((review) => review.decision !== null && review.sync !== null && undoable.has(review.sync))
      .map((review) => review.id),
  );
  if (selectedId !== null && open.has(selectedId)) return selectedId;
  return decidedHere.findLast((id) => open.has(id)) ?? null;
}
