// Reads of the cube: how often who did what, and when.
import type { ActorCount } from '#shared/model/workspace.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';

/** Half-open range of microseconds since the epoch; null is unbounded. */
export type Range = { readonly from: number | null; readonly to: number | null };

export type ActivityFilter = Range & {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
};

export type Slice = {
  readonly actor: string;
  readonly action: string;
  readonly slot: number;
  readonly count: number;
};

/** Edges of a range as SQL compares them. */
export function edgesOf(range: Range): { from: number; to: number } {
  return { from: range.from ?? Number.MIN_SAFE_INTEGER, to: range.to ?? Number.MAX_SAFE_INTEGER };
}

/** SQLite divides towards zero; time before 1970 needs the floor. */
const floorDivide = (column: string, by: number) =>
  `((${column} - ((${column} % ${by}) + ${by}) % ${by}) / ${by})`;

const actorOfSeries = 'JOIN series s ON s.id = c.series_id JOIN actor a ON a.id = s.actor_id';

/** Counts per (actor, action, quarter hour). Reads the cube when the range starts and ends on quarter hours, else the events themselves. */
export function readSlices(database: DatabaseHandle, filter: ActivityFilter): Slice[] {
  const { from, to } = edgesOf(filter);
  const names = { actor: filter.actor ?? null, action: filter.action ?? null };
  const named = '(@actor IS NULL OR a.actor = @actor) AND (@action IS NULL OR s.action = @action)';
  if ([filter.from, filter.to].every((edge) => edge === null || edge % microsecondsPerSlot === 0)) {
    return rows<Slice>(
      database,
      `SELECT a.actor, s.action, c.slot, sum(c.count) AS count FROM cube c ${actorOfSeries}
        WHERE c.slot >= @from AND c.slot < @to AND ${named} GROUP BY 1, 2, 3`,
      { from: Math.floor(from / microsecondsPerSlot), to: Math.floor(to / microsecondsPerSlot), ...names },
    );
  }
  return rows<Slice>(
    database,
    `SELECT a.actor, s.action, ${floorDivide('c.created_us', microsecondsPerSlot)} AS slot, count(*) AS count FROM event c ${actorOfSeries}
      WHERE c.created_us >= @from AND c.created_us < @to AND ${named} GROUP BY 1, 2, 3`,
    { from, to, ...names },
  );
}

type ActorRow = Omit<ActorCount, 'firstSeen' | 'lastSeen'> & { first: number; last: number };

/** Actors by number of events in the range, most first; the unattributed “actor” is not one of them. */
export function readTopActors(database: DatabaseHandle, range: Range, limit: number): ActorCount[] {
  const { from, to } = edgesOf(range);
  const found = rows<ActorRow>(
    database,
    `SELECT a.source_account AS sourceAccount, a.actor, a.name AS actorName, count(*) AS count, min(c.created_us) AS first, max(c.created_us) AS last
       FROM event c ${actorOfSeries}
      WHERE a.actor <> '' AND c.created_us >= ? AND c.created_us < ?
      GROUP BY a.id ORDER BY count DESC, a.actor LIMIT ?`,
    from,
    to,
    limit,
  );
  return found.map(({ first, last, ...actor }) => ({
    ...actor,
    firstSeen: formatInstant(first),
    lastSeen: formatInstant(last),
  }));
}

export function readActions(database: DatabaseHandle): { action: string; count: number }[] {
  return rows(
    database,
    'SELECT s.action, sum(c.count) AS count FROM cube c JOIN series s ON s.id = c.series_id GROUP BY s.action ORDER BY count DESC, s.action',
  );
}

export type MirrorTotals = {
  readonly events: number;
  readonly unattributed: number;
  readonly firstMicroseconds: number | null;
  readonly lastMicroseconds: number | null;
};

export function readTotals(database: DatabaseHandle): MirrorTotals {
  const totals = row<MirrorTotals>(
    database,
    `SELECT (SELECT coalesce(sum(count), 0) FROM cube) AS events,
            (SELECT coalesce(sum(c.count), 0) FROM cube c ${actorOfSeries} WHERE a.actor = '') AS unattributed,
            (SELECT min(created_us) FROM event) AS firstMicroseconds,
            (SELECT max(created_us) FROM event) AS lastMicroseconds`,
  );
  return totals ?? { events: 0, unattributed: 0, firstMicroseconds: null, lastMicroseconds: null };
}

/** Mirrored events per UTC day number since the epoch. */
export function countByDay(database: DatabaseHandle): Map<number, number> {
  const days = rows<{ day: number; count: number }>(
    database,
    `SELECT ${floorDivide('slot', 96)} AS day, sum(count) AS count FROM cube GROUP BY day`,
  );
  return new Map(days.map(({ day, count }) => [day, count]));
}

export const dayOf = (microseconds: number): number => Math.floor(microseconds / microsecondsPerDay);
