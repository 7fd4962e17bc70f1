// Reads single events back from the mirror, verbatim.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { edgesOf, type ActivityFilter } from './activity.ts';

type EventRow = Omit<AuditEvent, 'createdAt'> & { created_us: number };

const selection = `
  SELECT e.created_us, e.id, a.source_account AS sourceAccount, a.actor, a.name AS actorName, e.actor_type AS actorType, s.action,
         e.resource_type AS resourceType, e.resource_id AS resourceId, e.ip, e.user_agent AS userAgent, e.severity, e.metadata
    FROM event e JOIN series s ON s.id = e.series_id JOIN actor a ON a.id = s.actor_id`;

function toEvent({ created_us, ...rest }: EventRow): AuditEvent {
  return { ...rest, createdAt: formatInstant(created_us) };
}

/** The event of this id, the earliest when `at` does not say which: a source may use an id at several times. */
export function readEvent(database: DatabaseHandle, id: string, at: number | null = null): AuditEvent | null {
  const found = row<EventRow>(
    database,
    `${selection} WHERE e.id = @id AND (@at IS NULL OR e.created_us = @at) ORDER BY e.created_us LIMIT 1`,
    { id, at },
  );
  return found ? toEvent(found) : null;
}

/** The earliest event of each id. */
export function readEventsById(
  database: DatabaseHandle,
  ids: readonly string[],
): ReadonlyMap<string, AuditEvent> {
  const chosen = 'WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.created_us DESC';
  const found = rows<EventRow>(database, `${selection} ${chosen}`, JSON.stringify(ids)).map(toEvent);
  return new Map(found.map((event) => [event.id, event]));
}

/** The events a finding cites, oldest first. */
export function readCitedEvents(
  database: DatabaseHandle,
  finding: { readonly startMicroseconds: number; readonly eventIds: readonly string[] },
): AuditEvent[] {
  return rows<EventRow>(
    database,
    `${selection} WHERE e.id IN (SELECT value FROM json_each(?)) AND e.created_us >= ? AND e.created_us < ?
      ORDER BY e.created_us, e.id`,
    JSON.stringify(finding.eventIds),
    finding.startMicroseconds,
    finding.startMicroseconds + microsecondsPerHour,
  ).map(toEvent);
}

/** Up to `each` events of the same actor before and after an instant, oldest first; the event itself is left out. */
export function readNeighbours(
  database: DatabaseHandle,
  event: AuditEvent,
  microseconds: number,
  each: number,
): AuditEvent[] {
  const read = (comparison: '<' | '>', order: 'ASC' | 'DESC') =>
    rows<EventRow>(
      database,
      `${selection} WHERE a.source_account = ? AND a.actor = ? AND (e.created_us, e.id) ${comparison} (?, ?)
        ORDER BY e.created_us ${order}, e.id ${order} LIMIT ?`,
      event.sourceAccount,
      event.actor,
      microseconds,
      event.id,
      each,
    );
  return [...read('<', 'DESC').toReversed(), ...read('>', 'ASC')].map(toEvent);
}

/** Events up to `until` that belong in the review queue when the source has no queue of its own. */
export function readPrivilegedEvents(
  database: DatabaseHandle,
  actions: readonly string[],
  until: number | null,
): AuditEvent[] {
  return rows<EventRow>(
    database,
    `WITH chosen AS (
       SELECT e.created_us, e.id FROM event e
        WHERE e.series_id IN (SELECT s.id FROM series s WHERE s.action IN (SELECT value FROM json_each(@actions))) AND e.created_us <= @until
       UNION SELECT e.created_us, e.id FROM event e WHERE e.severity = 'critical' AND e.created_us <= @until)
     ${selection} JOIN chosen c ON c.created_us = e.created_us AND c.id = e.id ORDER BY e.created_us, e.id`,
    { actions: JSON.stringify(actions), until: until ?? Number.MAX_SAFE_INTEGER },
  ).map(toEvent);
}

/** Ids of the events of one series in [from, to), oldest first: what a finding cites. */
export function readSeriesEventIds(
  database: DatabaseHandle,
  seriesId: number,
  fromMicroseconds: number,
  toMicroseconds: number,
): string[] {
  const found = rows<{ id: string }>(
    database,
    'SELECT id FROM event WHERE series_id = ? AND created_us >= ? AND created_us < ? ORDER BY created_us, id',
    seriesId,
    fromMicroseconds,
    toMicroseconds,
  );
  return found.map(({ id }) => id);
}

export type EventCursor = { readonly createdAtMicroseconds: number; readonly id: string };

/** Matching events, newest first, streamed so that a caller may stop or filter further without reading all. */
export function* iterateEvents(
  database: DatabaseHandle,
  filter: ActivityFilter,
  before: EventCursor | null,
): Generator<{ event: AuditEvent; cursor: EventCursor }> {
  const isNamed = filter.actor !== undefined || filter.action !== undefined;
  // Compiled anew each time: a statement that is still being read from cannot be read from twice.
  const found = database.prepare<unknown[], EventRow>(
    `${selection}
      WHERE e.created_us >= @from AND e.created_us < @to ${isNamed ? `AND e.series_id IN (${seriesNamed})` : ''}
        AND (@beforeMicroseconds IS NULL OR (e.created_us, e.id) < (@beforeMicroseconds, @beforeId))
      ORDER BY e.created_us DESC, e.id DESC`,
  );
  const { from, to } = edgesOf(filter);
  const parameters = {
    from,
    to: Math.min(to, before === null ? to : before.createdAtMicroseconds + 1),
    beforeMicroseconds: before?.createdAtMicroseconds ?? null,
    beforeId: before?.id ?? null,
    ...(isNamed ? { actor: filter.actor ?? null, action: filter.action ?? null } : {}),
  };
  for (const next of found.iterate(parameters)) {
    yield { event: toEvent(next), cursor: { createdAtMicroseconds: next.created_us, id: next.id } };
  }
}

const seriesNamed = `
  SELECT named.id FROM series named JOIN actor who ON who.id = named.actor_id
   WHERE (@actor IS NULL OR who.actor = @actor) AND (@action IS NULL OR named.action = @action)`;
