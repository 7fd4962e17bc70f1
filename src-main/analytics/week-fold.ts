// Cells in time order, and the same ones folded into the local hours of a week.
import type { PlaceCells } from './week-cube.ts';
import { SparseSum } from './sparse-sum.ts';

export const hoursPerWeek = 168;

/** Cells of unit u, folded, are hours[foldedOffsets[u]] to hours[foldedOffsets[u + 1]], ascending, with their counts. */
export interface WeekCube extends PlaceCells {
  readonly foldedOffsets: Uint32Array;
  readonly hours: Uint8Array;
  readonly foldedCounts: Uint32Array;
}

/** So many cells and units between two yields: well under a millisecond. */
const stepSize = 32_768;
/** Folded cells are collected in parts: how many there will be is known at the end alone. */
const partSize = 2 ** 14;

export function* fold(cells: PlaceCells, hourOfPlace: Uint8Array): Generator<void, WeekCube> {
  const { offsets } = cells;
  const units = offsets.length - 1;
  const foldedOffsets = new Uint32Array(units + 1);
  const parts: { readonly hours: Uint8Array; readonly counts: Uint32Array }[] = [];
  const part = { hours: new Uint8Array(partSize), counts: new Uint32Array(partSize) };
  const sum = new SparseSum(hoursPerWeek);
  let length = 0;
  let used = 0;
  let nextPause = stepSize;
  for (let unit = 0; unit < units; unit += 1) {
    if (used + hoursPerWeek > partSize) {
      parts.push({ hours: part.hours.slice(0, used), counts: part.counts.slice(0, used) });
      length += used;
      used = 0;
    }
    if (offsets[unit + 1]! > offsets[unit]!) {
      addHours(sum, hourOfPlace, cells, offsets[unit]!, offsets[unit + 1]!);
      used = sum.drain(part.hours, part.counts, used);
    }
    foldedOffsets[unit + 1] = length + used;
    if (offsets[unit + 1]! + unit < nextPause) continue;
    nextPause = offsets[unit + 1]! + unit + stepSize;
    yield;
  }
  parts.push({ hours: part.hours.slice(0, used), counts: part.counts.slice(0, used) });
  return { ...cells, foldedOffsets, ...(yield* joined(parts, length + used)) };
}

function* joined(
  parts: readonly { readonly hours: Uint8Array; readonly counts: Uint32Array }[],
  length: number,
): Generator<void, Pick<WeekCube, 'hours' | 'foldedCounts'>> {
  const hours = new Uint8Array(length);
  const foldedCounts = new Uint32Array(length);
  let end = 0;
  for (const part of parts) {
    hours.set(part.hours, end);
    foldedCounts.set(part.counts, end);
    end += part.hours.length;
    yield;
  }
  return { hours, foldedCounts };
}

/** Adds to a sum what a unit did from one place (included) to another (not included): from inside or from outside, whichever is less. */
export function addSpan(
  sum: SparseSum,
  hourOfPlace: Uint8Array,
  cube: WeekCube,
  unit: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const { offsets, foldedOffsets, hours, foldedCounts } = cube;
  const [start, end] = [offsets[unit]!, offsets[unit + 1]!];
  const [foldedStart, foldedEnd] = [foldedOffsets[unit]!, foldedOffsets[unit + 1]!];
  const first = firstCellFrom(cube, unit, from);
  const last = Math.max(first, firstCellFrom(cube, unit, to));
  const outside = end - start - (last - first);
  if (last - first <= outside + foldedEnd - foldedStart) {
    addHours(sum, hourOfPlace, cube, first, last);
    return;
  }
  for (let at = foldedStart; at < foldedEnd; at += 1) sum.add(hours[at]!, foldedCounts[at]!);
  subtractHours(sum, hourOfPlace, cube, start, first);
  subtractHours(sum, hourOfPlace, cube, last, end);
}

function addHours(
  sum: SparseSum,
  hourOfPlace: Uint8Array,
  { places, counts }: PlaceCells,
  first: number,
  end: number,
): void {
  for (let cell = first; cell < end; cell += 1) sum.add(hourOfPlace[places[cell]!]!, counts[cell]!);
}

function subtractHours(
  sum: SparseSum,
  hourOfPlace: Uint8Array,
  { places, counts }: PlaceCells,
  first: number,
  end: number,
): void {
  for (let cell = first; cell < end; cell += 1) sum.subtract(hourOfPlace[places[cell]!]!, counts[cell]!);
}

/** The first cell of a unit at or after a place; the end of its cells when there is none. */
export function firstCellFrom({ offsets, places }: PlaceCells, unit: number, place: number): number {
  const start = offsets[unit]!;
  const end = offsets[unit + 1]!;
  // Most queries begin before everything or end after it.
  if (start === end || places[start]! >= place) return start;
  if (places[end - 1]! < place) return end;
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
