// Reads single events back from the mirror, verbatim.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { formatInstant } from '#shared/time/instant.ts';
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

export function readEvent(database: DatabaseHandle, id: string): AuditEvent | null {
  const found = row<EventRow>(database, `${selection} WHERE e.id = ? ORDER BY e.created_us LIMIT 1`, id);
  return found ? toEvent(found) : null;
}

export function readEventsById(database: DatabaseHandle, ids: readonly string[]): AuditEvent[] {
  const chosen = 'WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.created_us, e.id';
  return rows<EventRow>(database, `${selection} ${chosen}`, JSON.stringify(ids)).map(toEvent);
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

/** Events that belong in the review queue when the source has no queue of its own. */
export function readPrivilegedEvents(database: DatabaseHandle, actions: readonly string[]): AuditEvent[] {
  const chosen = `WHERE s.action IN (SELECT value FROM json_each(?)) OR e.severity = 'critical' ORDER BY e.created_us, e.id`;
  return rows<EventRow>(database, `${selection} ${chosen}`, JSON.stringify(actions)).map(toEvent);
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
  const found = database.prepare<unknown[], EventRow>(
    `${selection}
      WHERE e.created_us >= @from AND e.created_us < @to AND (@actor IS NULL OR a.actor = @actor) AND (@action IS NULL OR s.action = @action)
        AND (@beforeMicroseconds IS NULL OR (e.created_us, e.id) < (@beforeMicroseconds, @beforeId))
      ORDER BY e.created_us DESC, e.id DESC`,
  );
  const parameters = {
    ...edgesOf(filter),
    actor: filter.actor ?? null,
    action: filter.action ?? null,
    beforeMicroseconds: before?.createdAtMicroseconds ?? null,
    beforeId: before?.id ?? null,
  };
  for (const next of found.iterate(parameters)) {
    yield { event: toEvent(next), cursor: { createdAtMicroseconds: next.created_us, id: next.id } };
  }
}
