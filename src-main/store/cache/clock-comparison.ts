// How far the database's clock was ahead of this computer's when they were compared last, for programs that start later.
import type { DatabaseHandle } from '../database.ts';
import { row, run } from '../query.ts';

type NotedComparison = {
  /** Milliseconds the database was ahead. */
  readonly offsetMs: number;
  /** This computer's time then. */
  readonly atMs: number | null;
  /** When this computer was started, by its clock then; null where it could not tell. */
  readonly startedMs: number | null;
};

/** Null when nobody compared yet, or what was noted no longer holds. */
export function readClockComparison(database: DatabaseHandle): NotedComparison | null {
  const noted = row<NotedComparison>(
    database,
    `SELECT offset_ms AS offsetMs, compared_us / 1000.0 AS atMs, started_us / 1000.0 AS startedMs FROM clock_comparison`,
  );
  return noted ?? null;
}

/** @param compared null where what was noted no longer holds */
export function noteClockComparison(database: DatabaseHandle, compared: NotedComparison | null): void {
  if (compared === null) return void run(database, 'DELETE FROM clock_comparison');
  const { offsetMs, atMs, startedMs } = compared;
  run(
    database,
    'INSERT OR REPLACE INTO clock_comparison (one, compared_us, offset_ms, started_us) VALUES (1, ?, ?, ?)',
    Math.round((atMs ?? 0) * 1000),
    offsetMs,
    startedMs === null ? null : Math.round(startedMs * 1000),
  );
}
