// How far the database's clock was ahead of this computer's when they were compared last, for programs that start later.
import type { DatabaseHandle } from '../database.ts';
import { row, run } from '../query.ts';

/** Milliseconds the database was ahead; null when nobody compared yet. */
export function readClockOffset(database: DatabaseHandle): number | null {
  return (
    row<{ offsetMs: number }>(database, 'SELECT offset_ms AS offsetMs FROM clock_comparison')?.offsetMs ??
    null
  );
}

/** @param offsetMs null where what was noted no longer holds */
export function noteClockOffset(database: DatabaseHandle, comparedMs: number, offsetMs: number | null): void {
  if (offsetMs === null) return void run(database, 'DELETE FROM clock_comparison');
  run(
    database,
    'INSERT OR REPLACE INTO clock_comparison (one, compared_us, offset_ms) VALUES (1, ?, ?)',
    Math.round(comparedMs * 1000),
    offsetMs,
  );
}
