// Takes the events of some action classes out of a stretch of history, as columns.
import type { History } from '../../history/history.ts';
import type { EventReference, Segment, SegmentField } from '../../history/segment.ts';
import { stretchesBetween } from '../../history/stretches.ts';
import { classesOfSeries } from './action-classes.ts';
import { indexesToAsk } from './classed-events.ts';
import { outcomeVerdict, type OutcomeVerdict } from './outcome.ts';

/** In time order. */
export interface ClassEvents {
  readonly length: number;
  readonly microseconds: Float64Array;
  /** Place of the segment in `history.segments`, and of the event in it. */
  readonly segments: Uint32Array;
  readonly indexes: Uint32Array;
  readonly series: Uint32Array;
  /** What `judge` made of each: never 0. */
  readonly kinds: Uint8Array;
}

export interface ClassQuery {
  /** Bits: events of any of these classes. */
  readonly wanted: number;
  /** Half-open, microseconds. */
  readonly from: number;
  readonly until: number;
  /** Which series to read; all, when it is left out. */
  readonly isAsked?: (series: number) => boolean;
}

/**
 * @param judge what kind of event it is, given its classes and its outcome (unknown where outcomes are not mirrored); 0 leaves it out.
 */
export function eventsOfClasses(
  history: History,
  { wanted, from, until, isAsked }: ClassQuery,
  judge: (classes: number, outcome: OutcomeVerdict) => number,
): ClassEvents {
  const classesBySeries = classesOfSeries(history);
  const events = new EventColumns();
  for (const { place, segment, start, end } of stretchesBetween(history.segments, from, until)) {
    const { series: seriesAt, microseconds } = segment;
    const verdictAt = outcomeVerdicts(segment);
    const indexes = indexesToAsk(history, segment, wanted);
    const last = indexes === null ? end : firstNotBelow(indexes, end);
    for (let at = indexes === null ? start : firstNotBelow(indexes, start); at < last; at += 1) {
      const index = indexes === null ? at : indexes[at]!;
      const series = seriesAt[index]!;
      const classes = classesBySeries[series]!;
      if ((classes & wanted) === 0 || isAsked?.(series) === false) continue;
      const kind = judge(classes, verdictAt(index));
      if (kind !== 0) events.push(place, index, microseconds[index]!, series, kind);
    }
  }
  return events;
}

function outcomeVerdicts(segment: Segment): (index: number) => OutcomeVerdict {
  const outcomes = segment.column('outcome');
  if (outcomes === null) return () => 'unknown';
  const verdicts = outcomes.values.map(outcomeVerdict);
  return (index) => verdicts[outcomes.codes[index]!]!;
}

function firstNotBelow(indexes: Uint32Array, index: number): number {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (indexes[middle]! < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Keeps what was not refused: what was refused did not happen. */
export function unlessRefused(_classes: number, outcome: OutcomeVerdict): number {
  return outcome === 'failure' ? 0 : 1;
}

/** Columns that double when they are full. */
class EventColumns implements ClassEvents {
  length = 0;
  microseconds = new Float64Array(256);
  segments = new Uint32Array(256);
  indexes = new Uint32Array(256);
  series = new Uint32Array(256);
  kinds = new Uint8Array(256);

  push(place: number, index: number, microseconds: number, series: number, kind: number): void {
    if (this.length === this.kinds.length) this.#grow(2 * this.length);
    this.microseconds[this.length] = microseconds;
    this.segments[this.length] = place;
    this.indexes[this.length] = index;
    this.series[this.length] = series;
    this.kinds[this.length] = kind;
    this.length += 1;
  }

  #grow(capacity: number): void {
    const { microseconds, segments, indexes, series, kinds } = this;
    (this.microseconds = new Float64Array(capacity)).set(microseconds);
    (this.segments = new Uint32Array(capacity)).set(segments);
    (this.indexes = new Uint32Array(capacity)).set(indexes);
    (this.series = new Uint32Array(capacity)).set(series);
    (this.kinds = new Uint8Array(capacity)).set(kinds);
  }
}

export function referenceTo(history: History, events: ClassEvents, at: number): EventReference {
  return { segment: history.segments[events.segments[at]!]!, index: events.indexes[at]! };
}

export interface NumberedTexts {
  /** Place in `texts` by event; −1 where it is unknown. */
  readonly numbers: Int32Array;
  readonly texts: readonly string[];
}

/** One field of the events as numbers; `read` gives the text that counts, or null for unknown. */
export function numberTexts(
  history: History,
  events: ClassEvents,
  field: SegmentField,
  read: (text: string | null) => string | null,
): NumberedTexts {
  const numbers = new Int32Array(events.length).fill(-1);
  const known = new Map<string, number>();
  let place = -1;
  let column: ReturnType<Segment['column']> = null;
  let local = new Int32Array(0);
  for (let at = 0; at < events.length; at += 1) {
    if (events.segments[at]! !== place) {
      place = events.segments[at]!;
      column = history.segments[place]!.column(field);
      local = new Int32Array(column?.values.length ?? 0).fill(-2);
    }
    if (column === null) continue;
    const code = column.codes[events.indexes[at]!]!;
    if (local[code] === -2) {
      const text = read(column.values[code]!);
      const number = text === null ? -1 : (known.get(text) ?? known.size);
      if (text !== null) known.set(text, number);
      local[code] = number;
    }
    numbers[at] = local[code]!;
  }
  return { numbers, texts: [...known.keys()] };
}
