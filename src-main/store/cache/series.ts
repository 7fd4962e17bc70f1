// The hourly series behind the detectors, and which of their hours still wait to be judged.
import { z } from 'zod';
import type { DatabaseHandle } from '../database.ts';
import { rows, run } from '../query.ts';

export type PendingSeries = {
  readonly seriesId: number;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly action: string;
  readonly actorFirstMicroseconds: number;
  /** Complete hours (since the epoch) that received events since they were last judged, ascending. */
  readonly hours: number[];
};

/** Series with pending hours before `beforeHour`, which is the first hour that is not complete yet. */
export function readPendingSeries(database: DatabaseHandle, beforeHour: number): PendingSeries[] {
  const found = rows<Omit<PendingSeries, 'hours'> & { hours: string }>(
    database,
    `SELECT p.series_id AS seriesId, a.source_account AS sourceAccount, a.actor, a.name AS actorName, s.action, a.first_us AS actorFirstMicroseconds,
              json_group_array(p.hour) AS hours
         FROM (SELECT series_id, hour FROM pending_hour WHERE hour < ? ORDER BY series_id, hour) p
         JOIN series s ON s.id = p.series_id JOIN actor a ON a.id = s.actor_id
        GROUP BY p.series_id`,
    beforeHour,
  );
  return found.map((series) => ({
    ...series,
    hours: z
      .array(z.number())
      .parse(JSON.parse(series.hours))
      .toSorted((a, b) => a - b),
  }));
}

/** Non-zero hourly counts of a series in [fromHour, beforeHour), ascending. */
export function readHourlyCounts(
  database: DatabaseHandle,
  seriesId: number,
  beforeHour: number,
  fromHour = -Infinity,
): { hours: number[]; counts: number[] } {
  const found = rows<{ hour: number; count: number }>(
    database,
    'SELECT slot >> 2 AS hour, sum(count) AS count FROM cube WHERE series_id = ? AND slot >= ? AND slot < ? GROUP BY hour ORDER BY hour',
    seriesId,
    Math.max(fromHour * 4, Number.MIN_SAFE_INTEGER),
    beforeHour * 4,
  );
  return { hours: found.map(({ hour }) => hour), counts: found.map(({ count }) => count) };
}

export function clearPendingHours(
  database: DatabaseHandle,
  seriesId: number,
  hours: readonly number[],
): void {
  for (const hour of hours)
    run(database, 'DELETE FROM pending_hour WHERE series_id = ? AND hour = ?', seriesId, hour);
}
