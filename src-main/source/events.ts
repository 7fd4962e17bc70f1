// Reads audit events page by page in the order (time, id); only finite times, never an offset.
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from './client.ts';
import type { CatalogTable } from './catalog.ts';
import {
  dayCountQuery,
  pageQuery,
  populationQuery,
  type EventCursor,
  type EventScope,
} from './event-query.ts';
import { confirmMapping } from './mapping.ts';
import { ask, askForArrays } from './query.ts';
import type { SourceEvent } from './source-event.ts';

export interface StreamOptions extends EventScope {
  /** Continue after this event; null starts at the beginning of the scope. */
  after: EventCursor | null;
  batchSize: number;
  signal?: AbortSignal;
}

type Text = string | null;
/** In the order of `eventFields`. */
export type EventRow = [
  string,
  string,
  string,
  string,
  Text,
  Text,
  string,
  Text,
  Text,
  Text,
  Text,
  Text,
  Text,
];

/**
 * Yields every event with from <= time <= until, ordered by (time, id), in batches of at most `batchSize`.
 * Outside a transaction each batch sees what is committed when it is read.
 * @throws Problem, `cancelled` when the signal is aborted
 */
export async function* streamEvents(
  client: SourceClient,
  mapping: Mapping,
  options: StreamOptions,
): AsyncGenerator<SourceEvent[]> {
  const decode = decoder(mapping, await confirmMapping(client, mapping));
  let after = options.after;
  for (;;) {
    const query = pageQuery(mapping, options, after, options.batchSize);
    const rows = await askForArrays<EventRow>(client, query, options.signal);
    const batch = rows.map(decode);
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    if (batch.length < options.batchSize) return;
    after = { createdAtMicroseconds: last.createdAtMicroseconds, id: last.id };
  }
}

/** Counts the events in scope per UTC day, oldest first; days without events are left out. */
export async function countEventsByDay(
  client: SourceClient,
  mapping: Mapping,
  scope: EventScope,
  signal?: AbortSignal,
): Promise<{ day: string; count: number }[]> {
  await confirmMapping(client, mapping);
  const rows = await ask<{ day: string; count: string }>(client, dayCountQuery(mapping, scope), signal);
  return rows.map(({ day, count }) => ({ day, count: Number(count) }));
}

/** The earliest events as the mapping reads them, and all columns of the table with their types. */
export async function readPreview(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null,
  limit: number,
): Promise<{ columns: { name: string; type: string }[]; events: SourceEvent[] }> {
  const table = await confirmMapping(client, mapping);
  const scope = { sourceAccount, untilMicroseconds: null };
  const rows = await askForArrays<EventRow>(client, pageQuery(mapping, scope, null, limit));
  const columns = [...table.columns.values()].map(({ name, type }) => ({ name, type }));
  return { columns, events: rows.map(decoder(mapping, table)) };
}

/** The text and parameters that define the population, for the evidence. */
export function eventQueryText(mapping: Mapping, scope: EventScope): { query: string; parameters: string[] } {
  const { text, values } = populationQuery(mapping, scope);
  return { query: text, parameters: values };
}

/** Makes events of rows that hold `eventFields` in their order. */
export function decoder(mapping: Mapping, table: CatalogTable): (row: EventRow) => SourceEvent {
  const ipColumn = mapping.columns.ip;
  const isInet =
    ipColumn?.jsonKey === undefined && table.columns.get(ipColumn?.column ?? '')?.baseType === 'inet';
  return (row) => {
    const [id, microseconds, sourceAccount, actor, actorName, actorType, action, ...rest] = row;
    const [resourceType, resourceId, ip, userAgent, severity, metadata] = rest;
    return {
      id,
      createdAtMicroseconds: Number(microseconds),
      sourceAccount,
      actor,
      actorName,
      actorType,
      action,
      resourceType,
      resourceId,
      ip: isInet ? withoutHostMask(ip) : ip,
      userAgent,
      severity,
      metadata,
    };
  };
}

/** The cast of an inet to text always shows a mask; Postgres itself prints a single host without one. */
function withoutHostMask(ip: string | null): string | null {
  return ip?.replace(ip.includes(':') ? /\/128$/ : /\/32$/, '') ?? null;
}
