// The rules of the review queue as a list: order, filters, progress, and which items may be decided together.
import type { Review, SyncState } from '#shared/model/review.ts';
import type { QueueSort, TriageItem } from '#shared/model/triage.ts';
import { severityRank } from '../../domain/severity-rank.ts';
import type { QueueFilter } from '../../state/queue-view.ts';

/** The most items one decision may cover. */
export const bulkCap = 100;

const standingRank: Readonly<Record<TriageItem['sla'], number>> = {
  overdue: 0,
  'due-soon': 1,
  later: 2,
  none: 3,
  done: 4,
};

type Compare = (left: TriageItem, right: TriageItem) => number;

const byStanding: Compare = (left, right) => standingRank[left.sla] - standingRank[right.sla];
const bySeverity: Compare = (left, right) =>
  severityRank(right.review.severity) - severityRank(left.review.severity);
const bySurprise: Compare = (left, right) => (right.surprise ?? -1) - (left.surprise ?? -1);
const byDue: Compare = (left, right) => compareText(left.review.dueAt, right.review.dueAt);
const byId: Compare = (left, right) => compareText(left.review.id, right.review.id);

const orders: Readonly<Record<QueueSort, readonly Compare[]>> = {
  urgency: [byStanding, bySeverity, bySurprise, byDue, byId],
  due: [byDue, byStanding, byId],
  severity: [bySeverity, byStanding, bySurprise, byDue, byId],
  surprise: [bySurprise, byStanding, bySeverity, byDue, byId],
};

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What is to be done first comes first; ties go by id, so the order never wavers. */
export function compareItems(sort: QueueSort): Compare {
  return (left, right) => {
    for (const step of orders[sort]) {
      const difference = step(left, right);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

export function matchesFilter(review: Review, filter: QueueFilter): boolean {
  const matches: Record<QueueFilter, boolean> = {
    all: true,
    pending: review.status === 'pending',
    overdue: review.overdue,
    second: awaitsSecond(review) || lacksSomebodyElse(review) !== null,
    decided: review.status === 'decided',
    reviewed: review.status === 'reviewed',
    gone: review.status === 'gone',
    // What somebody looked at and closed, and what corroborates, the list of conflicts has.
    conflict: review.conflictStanding === 'open',
  };
  return matches[filter];
}

/** Why a decision that stands needs another person, and nobody can concur with it any more; null where it does not. */
export function lacksSomebodyElse(review: Review): 'second-lost' | 'own-action' | null {
  if (review.ownByAlias === true) return 'own-action';
  return review.secondLost === true ? 'second-lost' : null;
}

/** Every word must occur somewhere in the item, in any case and order. */
export function matchesText(review: Review, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
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
  return words.every((word) => haystack.includes(word));
}

export type QueueNarrowing = {
  filter: QueueFilter;
  text: string;
  sort: QueueSort;
  /** Whether an item lies in the cells chosen in the heatmap. */
  isInActivity: (review: Review) => boolean;
};

/** The list as the person sees it: narrowed, then in the order asked for. */
export function queueList(
  items: readonly TriageItem[],
  { filter, text, sort, isInActivity }: QueueNarrowing,
): TriageItem[] {
  return items
    .filter(
      ({ review }) => matchesFilter(review, filter) && matchesText(review, text) && isInActivity(review),
    )
    .toSorted(compareItems(sort));
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

export type JoinRefusal = { why: 'not-open' | 'full' } | { why: 'other-action'; action: string };

/** Why an item may not join a selection to be decided together; null when it may. */
export function refusalToJoin(selected: readonly Review[], candidate: Review): JoinRefusal | null {
  if (candidate.status !== 'pending') return { why: 'not-open' };
  if (selected.length >= bulkCap) return { why: 'full' };
  const other = selected.find((review) => review.action !== candidate.action);
  return other === undefined ? null : { why: 'other-action', action: other.action };
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
