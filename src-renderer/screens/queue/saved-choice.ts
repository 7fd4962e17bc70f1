// A way to look at the queue, as a saved view keeps it and as words say it.
import { z } from 'zod';
import { queueGrouping, queueSort, queueTab, type SavedView } from '#shared/model/triage.ts';
import { visibleText } from '../../components/visible-text.ts';
import type { QueueChoice } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';

/** What a view of another version kept and this one does not know is as it is at first. */
const kept = z.object({
  filter: queueTab.catch('pending'),
  text: z.string().catch(''),
  sort: queueSort.catch('urgency'),
  grouping: queueGrouping.catch('none'),
});

export function choiceIn(filter: SavedView['filter']): QueueChoice {
  return kept.parse(filter);
}

export function filterOf({ filter, text: words, sort, grouping }: QueueChoice): SavedView['filter'] {
  return { filter, text: words, sort, grouping };
}

/** `To decide, “grant”, by surprise, grouped by actor`. */
export function choiceWords({ filter, text: words, sort, grouping }: QueueChoice): string {
  return [
    text(`queue:tab.${filter}`),
    ...(words.trim() === '' ? [] : [text('queue:views.mention', { words: visibleText(words.trim()) })]),
    text(`queue:views.order.${sort}`),
    ...(grouping === 'none' ? [] : [text(`queue:views.group.${grouping}`)]),
  ].join(', ');
}
