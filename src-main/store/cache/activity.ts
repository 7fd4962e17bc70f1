// Reads of the mirror and the cube: counts, actors, events.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { ActorCount } from '#shared/model/workspace.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../database.ts';

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

/** SQLite divides towards zero; time before 1970 needs the floor. */
const floorDivide = (column: string, by: number) =>
  `((${column} - ((${column} % ${by}) + ${by}) % ${by}) / ${by})`;

const everywhere = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** Counts per (actor, action, quarter hour). Reads the cube when the range starts and ends on quarter hours, else the events themselves. */
export function readSlices(database: DatabaseHandle, filter: ActivityFilter): Slice[] {
  const from = filter.from ?? everywhere.from;
  const to = filter.to ?? everywhere.to;
  const aligned = [filter.from, filter.to].every((edge) => edge === null || edge % microsecondsPerSlot === 0);
  const who = `(@actor IS NULL OR a.actor = @actor) AND (@action IS NULL OR s.action = @action)`;
  const sql = aligned
    ? `SELECT a.actor, s.action, c.slot, sum(c.count) AS count
         FROM cube c JOIN series s ON s.id = c.series_id JOIN actor a ON a.id = s.actor_id
        WHERE c.slot >= @from AND c.slot < @to AND ${who} GROUP BY 1, 2, 3`
    : `SELECT a.actor, s.action, ${floorDivide('e.created_us', microsecondsPerSlot)} AS slot, count(*) AS count
         FROM event e JOIN series s ON s.id = e.series_id JOIN actor a ON a.id = s.actor_id
        WHERE e.created_us >= @from AND e.created_us < @to AND ${who} GROUP BY 1, 2, 3`;
  const edges = aligned
    ? [Math.floor(from / microsecondsPerSlot), Math.floor(to / microsecondsPerSlot)]
    : [from, to];
  return database.prepare(sql).all({
    from: edges[0],
    to: edges[1],
    actor: filter.actor ?? null,
    action: filter.action ?? null,
  }) as Slice[];
}

/** Actors by number of events in the range, most first; the unattributed “actor” is not one of them. */
export function readTopActors(database: DatabaseHandle, range: Range, limit: number): ActorCount[] {
  const rows = database
    .prepare(
      `SELECT a.source_account AS sourceAccount, a.actor, a.name AS actorName, count(*) AS count, min(e.created_us) AS first, max(e.created_us) AS last
         FROM event e JOIN series s ON s.id = e.series_id JOIN actor a ON a.id = s.actor_id
        WHERE a.actor <> '' AND e.created_us >= ? AND e.created_us < ?
        GROUP BY a.id ORDER BY count DESC, a.actor LIMIT ?`,
    )
    .all(range.from ?? everywhere.from, range.to ?? everywhere.to, limit) as (Omit<
    ActorCount,
    'firstSeen' | 'lastSeen'
  > & {
    first: number;
    last: number;
  })[];
  return rows.map(({ first, last, ...row }) => ({
    ...row,
    firstSeen: formatInstant(first),
    lastSeen: formatInstant(last),
  }));
}

export function readActions(database: DatabaseHandle): { action: string; count: number }[] {
  return database
    .prepare(
      'SELECT s.action, sum(c.count) AS count FROM cube c JOIN series s ON s.id = c.series_id GROUP BY s.action ORDER BY count DESC, s.action',
    )
    .all() as { action: string; count: number }[];
}

export type MirrorTotals = {
  events: number;
  unattributed: number;
  firstMicroseconds: number | null;
  lastMicroseconds: number | null;
};

export function readTotals(database: DatabaseHandle): MirrorTotals {
  return database
    .prepare(
      `SELECT (SELECT coalesce(sum(count), 0) FROM cube) AS events,
              (SELECT coalesce(sum(c.count), 0) FROM cube c JOIN series s ON s.id = c.series_id JOIN actor a ON a.id = s.actor_id WHERE a.actor = '') AS unattributed,
              (SELECT min(created_us) FROM event) AS firstMicroseconds,
              (SELECT max(created_us) FROM event) AS lastMicroseconds`,
    )
    .get() as MirrorTotals;
}

/** Mirrored events per UTC day number since the epoch. */
export function countByDay(database: DatabaseHandle): Map<number, number> {
  const rows = database
    .prepare(`SELECT ${floorDivide('slot', 96)} AS day, sum(count) AS count FROM cube GROUP BY day`)
    .all() as { day: number; count: number }[];
  return new Map(rows.map((row) => [row.day, row.count]));
}

