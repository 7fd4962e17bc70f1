// Reads the events kept whole, one row each, in their order: all there is to look at where events are only counted.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';
import { agentText } from './event-agents.ts';

export type EventRow = Omit<AuditEvent, 'createdAt'> & { created_us: number };

export const selection = `
  SELECT e.created_us, e.id, a.source_account AS sourceAccount, a.actor, a.name AS actorName, e.actor_type AS actorType, s.action,
         e.resource_type AS resourceType, e.resource_id AS resourceId, e.ip, ${agentText('e')} AS userAgent, e.severity, e.metadata
    FROM event e JOIN series s ON s.id = e.series_id JOIN actor a ON a.id = s.actor_id`;

export function toEvent({ created_us, ...rest }: EventRow): AuditEvent {
  return { ...rest, createdAt: formatInstant(created_us) };
}

type Cursor = { readonly createdAtMicroseconds: number; readonly id: string };

const keptTogether = 500;
const ofSeries = '(@series IS NULL OR e.series_id IN (SELECT value FROM json_each(@series)))';

/** Newest first. @param series null is all. */
export function* walkKept(
  database: DatabaseHandle,
  series: readonly number[] | null,
  from: number,
  to: number,
  before: Cursor | null,
): Generator<{ event: AuditEvent; cursor: Cursor }> {
  let last = before ?? { createdAtMicroseconds: to, id: '' };
  for (;;) {
    const page = rows<EventRow>(
      database,
      `${selection} WHERE ${ofSeries} AND e.created_us >= @from AND e.created_us < @to AND (e.created_us, e.id) < (@at, @id)
        ORDER BY e.created_us DESC, e.id DESC LIMIT ${keptTogether}`,
      {
        series: series === null ? null : JSON.stringify(series),
        from,
        to,
        at: last.createdAtMicroseconds,
        id: last.id,
      },
    );
    for (const found of page) {
      last = { createdAtMicroseconds: found.created_us, id: found.id };
      yield { event: toEvent(found), cursor: last };
    }
    if (page.length < keptTogether) return;
  }
}

/** Up to `each` events of these series before and after a place, oldest first. */
export function readKeptNeighbours(
  database: DatabaseHandle,
  series: readonly number[],
  { createdAtMicroseconds: at, id }: Cursor,
  each: number,
): AuditEvent[] {
  const read = (comparison: '<' | '>', order: 'ASC' | 'DESC') =>
    rows<EventRow>(
      database,
      `${selection} WHERE ${ofSeries} AND (e.created_us, e.id) ${comparison} (@at, @id)
        ORDER BY e.created_us ${order}, e.id ${order} LIMIT @each`,
      { series: JSON.stringify(series), at, id, each },
    ).map(toEvent);
  return [...read('<', 'DESC').toReversed(), ...read('>', 'ASC')];
}
