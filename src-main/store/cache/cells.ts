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

/** Groups rows that are in time order by their series. */
export function groupBySeries(series: Uint32Array, rows: Uint32Array, seriesCount: number): BySeries {
  const next = new Uint32Array(seriesCount + 1);
  for (const row of rows) next[series[row]! + 1]! += 1;
  let used = 0;
  for (let number = 0; number < seriesCount; number += 1) {
    if (next[number + 1]! > 0) used += 1;
    next[number + 1]! += next[number]!;
  }
  const present = new Uint32Array(used);
  const offsets = new Uint32Array(used + 1);
  for (let number = 0, place = 0; number < seriesCount; number += 1) {
    if (next[number + 1] === next[number]) continue;
    present[place] = number;
    offsets[place] = next[number]!;
    place += 1;
  }
  offsets[used] = rows.length;
  const grouped = new Uint32Array(rows.length);
  for (const row of rows) grouped[next[series[row]!]!++] = row;
  return { series: present, offsets, rows: grouped };
}

/** Counts grouped rows of one day per quarter hour. */
export function countCells(grouped: BySeries, microseconds: Float64Array, day: number): Cells {
  const length = grouped.rows.length;
  const series = new Uint32Array(length);
  const slots = new Uint8Array(length);
  const counts = new Uint32Array(length);
  let cells = 0;
  for (let group = 0; group < grouped.series.length; group += 1) {
    let current = -1;
    for (let at = grouped.offsets[group]!; at < grouped.offsets[group + 1]!; at += 1) {
      const slot = Math.floor(microseconds[grouped.rows[at]!]! / microsecondsPerSlot) - day * slotsPerDay;
      if (slot !== current) {
        current = slot;
        series[cells] = grouped.series[group]!;
        slots[cells] = slot;
        cells += 1;
      }
      counts[cells - 1]! += 1;
    }
  }
  return { series: series.slice(0, cells), slots: slots.slice(0, cells), counts: counts.slice(0, cells) };
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
