// The events a rule counts in a stretch of time, put together by group.
import type { EventReference, Segment } from '../history/segment.ts';
import type { History } from '../history/history.ts';
import { slicesBetween, type Reader } from './reading.ts';
import type { Grouping } from './subjects.ts';

/** Which events count; null when none of the segment's can. */
export type Inclusion = (segment: Segment) => ((index: number) => boolean) | null;

export type ColumnReader = (segment: Segment) => Reader | null;

/** Events by place: group after group, each in time order. */
export interface Occurrences {
  readonly microseconds: Float64Array;
  /** Each group owns the places from `from` up to but not including `to`. */
  readonly groups: readonly { readonly key: number; readonly from: number; readonly to: number }[];
  referenceAt(place: number): EventReference;
  /** A number for each place; NaN where a segment has none. The same function is asked only once. */
  column(readerOf: ColumnReader): Float64Array;
}

export const everyEvent: Inclusion = () => () => true;

/** Collects what counts in [fromMicroseconds, untilMicroseconds). */
export function collectOccurrences(
  history: History,
  grouping: Grouping,
  include: Inclusion,
  fromMicroseconds: number,
  untilMicroseconds: number,
): Occurrences {
  const slices = slicesBetween(history, fromMicroseconds, untilMicroseconds);
  const groupNumbers = new Map<number, number>();
  const keys: number[] = [];
  const counts: number[] = [];
  const found = { groups: [] as number[], slices: [] as number[], indices: [] as number[] };
  for (const [number, { segment, from, to }] of slices.entries()) {
    const counted = include(segment);
    if (counted === null) continue;
    const keyAt = grouping.keyIn(segment);
    for (let index = from; index < to; index += 1) {
      if (!counted(index)) continue;
      const key = keyAt(index);
      if (key < 0) continue;
      let group = groupNumbers.get(key);
      if (group === undefined) {
        group = keys.push(key) - 1;
        groupNumbers.set(key, group);
        counts.push(0);
      }
      counts[group]! += 1;
      found.groups.push(group);
      found.slices.push(number);
      found.indices.push(index);
    }
  }
  const segments = slices.map(({ segment }) => segment);
  return arrange(segments, keys, counts, found);
}

function arrange(
  segments: readonly Segment[],
  keys: readonly number[],
  counts: readonly number[],
  found: { groups: number[]; slices: number[]; indices: number[] },
): Occurrences {
  const { length } = found.groups;
  const next: number[] = [];
  let sum = 0;
  for (const count of counts) {
    next.push(sum);
    sum += count;
  }
  const groups = keys.map((key, group) => ({ key, from: next[group]!, to: next[group]! + counts[group]! }));
  const microseconds = new Float64Array(length);
  const sliceNumbers = new Uint32Array(length);
  const indices = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) {
    const place = next[found.groups[at]!]!++;
    const slice = found.slices[at]!;
    const index = found.indices[at]!;
    microseconds[place] = segments[slice]!.microseconds[index]!;
    sliceNumbers[place] = slice;
    indices[place] = index;
  }
  const columns = new Map<ColumnReader, Float64Array>();
  return {
    microseconds,
    groups,
    referenceAt: (place) => ({ segment: segments[sliceNumbers[place]!]!, index: indices[place]! }),
    column: (readerOf) => {
      const known = columns.get(readerOf);
      if (known) return known;
      const readers = segments.map((segment) => readerOf(segment));
      const column = new Float64Array(length).fill(Number.NaN);
      for (let place = 0; place < length; place += 1) {
        const reader = readers[sliceNumbers[place]!]!;
        if (reader) column[place] = reader(indices[place]!);
      }
      columns.set(readerOf, column);
      return column;
    },
  };
}