export const dayOf = (microseconds: number): number => Math.floor(microseconds / microsecondsPerDay);

const eventColumns = `e.created_us, e.id, a.source_account AS sourceAccount, a.actor, a.name AS actorName, e.actor_type AS actorType, s.action,
  e.resource_type AS resourceType, e.resource_id AS resourceId, e.ip, e.user_agent AS userAgent, e.severity, e.metadata`;
const eventTables = 'event e JOIN series s ON s.id = e.series_id JOIN actor a ON a.id = s.actor_id';

type EventRow = Omit<AuditEvent, 'createdAt'> & { created_us: number };

function toEvent({ created_us, ...row }: EventRow): AuditEvent {
  return { ...row, createdAt: formatInstant(created_us) };
}

export function readEvent(database: DatabaseHandle, id: string): AuditEvent | null {
  const row = database
    .prepare(`SELECT ${eventColumns} FROM ${eventTables} WHERE e.id = ? ORDER BY e.created_us LIMIT 1`)
    .get(id);
  return row ? toEvent(row as EventRow) : null;
}

/** Up to `each` events of the same actor before and after an instant, oldest first; the event itself is left out. */
export function readNeighbours(
  database: DatabaseHandle,
  event: AuditEvent,
  microseconds: number,
  each: number,
): AuditEvent[] {
  const read = (comparison: string, order: string) =>
    database
      .prepare(
        `SELECT ${eventColumns} FROM ${eventTables}
          WHERE a.source_account = ? AND a.actor = ? AND (e.created_us, e.id) ${comparison} (?, ?)
          ORDER BY e.created_us ${order}, e.id ${order} LIMIT ?`,
      )
      .all(event.sourceAccount, event.actor, microseconds, event.id, each) as EventRow[];
  return [...read('<', 'DESC').toReversed(), ...read('>', 'ASC')].map(toEvent);
}

export type EventCursor = { readonly createdAtMicroseconds: number; readonly id: string };

/** Matching events, newest first, streamed so that a caller may stop or filter further without reading all. */
export function* iterateEvents(
  database: DatabaseHandle,
  filter: ActivityFilter,
  before: EventCursor | null,
): Generator<{ event: AuditEvent; cursor: EventCursor }> {
  const statement = database.prepare(
    `SELECT ${eventColumns} FROM ${eventTables}
      WHERE e.created_us >= @from AND e.created_us < @to AND (@actor IS NULL OR a.actor = @actor) AND (@action IS NULL OR s.action = @action)
        AND (@beforeMicroseconds IS NULL OR (e.created_us, e.id) < (@beforeMicroseconds, @beforeId))
      ORDER BY e.created_us DESC, e.id DESC`,
  );
  const rows = statement.iterate({
    from: filter.from ?? everywhere.from,
    to: filter.to ?? everywhere.to,
    actor: filter.actor ?? null,
    action: filter.action ?? null,
    beforeMicroseconds: before?.createdAtMicroseconds ?? null,
    beforeId: before?.id ?? null,
  });
  for (const row of rows) {
    const { created_us: createdAtMicroseconds, id } = row as EventRow;
    yield { event: toEvent(row as EventRow), cursor: { createdAtMicroseconds, id } };
  }
}

/** Events of one hour of one series, oldest first: what a finding cites. */
export function readSeriesHourIds(
  database: DatabaseHandle,
  seriesId: number,
  fromMicroseconds: number,
  toMicroseconds: number,
): string[] {
  return database
    .prepare(
      'SELECT id FROM event WHERE series_id = ? AND created_us >= ? AND created_us < ? ORDER BY created_us, id',
    )
    .pluck()
    .all(seriesId, fromMicroseconds, toMicroseconds) as string[];
}

export function readEventsById(database: DatabaseHandle, ids: readonly string[]): AuditEvent[] {
  const rows = database
    .prepare(
      `SELECT ${eventColumns} FROM ${eventTables} WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.created_us, e.id`,
    )
    .all(JSON.stringify(ids)) as EventRow[];
  return rows.map(toEvent);
}

/** Events that belong in the review queue when the source has no queue of its own. */
export function readPrivilegedEvents(database: DatabaseHandle, actions: readonly string[]): AuditEvent[] {
  const rows = database
    .prepare(
      `SELECT ${eventColumns} FROM ${eventTables}
        WHERE (s.action IN (SELECT value FROM json_each(?)) OR e.severity = 'critical') ORDER BY e.created_us, e.id`,
    )
    .all(JSON.stringify(actions)) as EventRow[];
  return rows.map(toEvent);
}
