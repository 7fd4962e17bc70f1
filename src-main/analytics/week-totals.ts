// How much every series did before some of the days: what it did in a stretch of time is a difference of two.
import { slotsPerDay, type ActivityDay } from './history/activity.ts';

/** Totals are written down before the first day, after the last one, and now and then in between. */
export interface RunningTotals {
  readonly activity: readonly ActivityDay[];
  /** totals[i][s] is what series s did in the first days[i] days of `activity`. */
  readonly days: readonly number[];
  readonly totals: readonly Uint32Array[];
}

/** Written down again after so many cells a series: one byte of memory for each cell, and so many cells to add for an answer. */
const cellsPerSeries = 4;

export function* runTotals(
  activity: readonly ActivityDay[],
  seriesCount: number,
): Generator<void, RunningTotals> {
  const running = new Uint32Array(seriesCount);
  const days = [0];
  const totals = [running.slice()];
  let cells = 0;
  for (let day = 0; day < activity.length; day += 1) {
    addCells(activity[day]!, slotsPerDay, 1, running);
    cells += activity[day]!.series.length;
    if (cells >= cellsPerSeries * seriesCount || day === activity.length - 1) {
      days.push(day + 1);
      totals.push(running.slice());
      cells = 0;
    }
    yield;
  }
  return { activity, days, totals };
}

/** What every series did from one place (included) to another (not included). */
export function totalsBetween(running: RunningTotals, from: number, to: number): Uint32Array {
  const totals = new Uint32Array(running.totals[0]!.length);
  if (from >= to) return totals;
  addBefore(running, to, 1, totals);
  addBefore(running, from, -1, totals);
  return totals;
}

/** Sums wrap around below zero and come back: what is left at the end is a whole number from zero on. */
function addBefore(
  { activity, days, totals }: RunningTotals,
  place: number,
  sign: 1 | -1,
  into: Uint32Array,
): void {
  const endDay = Math.floor(place / slotsPerDay);
  const written = days.findLastIndex((day) => day <= endDay);
  const known = totals[written]!;
  for (let series = 0; series < into.length; series += 1) into[series]! += sign * known[series]!;
  for (let day = days[written]!; day < endDay; day += 1) addCells(activity[day]!, slotsPerDay, sign, into);
  const slots = place - endDay * slotsPerDay;
  if (slots > 0) addCells(activity[endDay]!, slots, sign, into);
}

/** Cells in the first `slotCount` quarter hours of a day. */
function addCells(
  { series, slots, counts }: ActivityDay,
  slotCount: number,
  sign: 1 | -1,
  into: Uint32Array,
): void {
  for (let cell = 0; cell < series.length; cell += 1)
    if (slots[cell]! < slotCount) into[series[cell]!]! += sign * counts[cell]!;
}
