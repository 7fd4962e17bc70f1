// Hours that received events since they were judged last.
import type { TouchedHours } from '../../analytics/detector.ts';
import type { ActivityDay } from '../../analytics/history/activity.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import type { Cells } from './cells.ts';

/** Every hour of a day is pending. */
export function markDay(database: DatabaseHandle, day: number): void {
  run(
    database,
    'INSERT INTO pending_day (day, hours) VALUES (?, NULL) ON CONFLICT DO UPDATE SET hours = NULL',
    day,
  );
}

/** The hours of these cells are pending too. */
export function markCells(database: DatabaseHandle, day: number, cells: Cells): void {
  const known = row<{ hours: Buffer | null }>(database, 'SELECT hours FROM pending_day WHERE day = ?', day);
  if (known?.hours === null) return;
  const hours = new Set(known === undefined ? [] : unpack(known.hours));
  for (let cell = 0; cell < cells.series.length; cell += 1)
    hours.add(cells.series[cell]! * 24 + (cells.slots[cell]! >> 2));
  replace(database, day, hours);
}

/** Pending days that have hours before `beforeHour` (the first hour that is not over), ascending. */
export function readPendingDays(database: DatabaseHandle, beforeHour: number): number[] {
  const found = rows<{ day: number }>(
    database,
    'SELECT day FROM pending_day WHERE day * 24 < ? ORDER BY day',
    beforeHour,
  );
  return found.map(({ day }) => day);
}

/** The pending hours of a day by series: null is every hour that has events. */
export function readPendingHours(database: DatabaseHandle, day: number): TouchedHours | null {
  const known = row<{ hours: Buffer | null }>(database, 'SELECT hours FROM pending_day WHERE day = ?', day);
  if (known?.hours === null) return null;
  const touched = new Map<number, number[]>();
  for (const key of known === undefined ? [] : unpack(known.hours).toSorted()) {
    const series = Math.floor(key / 24);
    const hours = touched.get(series);
    if (hours) hours.push(day * 24 + (key % 24));
    else touched.set(series, [day * 24 + (key % 24)]);
  }
  return touched;
}

/**
 * What was judged is no longer pending; hours from `beforeHour` on still are. A day that is not over stays pending even without
 * any: silence grows, and a day judged as a whole is judged at its end.
 */
export function settleDay(
  database: DatabaseHandle,
  { day, series, slots }: ActivityDay,
  beforeHour: number,
): void {
  if ((day + 1) * 24 <= beforeHour) {
    run(database, 'DELETE FROM pending_day WHERE day = ?', day);
    return;
  }
  const known = row<{ hours: Buffer | null }>(database, 'SELECT hours FROM pending_day WHERE day = ?', day);
  if (!known) return;
  const left = new Set<number>();
  if (known.hours !== null)
    for (const key of unpack(known.hours)) if (day * 24 + (key % 24) >= beforeHour) left.add(key);
  if (known.hours === null)
    for (let cell = 0; cell < series.length; cell += 1)
      if (day * 24 + (slots[cell]! >> 2) >= beforeHour) left.add(series[cell]! * 24 + (slots[cell]! >> 2));
  replace(database, day, left);
}

function replace(database: DatabaseHandle, day: number, hours: ReadonlySet<number>): void {
  const packed = Buffer.from(Uint32Array.from(hours).toSorted().buffer);
  run(
    database,
    'INSERT INTO pending_day (day, hours) VALUES (?, ?) ON CONFLICT DO UPDATE SET hours = excluded.hours',
    day,
    packed,
  );
}

function unpack(hours: Buffer): Uint32Array {
  return new Uint32Array(new Uint8Array(hours).buffer);
}
