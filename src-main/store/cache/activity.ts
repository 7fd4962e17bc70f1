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

/** The cube can answer for ranges that start and end on quarter hours; other ranges need the events themselves. */
const isOnSlots = (range: Range): boolean =>
  [range.from, range.to].every((edge) => edge === null || edge % microsecondsPerSlot === 0);

function bindingsOf(filter: ActivityFilter) {
  const { from, to } = edgesOf(filter);
  const size = isOnSlots(filter) ? microsecondsPerSlot : 1;
  return {
    from: Math.floor(from / size),
    to: Math.floor(to / size),
    actor: filter.actor ?? null,
    action: filter.action ?? null,
  };
}

const named = '(@actor IS NULL OR a.actor = @actor) AND (@action IS NULL OR s.action = @action)';
const cubeInRange = `cube c ${actorOfSeries} WHERE c.slot >= @from AND c.slot < @to AND ${named}`;
const eventsInRange = `event c ${actorOfSeries} WHERE c.created_us >= @from AND c.created_us < @to AND ${named}`;

/** Counts per (actor, action, quarter hour). */
export function readSlices(database: DatabaseHandle, filter: ActivityFilter): Slice[] {
  return rows<Slice>(
    database,
    isOnSlots(filter)
      ? `SELECT a.actor, s.action, c.slot, sum(c.count) AS count FROM ${cubeInRange} GROUP BY 1, 2, 3`
      : `SELECT a.actor, s.action, ${floorDivide('c.created_us', microsecondsPerSlot)} AS slot, count(*) AS count FROM ${eventsInRange} GROUP BY 1, 2, 3`,
    bindingsOf(filter),
  );
}

/** How many events there are in all. */
export function countEvents(database: DatabaseHandle, filter: ActivityFilter): number {
  const isWhole = [filter.from, filter.to, filter.actor ?? null, filter.action ?? null].every(
    (limit) => limit === null,
  );
  if (isWhole) return readTotals(database).events;
  const found = row<{ events: number }>(
    database,
    isOnSlots(filter)
      ? `SELECT coalesce(sum(c.count), 0) AS events FROM ${cubeInRange}`
      : `SELECT count(*) AS events FROM ${eventsInRange}`,
    bindingsOf(filter),
  );
  return found?.events ?? 0;
}

type ActorRow = Omit<ActorCount, 'firstSeen' | 'lastSeen'> & { first: number; last: number };

/** Actors by number of events in the range, most first; the unattributed “actor” is not one of them. */
export function readTopActors(database: DatabaseHandle, range: Range, limit: number): ActorCount[] {
  const isWhole = range.from === null && range.to === null;
  const { from, to } = edgesOf(range);
  const found = isWhole
    ? rows<ActorRow>(
        database,
        `SELECT a.source_account AS sourceAccount, a.actor, a.name AS actorName, sum(c.count) AS count, a.first_us AS first, a.last_us AS last
           FROM cube c ${actorOfSeries} WHERE a.actor <> '' GROUP BY a.id ORDER BY count DESC, a.actor, a.id LIMIT ?`,
        limit,
      )
    : rows<ActorRow>(
        database,
        `SELECT a.source_account AS sourceAccount, a.actor, a.name AS actorName, count(*) AS count, min(c.created_us) AS first, max(c.created_us) AS last
           FROM event c ${actorOfSeries} WHERE a.actor <> '' AND c.created_us >= ? AND c.created_us < ?
          GROUP BY a.id ORDER BY count DESC, a.actor, a.id LIMIT ?`,
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

/** Totals of the mirror; with `until` given, of its events up to and including that moment. */
export function readTotals(database: DatabaseHandle, until: number | null = null): MirrorTotals {
  const all = row<MirrorTotals>(
    database,
    `SELECT coalesce(sum(events), 0) AS events, coalesce(sum(unattributed), 0) AS unattributed,
            (SELECT min(created_us) FROM event) AS firstMicroseconds,
            (SELECT max(created_us) FROM event) AS lastMicroseconds FROM day`,
  )!;
  if (until === null || (all.lastMicroseconds ?? until) <= until) return all;
  return row<MirrorTotals>(
    database,
    `SELECT count(*) AS events, count(*) FILTER (WHERE a.actor = '') AS unattributed,
            min(c.created_us) AS firstMicroseconds, max(c.created_us) AS lastMicroseconds
       FROM event c ${actorOfSeries} WHERE c.created_us <= ?`,
    until,
  )!;
}

/** Mirrored events per UTC day number since the epoch; with `until` given, those up to and including that moment. */
export function countByDay(database: DatabaseHandle, until: number | null = null): Map<number, number> {
  const days = rows<{ day: number; events: number }>(database, 'SELECT day, events FROM day');
  const counts = new Map(days.map(({ day, events }) => [day, events]));
  if (until === null) return counts;
  const lastDay = Math.floor(until / microsecondsPerDay);
  for (const day of counts.keys()) if (day >= lastDay) counts.delete(day);
  const partial = row<{ events: number }>(
    database,
    'SELECT count(*) AS events FROM event WHERE created_us >= ? AND created_us <= ?',
    lastDay * microsecondsPerDay,
    until,
  );
  if (partial && partial.events > 0) counts.set(lastDay, partial.events);
  return counts;
}
