// Reads single events that are already known of, by what was counted or by their ids, and the names of actors.
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from './client.ts';
import type { EventScope } from './event-query.ts';
import { decoder, type EventRow } from './events.ts';
import { idQuery, nameQuery, spanQuery, type EventSpan } from './known-event-query.ts';
import { confirmMapping } from './mapping.ts';
import { ask, askForArrays } from './query.ts';
import type { SourceEvent } from './source-event.ts';

/**
 * Reads the events of spans with every field the mapping has: an array for each span, oldest first.
 * @param each At most so many of each span, the earliest.
 */
export async function readEventsOfSpans(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null,
  spans: readonly EventSpan[],
  each: number,
  signal?: AbortSignal,
): Promise<SourceEvent[][]> {
  const found = spans.map((): SourceEvent[] => []);
  if (spans.length === 0) return found;
  const decode = decoder(mapping, await confirmMapping(client, mapping));
  const query = spanQuery(mapping, sourceAccount, spans, each);
  const rows = await askForArrays<[...EventRow, string]>(client, query, signal);
  for (const [span, row] of rows.map(withSpan)) found[span - 1]!.push(decode(row));
  return found;
}

function withSpan(row: [...EventRow, string]): [number, EventRow] {
  const [id, at, account, actor, name, type, action, kind, resource, ip, agent, severity, data, span] = row;
  return [
    Number(span),
    [id, at, account, actor, name, type, action, kind, resource, ip, agent, severity, data],
  ];
}

/** Reads events by their ids; of ids that are not there, nothing. */
export async function readEventsByIds(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<SourceEvent[]> {
  const table = await confirmMapping(client, mapping);
  const idType = table.columns.get(mapping.columns.id?.column ?? '')?.baseType ?? 'text';
  const possible = idType === 'uuid' ? ids.filter((id) => uuid.test(id)) : ids;
  if (possible.length === 0) return [];
  const query = idQuery(mapping, sourceAccount, possible, idType);
  const rows = await askForArrays<EventRow>(client, query, signal);
  return rows.map(decoder(mapping, table));
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface ActorName {
  sourceAccount: string;
  actor: string;
  name: string;
  /** When the actor was called so last. */
  microseconds: number;
}

/** Every name of every actor in scope; none where the source has no names. */
export async function readActorNames(
  client: SourceClient,
  mapping: Mapping,
  scope: EventScope,
  signal?: AbortSignal,
): Promise<ActorName[]> {
  if (!mapping.columns.actorName) return [];
  const rows = await ask<Omit<ActorName, 'microseconds'> & { microseconds: string }>(
    client,
    nameQuery(mapping, scope),
    signal,
  );
  return rows.map((row) => ({ ...row, microseconds: Number(row.microseconds) }));
}
