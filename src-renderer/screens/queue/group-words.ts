// The heading of a group of items.
import { shortened } from '../../components/shortened.ts';
import { visibleText } from '../../components/visible-text.ts';
import { text } from '../../texts/text.ts';
import type { GroupRow } from './queue-rows.ts';

const mostOfName = 80;

/** An actor by name and id, an action, or a day. */
export function groupName({ key, actorName }: Pick<GroupRow, 'key' | 'actorName'>): string {
  if (key === '') return text('queue:unattributed');
  const name = actorName === null || actorName === key ? key : `${actorName} (${key})`;
  return shortened(visibleText(name), mostOfName);
}

/** `Dana Fox (u-7) · 12 items, 9 to decide, 3 overdue`. */
export function groupHeading(group: GroupRow): string {
  const open = group.items.filter(({ review }) => review.status === 'pending').length;
  const overdue = group.items.filter(({ review }) => review.overdue).length;
  return [
    `\u2068${groupName(group)}\u2069 · ${text('queue:items', { count: group.items.length })}`,
    ...(open === group.items.length ? [] : [text('queue:groupDetail.open', { count: open })]),
    ...(overdue === 0 ? [] : [text('queue:groupDetail.overdue', { count: overdue })]),
  ].join(', ');
}
