// Counts the hours of a stretch of series at a time, so that a long history is judged while its numbers are close at hand.
import type { ActivityDay, HourlyCounts } from '../../history/activity.ts';
import { daysBetween, placeRuns, select } from './count-hours.ts';

/** Counts by place in the list of series, from `first` on. */
export interface HourBlock {
  readonly first: number;
  readonly counts: HourlyCounts;
}

/**
 * So many series at a time: their hours of a few months fill a megabyte or less. Each series has its hours in another place, and all of
 * a large history at once would have to be fetched from memory for nearly every cell.
 */
const seriesPerBlock = 1024;

/**
 * The same counts as those of `countHours` with a group for each member, block by block.
 * @param members series numbers, ascending. @param seriesCount how many series there are in all.
 */
export function* hourBlocks(
  activity: readonly ActivityDay[],
  members: Uint32Array,
  seriesCount: number,
  fromHour: number,
  toHour: number,
): Generator<HourBlock> {
  const days = daysBetween(activity, fromHour, toHour).map((day) => onlyMembers(day, members));
  const groupOf = new Int32Array(seriesCount).fill(-1);
  for (let group = 0; group < members.length; group += 1) groupOf[members[group]!] = group;
  const starts = new Uint32Array(days.length);
  for (let first = 0; first < members.length; first += seriesPerBlock) {
    const last = Math.min(first + seriesPerBlock, members.length);
    const parts = days.map((day, at) => {
      const start = starts[at]!;
      const end = firstCellFrom(day.series, start, last < members.length ? members[last]! : Infinity);
      starts[at] = end;
      return cellsBetween(day, start, end);
    });
    yield { first, counts: placeRuns(parts, groupOf, last - first, first) };
  }
}

/** Searching the cells of a few members costs less than reading those of all series from this many cells a member on. */
const cellsWorthASearch = 8;

function onlyMembers(day: ActivityDay, members: Uint32Array): ActivityDay {
  const { series } = day;
  if (members.length * cellsWorthASearch > series.length) return day;
  const found = new Uint32Array(series.length);
  let length = 0;
  let cell = 0;
  for (const member of members) {
    cell = firstCellFrom(series, cell, member);
    for (; series[cell] === member; cell += 1) found[length++] = cell;
  }
  return select(day, found.subarray(0, length));
}

/** Place of the first cell of this series or a later one, from `start` on. */
function firstCellFrom(series: Uint32Array, start: number, wanted: number): number {
  // What is looked for is often near: strides double until they pass it.
  let stride = 1;
  let low = start;
  while (low + stride < series.length && series[low + stride]! < wanted) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(low + stride, series.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cellsBetween({ day, series, slots, counts }: ActivityDay, start: number, end: number): ActivityDay {
  return {
    day,
    series: series.subarray(start, end),
    slots: slots.subarray(start, end),
    counts: counts.subarray(start, end),
  };
}
