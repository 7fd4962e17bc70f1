// Folds the quarter hours of the cube into counts per hour, in time proportional to the cells read.
import type { ActivityDay, HourlyCounts } from '../../history/activity.ts';

/**
 * The same answer as `hourlyCounts`, many times faster with many groups: it never sorts, and makes no table of all groups.
 * @param groupOf group of each series, or −1 to leave it out.
 */
export function countHours(
  activity: readonly ActivityDay[],
  groupOf: Int32Array,
  groups: number,
  fromHour: number,
  toHour: number,
): HourlyCounts {
  const days = activity
    .filter(({ day }) => day * 24 + 24 > fromHour && day * 24 < toHour)
    .map((day) => between(day, fromHour, toHour));
  return ascends(groupOf) ? placeRuns(days, groupOf, groups) : placeRows(days, groupOf, groups);
}

/** Cells of a day whose hour lies in [fromHour, toHour); the day itself when all do. */
function between(day: ActivityDay, fromHour: number, toHour: number): ActivityDay {
  const first = day.day * 24;
  if (first >= fromHour && first + 24 <= toHour) return day;
  const kept = Uint32Array.from(day.slots.keys()).filter((cell) => {
    const hour = first + (day.slots[cell]! >> 2);
    return hour >= fromHour && hour < toHour;
  });
  return {
    day: day.day,
    series: kept.map((cell) => day.series[cell]!),
    slots: Uint8Array.from(kept, (cell) => day.slots[cell]!),
    counts: kept.map((cell) => day.counts[cell]!),
  };
}

/** Whether every series has a group of its own, in the order of the series: then the cells of an hour lie side by side. */
function ascends(groupOf: Int32Array): boolean {
  let last = -1;
  for (const group of groupOf) {
    if (group < 0) continue;
    if (group <= last) return false;
    last = group;
  }
  return true;
}

function placeRuns(days: readonly ActivityDay[], groupOf: Int32Array, groups: number): HourlyCounts {
  const sizes = new Uint32Array(groups);
  for (const { series, slots } of days) {
    let last = -1;
    for (let cell = 0; cell < series.length; cell += 1) {
      const group = groupOf[series[cell]!]!;
      const run = group * 24 + (slots[cell]! >> 2);
      if (group < 0 || run === last) continue;
      sizes[group]! += 1;
      last = run;
    }
  }
  const { offsets, hours, counts } = emptyCounts(sizes);
  const next = offsets.slice(0, groups);
  for (const { day, series, slots, counts: cells } of days) {
    let last = -1;
    let place = -1;
    for (let cell = 0; cell < series.length; cell += 1) {
      const group = groupOf[series[cell]!]!;
      const hour = slots[cell]! >> 2;
      const run = group * 24 + hour;
      if (group < 0) continue;
      if (run !== last) {
        place = next[group]!++;
        hours[place] = day * 24 + hour;
        last = run;
      }
      counts[place]! += cells[cell]!;
    }
  }
  return { offsets, hours, counts };
}

function emptyCounts(sizes: Uint32Array): HourlyCounts {
  const offsets = new Uint32Array(sizes.length + 1);
  for (let group = 0; group < sizes.length; group += 1) offsets[group + 1] = offsets[group]! + sizes[group]!;
  const length = offsets.at(-1)!;
  return { offsets, hours: new Int32Array(length), counts: new Uint32Array(length) };
}

/** Hours of one day, ascending within each group. */
interface FoldedDay {
  readonly groups: Int32Array;
  readonly hours: Int32Array;
  readonly sums: Uint32Array;
}

function placeRows(days: readonly ActivityDay[], groupOf: Int32Array, groups: number): HourlyCounts {
  const rowOf = new Int32Array(groups).fill(-1);
  const sizes = new Uint32Array(groups);
  const folded = days.map((day) => foldRows(day, groupOf, rowOf));
  for (const day of folded) for (let at = 0; at < day.groups.length; at += 1) sizes[day.groups[at]!]! += 1;
  const { offsets, hours, counts } = emptyCounts(sizes);
  const next = offsets.slice(0, groups);
  for (const day of folded) {
    for (let at = 0; at < day.groups.length; at += 1) {
      const place = next[day.groups[at]!]!++;
      hours[place] = day.hours[at]!;
      counts[place] = day.sums[at]!;
    }
  }
  return { offsets, hours, counts };
}

/**
 * A row of 24 hours for each group the day has.
 * @param rowOf −1 for every group; left as it was found.
 */
function foldRows(
  { day, series, slots, counts }: ActivityDay,
  groupOf: Int32Array,
  rowOf: Int32Array,
): FoldedDay {
  const members = new Int32Array(Math.min(series.length, rowOf.length));
  const rows = new Uint32Array(members.length * 24);
  let length = 0;
  let used = 0;
  for (let cell = 0; cell < series.length; cell += 1) {
    const group = groupOf[series[cell]!]!;
    if (group < 0) continue;
    if (rowOf[group]! < 0) {
      rowOf[group] = length;
      members[length++] = group;
    }
    const at = rowOf[group]! * 24 + (slots[cell]! >> 2);
    if (rows[at] === 0) used += 1;
    rows[at]! += counts[cell]!;
  }
  for (let row = 0; row < length; row += 1) rowOf[members[row]!] = -1;
  return compact(day, members, rows.subarray(0, length * 24), used);
}

function compact(day: number, members: Int32Array, rows: Uint32Array, used: number): FoldedDay {
  const groups = new Int32Array(used);
  const hours = new Int32Array(used);
  const sums = new Uint32Array(used);
  let place = 0;
  for (let at = 0; at < rows.length; at += 1) {
    if (rows[at] === 0) continue;
    const row = Math.floor(at / 24);
    groups[place] = members[row]!;
    hours[place] = day * 24 + at - row * 24;
    sums[place++] = rows[at]!;
  }
  return { groups, hours, sums };
}
