// A grid of counts to paint, whatever its rows and columns are.
import { hoursPerWeek } from './hours-of-week.ts';

/** `id` names the row; `counts` holds one number a column. NaN is an hour nobody looked at, which is not zero. */
export type HeatRow = { id: string; total: number; counts: Float64Array };
export type HeatGrid = { columns: number; rows: readonly HeatRow[]; highest: number; total: number };

type ActorWeek = { actor: string; total: number; counts: readonly number[] };

/** Actors by the hours of the week: busiest first, the unattributed (without a name) always last. */
export function weekGrid(weeks: readonly ActorWeek[], covered: readonly boolean[]): HeatGrid {
  const rows = weeks.map(({ actor, total, counts }) => ({
    id: actor,
    total,
    counts: Float64Array.from(counts, (count, hour) => (covered[hour] === true ? count : Number.NaN)),
  }));
  return gridOf(hoursPerWeek, rows.toSorted(compareRows));
}

type DayOfHours = { date: string; counts: readonly (number | null)[] };

/** Days by their hours, newest first. */
export function dayGrid(days: readonly DayOfHours[]): HeatGrid {
  const rows = days.map(({ date, counts }) => ({
    id: date,
    total: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    counts: Float64Array.from(counts, (count) => count ?? Number.NaN),
  }));
  return gridOf(24, rows.toReversed());
}

export function gridOf(columns: number, rows: readonly HeatRow[]): HeatGrid {
  let highest = 0;
  for (const row of rows) highest = Math.max(highest, highestOf(row));
  return { columns, rows, highest, total: rows.reduce((sum, row) => sum + row.total, 0) };
}

/** The highest count of a row; 0 where nothing was counted. */
export function highestOf({ counts }: Pick<HeatRow, 'counts'>): number {
  let highest = 0;
  for (const count of counts) if (count > highest) highest = count;
  return highest;
}

export function hasGaps({ rows }: HeatGrid): boolean {
  return rows.some(({ counts }) => counts.some(Number.isNaN));
}

function compareRows(left: HeatRow, right: HeatRow): number {
  const unattributed = Number(left.id === '') - Number(right.id === '');
  return unattributed || right.total - left.total || (left.id < right.id ? -1 : 1);
}
