// What the exported events are narrowed to, a sentence each, for whoever reads the file.
import type { EventFilter } from '#shared/model/event-browser.ts';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { eventFields } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import { rangeWords } from './range-words.ts';

/** A sentence names so many values and counts the others; the filter itself is in the manifest in full. */
const mostNamed = 5;
const longestSentence = 400;

export function exportWords(asked: EventFilter, zone: string): string[] {
  const byField = eventFields.flatMap((field) => {
    const values = listOf(asked[field]);
    if (values === null) return [];
    const named = values.map((value) =>
      value === '' ? text('events:words.nothing') : text('events:words.value', { value }),
    );
    return [text('events:words.only', { field: text(`events:field.${field}`), values: listed(named) })];
  });
  const hours = listOf(asked.hourOfWeek);
  const byHour =
    hours === null
      ? []
      : [text('events:words.hours', { hours: listed(hours.map((hour) => hourOfWeekWords(hour))), zone })];
  const { from, to, text: searched } = asked;
  const byTime =
    from === undefined && to === undefined
      ? []
      : [text('events:words.time', { range: rangeWords({ from, to }, zone), zone })];
  const byWords = searched === undefined ? [] : [text('events:words.text', { searched })];
  return [...byField, ...byHour, ...byTime, ...byWords].map((words) => words.slice(0, longestSentence));
}

function listed(named: readonly string[]): string {
  const others = named.length - mostNamed;
  const words = named.slice(0, mostNamed).join(', ');
  return others > 0 ? text('events:words.others', { words, count: others }) : words;
}

function listOf<Value extends string | number>(value: Value | Value[] | undefined): Value[] | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value : [value];
}
