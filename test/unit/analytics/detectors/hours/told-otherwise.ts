// One history told in other ways: other numbers, other cuts. What a detector of hours finds must not depend on them.
import type { Hit, Scope } from '../../../../../src-main/analytics/detector.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import { textAt, type Segment } from '../../../../../src-main/analytics/history/segment.ts';

export function scopeOf(history: History, changes: Partial<Scope> = {}): Scope {
  return {
    days: history.activity.map(({ day }) => day),
    untilMicroseconds: Number.MAX_SAFE_INTEGER,
    touched: null,
    zone: 'Europe/Berlin',
    privilegedActions: new Set(),
    holidays: new Set(),
    ...changes,
  };
}

/** Hits as values: events by their ids. */
export function plain(hits: readonly Hit[]): unknown[] {
  return hits.map((hit) => ({ ...hit, events: hit.events.map(({ segment, index }) => segment.idAt(index)) }));
}

/** The same history with actors and series numbered backwards. */
export function renumbered(history: History): History {
  const actorNumber = (number: number) => history.actors.length - 1 - number;
  const seriesNumber = (number: number) => history.series.length - 1 - number;
  return {
    ...history,
    actors: history.actors.toReversed(),
    series: history.series.toReversed().map(({ actor, action }) => ({ actor: actorNumber(actor), action })),
    segments: history.segments.map((segment) => ({ ...segment, series: segment.series.map(seriesNumber) })),
    activity: history.activity.map(({ day, series, slots, counts }) => {
      const cells = [...series.keys()].toSorted(
        (a, b) => seriesNumber(series[a]!) - seriesNumber(series[b]!) || slots[a]! - slots[b]!,
      );
      return {
        day,
        series: Uint32Array.from(cells, (cell) => seriesNumber(series[cell]!)),
        slots: Uint8Array.from(cells, (cell) => slots[cell]!),
        counts: Uint32Array.from(cells, (cell) => counts[cell]!),
      };
    }),
  };
}

/** The same history in segments of so many events, whatever the days. */
export function recut(history: History, length: number): History {
  const places = history.segments.flatMap((segment) =>
    Array.from({ length: segment.length }, (_, index) => [segment, index] as const),
  );
  const starts = Array.from({ length: Math.ceil(places.length / length) }, (_, part) => part * length);
  const segments = starts.map((start) => gather(history, places.slice(start, start + length)));
  return { ...history, segments };
}

function gather({ fields }: History, places: readonly (readonly [Segment, number])[]): Segment {
  const columns = new Map(
    [...fields].map((field) => {
      const texts = places.map(([segment, index]) => textAt(segment, field, index));
      const values = [...new Set(texts)];
      return [field, { codes: Uint32Array.from(texts, (text) => values.indexOf(text)), values }] as const;
    }),
  );
  return {
    length: places.length,
    microseconds: Float64Array.from(places, ([segment, index]) => segment.microseconds[index]!),
    series: Uint32Array.from(places, ([segment, index]) => segment.series[index]!),
    idAt: (index) => places[index]![0].idAt(places[index]![1]),
    column: (field) => columns.get(field) ?? null,
  };
}
