// One history told in other ways: other numbers, other cuts. What a detector of hours finds must not depend on them.
import type { Hit, Scope } from '../../../../../src-main/analytics/detector.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import type { Segment } from '../../../../../src-main/analytics/history/segment.ts';

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

/** The same history with every segment cut after `length` events. */
export function recut(history: History, length: number): History {
  return { ...history, segments: history.segments.flatMap((segment) => cut(segment, length)) };
}

function cut(segment: Segment, length: number): Segment[] {
  const starts = Array.from({ length: Math.ceil(segment.length / length) }, (_, part) => part * length);
  return starts.map((start) => {
    const end = Math.min(start + length, segment.length);
    return {
      length: end - start,
      microseconds: segment.microseconds.slice(start, end),
      series: segment.series.slice(start, end),
      idAt: (index) => segment.idAt(start + index),
      column: (field) => {
        const column = segment.column(field);
        return column && { codes: column.codes.slice(start, end), values: column.values };
      },
    };
  });
}
