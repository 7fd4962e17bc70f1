// Reads events as numbers, segment by segment, looking at each distinct text once.
import type { Dictionary } from '../history/dictionary.ts';
import type { History } from '../history/history.ts';
import { firstIndexAt, type Segment, type SegmentField } from '../history/segment.ts';

/** A number for each event of a segment. */
export type Reader = (index: number) => number;

/** A segment's part of a stretch of time: indices from `from` up to but not including `to`. */
export interface Slice {
  readonly segment: Segment;
  readonly from: number;
  readonly to: number;
}

/** The events in [fromMicroseconds, untilMicroseconds), in time order. */
export function slicesBetween(
  { segments }: History,
  fromMicroseconds: number,
  untilMicroseconds: number,
): Slice[] {
  const slices: Slice[] = [];
  for (let at = firstSegmentAt(segments, fromMicroseconds); at < segments.length; at += 1) {
    const segment = segments[at]!;
    if (segment.length > 0 && segment.microseconds[0]! >= untilMicroseconds) break;
    const from = firstIndexAt(segment, fromMicroseconds);
    const to = firstIndexAt(segment, untilMicroseconds);
    if (to > from) slices.push({ segment, from, to });
  }
  return slices;
}

function firstSegmentAt(segments: readonly Segment[], microseconds: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { length, microseconds: times } = segments[middle]!;
    // An empty segment says nothing about where it lies; the ones before it are looked at instead.
    if (length > 0 && times[length - 1]! < microseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A number for each event, made once of each distinct text of the field; null when the field is not mirrored. */
export function readCoded(
  segment: Segment,
  field: SegmentField,
  numberOf: (text: string | null) => number,
): Reader | null {
  const column = segment.column(field);
  if (column === null) return null;
  const { codes, values } = column;
  const numbers = new Float64Array(values.length);
  const isKnown = new Uint8Array(values.length);
  return (index) => {
    const code = codes[index]!;
    if (isKnown[code] === 0) {
      numbers[code] = numberOf(values[code]!);
      isKnown[code] = 1;
    }
    return numbers[code]!;
  };
}

/** The field as a number of at least zero; NaN where it is unknown, empty or something else. */
export function readNumber(segment: Segment, field: SegmentField): Reader | null {
  return readCoded(segment, field, (text) => {
    const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
    return value >= 0 && Number.isFinite(value) ? value : Number.NaN;
  });
}

/** The number of the field's text in `names`, which grows; −1 where it is unknown or empty. */
export function readName(segment: Segment, field: SegmentField, names: Dictionary): Reader | null {
  return readCoded(segment, field, (text) => (text === null || text === '' ? -1 : names.codeOf(text)));
}

/** 1 for each action the test accepts, 0 for the others, by action number. */
export function actionsThat({ actions }: History, accepts: (action: string) => boolean): Uint8Array {
  return Uint8Array.from(actions.values, (action) => (accepts(action) ? 1 : 0));
}

export interface SeriesColumns {
  readonly actors: Uint32Array;
  readonly actions: Uint32Array;
}

const columnsOfSeries = new WeakMap<History, SeriesColumns>();

/** Actor and action by series number. */
export function seriesColumns(history: History): SeriesColumns {
  const known = columnsOfSeries.get(history);
  if (known?.actors.length === history.series.length) return known;
  const made = {
    actors: Uint32Array.from(history.series, ({ actor }) => actor),
    actions: Uint32Array.from(history.series, ({ action }) => action),
  };
  columnsOfSeries.set(history, made);
  return made;
}
