// Makes a history out of events that are already in memory: of a file, of a test, of a part of another history.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { slotsPerDay, type ActivityDay } from './activity.ts';
import { Dictionary } from './dictionary.ts';
import type { Actor, History, Series } from './history.ts';
import { segmentFields, type CodedColumn, type Segment, type SegmentField } from './segment.ts';

export interface HistoryEvent {
  readonly id: string;
  readonly createdAtMicroseconds: number;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly actorName?: string | null;
  readonly action: string;
  /** What is known beside that; a field absent here is unknown for this event. */
  readonly fields?: Readonly<Partial<Record<SegmentField, string | null>>>;
}

/**
 * Builds a history of one segment a UTC day. Events may come in any order; the same id at the same time counts once.
 * @param fields which fields count as mirrored; by default those that any event has.
 */
export function buildHistory(events: Iterable<HistoryEvent>, fields?: ReadonlySet<SegmentField>): History {
  const sorted = withoutRepeats([...events].toSorted(byTimeAndId));
  const mirrored =
    fields ??
    new Set(segmentFields.filter((field) => sorted.some((event) => event.fields?.[field] !== undefined)));
  const names = nameThings(sorted);
  const days = Map.groupBy(sorted.keys(), (at) =>
    Math.floor(sorted[at]!.createdAtMicroseconds / microsecondsPerDay),
  );
  const segments: Segment[] = [];
  const activity: ActivityDay[] = [];
  for (const [day, places] of days) {
    const members = places.map((at) => sorted[at]!);
    const series = Uint32Array.from(places, (at) => names.seriesOf[at]!);
    segments.push(segmentOf(members, series, mirrored));
    activity.push(activityOf(day, members, series));
  }
  return {
    actors: names.actors,
    actions: names.actions,
    series: names.series,
    segments,
    activity,
    fields: mirrored,
  };
}

/** Ids by their bytes, as a mirror orders them: where surrogates occur, JavaScript would compare otherwise. */
function byTimeAndId(a: HistoryEvent, b: HistoryEvent): number {
  return (
    a.createdAtMicroseconds - b.createdAtMicroseconds || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
  );
}

function withoutRepeats(sorted: readonly HistoryEvent[]): HistoryEvent[] {
  return sorted.filter((event, at) => {
    const before = sorted[at - 1];
    return before?.id !== event.id || before.createdAtMicroseconds !== event.createdAtMicroseconds;
  });
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function nameThings(sorted: readonly HistoryEvent[]) {
  const actors: Mutable<Actor>[] = [];
  const actorNumbers = new Map<string, number>();
  const actions = new Dictionary();
  const series: Series[] = [];
  const seriesNumbers = new Map<string, number>();
  const seriesOf = new Uint32Array(sorted.length);
  for (const [at, event] of sorted.entries()) {
    const { sourceAccount, actor, createdAtMicroseconds: time } = event;
    const actorKey = JSON.stringify([sourceAccount, actor]);
    let number = actorNumbers.get(actorKey);
    if (number === undefined) {
      number =
        actors.push({ sourceAccount, actor, name: null, firstMicroseconds: time, lastMicroseconds: time }) -
        1;
      actorNumbers.set(actorKey, number);
    }
    const known = actors[number]!;
    known.lastMicroseconds = time;
    known.name = event.actorName ?? known.name;
    const action = actions.codeOf(event.action);
    const seriesKey = `${number}:${action}`;
    const found = seriesNumbers.get(seriesKey) ?? series.push({ actor: number, action }) - 1;
    seriesNumbers.set(seriesKey, found);
    seriesOf[at] = found;
  }
  return { actors, actions, series, seriesOf };
}

function segmentOf(
  events: readonly HistoryEvent[],
  series: Uint32Array,
  fields: ReadonlySet<SegmentField>,
): Segment {
  const columns = new Map<SegmentField, CodedColumn>();
  for (const field of fields)
    columns.set(field, encode(events.map((event) => event.fields?.[field] ?? null)));
  return {
    length: events.length,
    microseconds: Float64Array.from(events, (event) => event.createdAtMicroseconds),
    series,
    idAt: (index) => events[index]!.id,
    column: (field) => columns.get(field) ?? null,
  };
}

function encode(texts: readonly (string | null)[]): CodedColumn {
  const numbers = new Map<string | null, number>();
  const codes = Uint32Array.from(texts, (text) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  });
  return { codes, values: [...numbers.keys()] };
}

function activityOf(day: number, events: readonly HistoryEvent[], series: Uint32Array): ActivityDay {
  const cells = new Map<number, number>();
  for (const [index, event] of events.entries()) {
    const slot = Math.floor(event.createdAtMicroseconds / microsecondsPerSlot) - day * slotsPerDay;
    const key = series[index]! * slotsPerDay + slot;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  const keys = Float64Array.from(cells.keys()).toSorted();
  return {
    day,
    series: Uint32Array.from(keys, (key) => Math.floor(key / slotsPerDay)),
    slots: Uint8Array.from(keys, (key) => key % slotsPerDay),
    counts: Uint32Array.from(keys, (key) => cells.get(key)!),
  };
}
