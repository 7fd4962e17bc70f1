// Cells of the activity cube: counted from events, added up, and packed for the file.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { slotsPerDay, type ActivityDay } from '../../analytics/history/activity.ts';

export type Cells = Omit<ActivityDay, 'day'>;

/** Events of one day as a detector of any kind first wants them: by series, in time order within a series. */
export type BySeries = {
  /** Series that have events, ascending. */
  readonly series: Uint32Array;
  /** Rows of series[i] are rows[offsets[i]] to rows[offsets[i + 1]]. */
  readonly offsets: Uint32Array;
  readonly rows: Uint32Array;
};

/** Groups rows that are in time order by their series: a counting sort, which keeps that order. */
export function groupBySeries(series: Uint32Array, rows: Uint32Array, seriesCount: number): BySeries {
  const length = rows.length;
  const next = new Uint32Array(seriesCount);
  // A bit for each series that has events: on a quiet day most have none.
  const touched = new Int32Array((seriesCount + 31) >>> 5);
  for (let at = 0; at < length; at += 1) {
    const number = series[rows[at]!]!;
    next[number]! += 1;
    touched[number >>> 5]! |= 1 << (number & 31);
  }
  const present = seriesIn(touched, Math.min(length, seriesCount));
  const offsets = new Uint32Array(present.length + 1);
  for (let place = 0; place < present.length; place += 1) {
    const number = present[place]!;
    offsets[place + 1] = offsets[place]! + next[number]!;
    next[number] = offsets[place]!;
  }
  const grouped = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) grouped[next[series[rows[at]!]!]!++] = rows[at]!;
  return { series: present, offsets, rows: grouped };
}

/** Numbers whose bit is set, ascending; there are no more than `most`. */
function seriesIn(touched: Int32Array, most: number): Uint32Array {
  const present = new Uint32Array(most);
  let place = 0;
  for (let word = 0; word < touched.length; word += 1) {
    for (let bits = touched[word]!; bits !== 0; bits &= bits - 1) {
      present[place] = word * 32 + 31 - Math.clz32(bits & -bits);
      place += 1;
    }
  }
  return present.slice(0, place);
}

/** Counts grouped rows of one day per quarter hour. */
export function countCells(grouped: BySeries, microseconds: Float64Array, day: number): Cells {
  const { rows, offsets } = grouped;
  const slotOf = slotsOf(microseconds, day);
  const series = new Uint32Array(rows.length);
  const slots = new Uint8Array(rows.length);
  const counts = new Uint32Array(rows.length);
  let last = -1;
  for (let group = 0; group < grouped.series.length; group += 1) {
    const number = grouped.series[group]!;
    const end = offsets[group + 1]!;
    let current = -1;
    for (let at = offsets[group]!; at < end; at += 1) {
      const slot = slotOf[rows[at]!]!;
      // No branch: most events are the only one of their cell, but too many are not.
      last += slot === current ? 0 : 1;
      current = slot;
      series[last] = number;
      slots[last] = slot;
      counts[last]! += 1;
    }
  }
  const cells = last + 1;
  return { series: series.slice(0, cells), slots: slots.slice(0, cells), counts: counts.slice(0, cells) };
}

/** Quarter hour of the day of each event. Events mostly come in time order, so few of them need a division. */
function slotsOf(microseconds: Float64Array, day: number): Uint8Array {
  const slots = new Uint8Array(microseconds.length);
  let slot = 0;
  let start = Infinity;
  let end = -Infinity;
  for (let row = 0; row < microseconds.length; row += 1) {
    const at = microseconds[row]!;
    if (at < start || at >= end) {
      const number = Math.floor(at / microsecondsPerSlot);
      start = number * microsecondsPerSlot;
      end = start + microsecondsPerSlot;
      slot = number - day * slotsPerDay;
    }
    slots[row] = slot;
  }
  return slots;
}

/** Adds two sets of cells of the same day. */
export function addCells(a: Cells, b: Cells): Cells {
  const most = a.series.length + b.series.length;
  const series = new Uint32Array(most);
  const slots = new Uint8Array(most);
  const counts = new Uint32Array(most);
  const keyOf = (cells: Cells, at: number) =>
    at < cells.series.length ? cells.series[at]! * slotsPerDay + cells.slots[at]! : Infinity;
  let cells = 0;
  for (let atA = 0, atB = 0; atA < a.series.length || atB < b.series.length; cells += 1) {
    const [keyA, keyB] = [keyOf(a, atA), keyOf(b, atB)];
    const from = keyA <= keyB ? a : b;
    const at = keyA <= keyB ? atA : atB;
    series[cells] = from.series[at]!;
    slots[cells] = from.slots[at]!;
    counts[cells] = (keyA <= keyB ? a.counts[atA]! : 0) + (keyB <= keyA ? b.counts[atB]! : 0);
    if (keyA <= keyB) atA += 1;
    if (keyB <= keyA) atB += 1;
  }
  return { series: series.slice(0, cells), slots: slots.slice(0, cells), counts: counts.slice(0, cells) };
}

/** Series, then counts, then slots. */
export function packCells({ series, counts, slots }: Cells): Buffer {
  return Buffer.concat(
    [series, counts, slots].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
  );
}

export function unpackCells(packed: Uint8Array): Cells {
  const { buffer } = new Uint8Array(packed);
  const length = packed.byteLength / 9;
  return {
    series: new Uint32Array(buffer, 0, length),
    counts: new Uint32Array(buffer, 4 * length, length),
    slots: new Uint8Array(buffer, 8 * length, length),
  };
}
