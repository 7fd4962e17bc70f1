// The queue as rows: items one after the other, or each group with its items below it.
import type { Review } from '#shared/model/review.ts';
import type { QueueGrouping, TriageItem } from '#shared/model/triage.ts';
import { inZone } from '../../domain/zoned-time.ts';

export type GroupRow = {
  kind: 'group';
  id: string;
  /** An actor's id, an action, or a local day; empty where nobody is named. */
  key: string;
  actorName: string | null;
  items: readonly TriageItem[];
  isFolded: boolean;
};
export type ItemRow = { kind: 'item'; id: string; item: TriageItem; group: string | null };
export type QueueRow = GroupRow | ItemRow;

const groupRowId = (key: string): string => `group of ${key}`;

/** Items whose event is not mirrored go by the day they are due. */
function groupKeyOf(review: Review, grouping: QueueGrouping, zone: string): string {
  if (grouping === 'actor') return review.actor ?? '';
  if (grouping === 'action') return review.action;
  return inZone(review.createdAt ?? review.dueAt, zone).slice(0, 10);
}

/** Groups in the order of their first items; items keep their order within each. */
export function queueRows(
  items: readonly TriageItem[],
  grouping: QueueGrouping,
  { folded, zone }: { folded: ReadonlySet<string>; zone: string },
): QueueRow[] {
  if (grouping === 'none') return items.map((item) => itemRow(item, null));
  // A map keeps the order in which its keys came.
  const groups = Map.groupBy(items, ({ review }) => groupKeyOf(review, grouping, zone));
  return [...groups].flatMap(([key, members]) => {
    const id = groupRowId(key);
    const isFolded = folded.has(key);
    const named = members.find(({ review }) => review.actorName !== null);
    const actorName = grouping === 'actor' ? (named?.review.actorName ?? null) : null;
    const head: GroupRow = { kind: 'group', id, key, actorName, items: members, isFolded };
    return isFolded ? [head] : [head, ...members.map((item) => itemRow(item, id))];
  });
}

function itemRow(item: TriageItem, group: string | null): ItemRow {
  return { kind: 'item', id: item.review.id, item, group };
}

/** The items in the rows, in their order; what is folded away is not among them. */
export function reviewsIn(rows: readonly QueueRow[]): Review[] {
  return rows.flatMap((row) => (row.kind === 'item' ? [row.item.review] : []));
}
