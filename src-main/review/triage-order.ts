// The order in which review items are worked through, and the groups they fall into.
import type { Review } from '#shared/model/review.ts';
import { rankOfWord } from '#shared/model/source-severity.ts';
import type { QueueGrouping, QueueSort, TriageGroup, TriageItem } from '#shared/model/triage.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { localDaysOf } from '#shared/time/local-days.ts';

const urgency: Readonly<Record<TriageItem['sla'], number>> = {
  overdue: 0,
  'due-soon': 1,
  later: 2,
  none: 3,
  done: 4,
};

type Compare = (a: TriageItem, b: TriageItem) => number;

const byUrgency: Compare = (a, b) => urgency[a.sla] - urgency[b.sla];
const bySeverity: Compare = (a, b) => rankOfWord(b.review.severity) - rankOfWord(a.review.severity);
const bySurprise: Compare = (a, b) => (b.surprise ?? -1) - (a.surprise ?? -1);
const byDue: Compare = (a, b) => compare(a.review.dueAt.padEnd(27), b.review.dueAt.padEnd(27));
const byId: Compare = (a, b) => compare(a.review.id, b.review.id);

const orders: Readonly<Record<QueueSort, readonly Compare[]>> = {
  urgency: [byUrgency, bySeverity, bySurprise, byDue, byId],
  due: [byDue, byUrgency, byId],
  severity: [bySeverity, byUrgency, bySurprise, byDue, byId],
  surprise: [bySurprise, byUrgency, bySeverity, byDue, byId],
};

/** Ascending by what is to be done first; no two items are equal. */
export function compareTriage(sort: QueueSort): Compare {
  const order = orders[sort];
  return (a, b) => {
    for (const step of order) {
      const difference = step(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function groupKeyOf(
  review: Pick<Review, 'actor' | 'action' | 'createdAt' | 'dueAt'>,
  grouping: QueueGrouping,
  zone: string,
): string {
  if (grouping === 'actor') return review.actor ?? '';
  if (grouping === 'action') return review.action;
  if (grouping === 'day') return localDaysOf(zone).dateAt(parseInstant(review.createdAt ?? review.dueAt));
  return '';
}

/** Items in order, group by group; the group whose first item comes first is first. */
export function arrangeTriage(
  items: readonly TriageItem[],
  sort: QueueSort,
  grouping: QueueGrouping,
): { items: TriageItem[]; groups: TriageGroup[] } {
  const ordered = items.toSorted(compareTriage(sort));
  if (grouping === 'none') return { items: ordered, groups: [] };
  // A map keeps the order in which its keys came.
  const grouped = Map.groupBy(ordered, ({ group }) => group);
  let offset = 0;
  const groups = [...grouped].map(([key, members]) => {
    const group = {
      key,
      actorName: grouping === 'actor' ? nameIn(members) : null,
      items: members.length,
      pending: members.filter(({ review }) => review.status === 'pending').length,
      overdue: members.filter(({ review }) => review.overdue).length,
      first: members[0]!.review.id,
      offset,
    };
    offset += members.length;
    return group;
  });
  return { items: [...grouped.values()].flat(), groups };
}

function nameIn(members: readonly TriageItem[]): string | null {
  return members.find(({ review }) => review.actorName !== null)?.review.actorName ?? null;
}
