// Arranges the rows of a heatmap, and knows which hours of the week the data covers at all.
import type { HeatmapRow } from '#shared/model/workspace.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';

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

/**
 * Marks the hours of the week that fall into [from, to) at least once. Where nothing was observed, no count is known:
 * such a cell is a gap and not a zero. An unknown bound covers everything.
 */
export function coveredHours(from: string | null, to: string | null, zone: string): boolean[] {
  if (from === null || to === null) return Array.from({ length: hoursPerWeek }, () => true);
  const start = Math.floor(parseInstant(from) / microsecondsPerSlot);
  const week = (hoursPerWeek * microsecondsPerHour) / microsecondsPerSlot;
  const dayBeyond = week + (24 * microsecondsPerHour) / microsecondsPerSlot;
  const end = Math.min(Math.ceil(parseInstant(to) / microsecondsPerSlot), start + dayBeyond);
  const hourOf = hourOfWeekIn(zone);
  const covered = Array.from({ length: hoursPerWeek }, () => false);
  for (let slot = start; slot < end; slot += 1) covered[hourOf(slot)] = true;
  return covered;
}

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Tuesday 14:00–15:00`. */
export function hourOfWeekWords(hourOfWeek: number): string {
  const hour = hourOfWeek % 24;
  const clock = (value: number) => `${String(value % 24).padStart(2, '0')}:00`;
  return `${weekdayNames[Math.floor(hourOfWeek / 24)] ?? ''} ${clock(hour)}–${clock(hour + 1)}`;
}
