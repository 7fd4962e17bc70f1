// A set of events as a history, and what there is to know about how it was read.
import { Problem } from '#shared/model/problem.ts';
import { buildHistory, type HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../src-main/analytics/history/history.ts';
import { segmentFields, type SegmentField } from '../../../src-main/analytics/history/segment.ts';
import { eventOf } from './event-line.ts';
import { readObjects, type ReadingReport } from './reading.ts';
import { spellingsOf } from './spelling.ts';

export interface EventSet {
  readonly history: History;
  readonly events: number;
  /** Null when the events do not come from a file. */
  readonly reading: ReadingReport | null;
  readonly notes: readonly string[];
}

/**
 * Reads events of any order, the same id at the same time counted once.
 * @throws Problem `file-unreadable`, `source-empty`
 */
export async function readEventSet(path: string): Promise<EventSet> {
  const events: HistoryEvent[] = [];
  const texts = new Map<string, string>();
  const shared = (text: string) => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  const reading = await readObjects(
    path,
    (object, line, remark) => eventOf(object, line, remark, shared),
    (event) => events.push(event),
  );
  if (events.length === 0)
    throw new Problem('source-empty', `The file “${path}” holds no line that can be read as an event.`, {
      next:
        reading.examples.length > 0
          ? `Line ${reading.examples[0]!.line}: ${reading.examples[0]!.reason}.`
          : 'Write one JSON object a line.',
    });
  return eventSetOf(events, reading);
}

/** A field that is unknown or empty in every event counts as not there: its detectors are not evaluable. */
export function eventSetOf(events: readonly HistoryEvent[], reading: ReadingReport | null = null): EventSet {
  const fields = new Set<SegmentField>(
    segmentFields.filter((field) => events.some((event) => (event.fields?.[field] ?? '') !== '')),
  );
  const history = buildHistory(events, fields);
  const count = history.segments.reduce((sum, segment) => sum + segment.length, 0);
  return { history, events: count, reading, notes: notesOf(events, history, count) };
}

function notesOf(events: readonly HistoryEvent[], history: History, count: number): string[] {
  const notes: string[] = [];
  if (events.length > count)
    notes.push(`${events.length - count} repeated an event (same id and time): counted once`);
  const ids = new Set(events.map((event) => event.id)).size;
  if (ids < count) notes.push(`${count - ids} events use an id again at another time: kept`);
  const late = events.filter(
    (event, at) => at > 0 && event.createdAtMicroseconds < events[at - 1]!.createdAtMicroseconds,
  ).length;
  if (late > 0) notes.push(`${late} lines are older than the line before: sorted`);
  for (const spellings of spellingsOf(history.actors))
    notes.push(`possibly one person: ${spellings.map((name) => `“${name}”`).join(', ')}`);
  return notes;
}
