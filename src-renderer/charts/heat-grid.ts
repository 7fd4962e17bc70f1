// Arranges the rows of a heatmap, and names its hours.
import type { HeatmapRow } from '#shared/model/workspace.ts';

export const hoursPerWeek = 168;

/** `actor` is empty for the unattributed events; `counts` holds one number an hour of the week. */
export type HeatRow = { actor: string; total: number; counts: Float64Array };
export type HeatGrid = { rows: readonly HeatRow[]; highest: number; total: number };

/** Busiest actors first, the unattributed always last. */
export function heatGrid(rows: readonly Pick<HeatmapRow, 'actor' | 'total' | 'counts'>[]): HeatGrid {
  const ordered = rows
    .map(({ actor, total, counts }) => ({ actor, total, counts: Float64Array.from(counts) }))
    .toSorted(compareRows);
  let highest = 0;
  for (const row of ordered) for (const count of row.counts) highest = Math.max(highest, count);
  return { rows: ordered, highest, total: ordered.reduce((sum, row) => sum + row.total, 0) };
}

function compareRows(left: HeatRow, right: HeatRow): number {
  const unattributed = Number(left.actor === '') - Number(right.actor === '');
  return unattributed || right.total - left.total || (left.actor < right.actor ? -1 : 1);
}

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Tuesday 14:00–15:00`. */
export function hourOfWeekWords(hourOfWeek: number): string {
  const hour = hourOfWeek % 24;
  const clock = (value: number) => `${String(value % 24).padStart(2, '0')}:00`;
  return `${weekdayNames[Math.floor(hourOfWeek / 24)] ?? ''} ${clock(hour)}–${clock(hour + 1)}`;
}
