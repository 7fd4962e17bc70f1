// The refreshes that ended, newest first.
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { readRunRow, type RefreshRun, type RunRow } from './runs.ts';

export type NumberedRun = RefreshRun & { readonly id: number };

/** @param before only those before the run of this id; null is from the newest on */
export function readRuns(database: DatabaseHandle, limit: number, before: number | null): NumberedRun[] {
  return rows<RunRow & { id: number }>(
    database,
    `SELECT id, finished_us, replay, report, provenance FROM refresh_run
      WHERE @before IS NULL OR id < @before ORDER BY id DESC LIMIT @limit`,
    { limit, before },
  ).map((found) => ({ id: found.id, ...readRunRow(found) }));
}

export function countRuns(database: DatabaseHandle): number {
  return row<{ runs: number }>(database, 'SELECT count(*) AS runs FROM refresh_run')!.runs;
}
