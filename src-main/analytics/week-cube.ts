// The activity cube turned around: by series instead of by day.
import { slotsPerDay, type ActivityDay } from './history/activity.ts';

/**
 * Counts of some units: series, or everything one name did. A place is a quarter hour: 96 for each day that has events, in
 * order. Cells of unit u are places[offsets[u]] to places[offsets[u + 1]], ascending, with their counts.
 */
export interface PlaceCells {
  readonly offsets: Uint32Array;
  readonly places: Uint16Array | Uint32Array;
  readonly counts: Uint8Array | Uint16Array | Uint32Array;
}

/** Series that are turned around together: their cells fit into the processor's cache, where writing anywhere is cheap. */
const blockSeries = 1024;
/** So many cells between two yields: well under a millisecond. */
const stepCells = 32_768;

/** By series, in arrays no wider than they must be. */
export function* turnAround(
  activity: readonly ActivityDay[],
  seriesCount: number,
): Generator<void, PlaceCells> {
  const { length, most } = yield* survey(activity);
  const cells = emptyCells(seriesCount, length, activity.length * slotsPerDay, most);
  // Where in each day the next block begins: cells of a day are in order of series.
  const starts = new Uint32Array(activity.length);
  for (let first = 0; first < seriesCount; first += blockSeries) {
    const end = Math.min(first + blockSeries, seriesCount);
    yield* fillBlock(cells, activity, starts, first, end);
  }
  return cells;
}

/** Room for `length` cells in places below `placeCount` with counts of at most `most`. */
export function emptyCells(units: number, length: number, placeCount: number, most: number): PlaceCells {
  const Places = placeCount <= 2 ** 16 ? Uint16Array : Uint32Array;
  const Counts = most < 2 ** 8 ? Uint8Array : most < 2 ** 16 ? Uint16Array : Uint32Array;
  return { offsets: new Uint32Array(units + 1), places: new Places(length), counts: new Counts(length) };
}

/** How many cells there are, and the largest count in them. */
function* survey(activity: readonly ActivityDay[]): Generator<void, { length: number; most: number }> {
  let length = 0;
  let most = 0;
  for (const { counts } of activity) {
    length += counts.length;
    most = largest(counts, most);
    yield;
  }
  return { length, most };
}

function largest(counts: Uint32Array, atLeast: number): number {
  let most = atLeast;
  for (let cell = 0; cell < counts.length; cell += 1) if (counts[cell]! > most) most = counts[cell]!;
  return most;
}

/** A counting sort of the cells of series `first` to `end`: days come in order, so the places of a series ascend. */
function* fillBlock(
  cells: PlaceCells,
  activity: readonly ActivityDay[],
  starts: Uint32Array,
  first: number,
  end: number,
): Generator<void> {
  const { offsets } = cells;
  const ends = new Uint32Array(activity.length);
  let done = 0;
  for (let day = 0; day < activity.length; day += 1) {
    ends[day] = countUntil(activity[day]!.series, starts[day]!, end, offsets);
    done += ends[day]! - starts[day]! + 1;
    if (done < stepCells) continue;
    done = 0;
    yield;
  }
  for (let series = first; series < end; series += 1) offsets[series + 1]! += offsets[series]!;
  const next = offsets.slice(first, end);
  for (let day = 0; day < activity.length; day += 1) {
    moveCells(activity[day]!, starts[day]!, ends[day]!, cells, next, first, day * slotsPerDay);
    done += ends[day]! - starts[day]! + 1;
    starts[day] = ends[day]!;
    if (done < stepCells) continue;
    done = 0;
    yield;
  }
}

function countUntil(series: Uint32Array, start: number, end: number, offsets: Uint32Array): number {
  let cell = start;
  for (; cell < series.length && series[cell]! < end; cell += 1) offsets[series[cell]! + 1]! += 1;
  return cell;
}

function moveCells(
  { series, slots, counts }: ActivityDay,
  start: number,
  end: number,
  to: PlaceCells,
  next: Uint32Array,
  firstSeries: number,
  firstPlace: number,
): void {
  for (let cell = start; cell < end; cell += 1) {
    const place = next[series[cell]! - firstSeries]!++;
    to.places[place] = firstPlace + slots[cell]!;
    to.counts[place] = counts[cell]!;
  }
}
