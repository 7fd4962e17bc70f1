// What the planner thinks about the events, without reading them: enough to decide how to read.
import { z } from 'zod';
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../client.ts';
import { columnOf, tableOf } from '../event-expressions.ts';
import { quoteIdentifier } from '../identifier.ts';
import { microsecondsOf, placeableFrom, placeableUntil } from '../microseconds.ts';
import { ask } from '../query.ts';
import { tableMembers } from './table-members.ts';
import { populationOf, type TimeSlice } from './slice-query.ts';

/** In the planner's own unit: one page read in sequence costs 1. */
export interface Estimate {
  rows: number;
  cost: number;
}

export interface TimeBounds {
  firstMicroseconds: number;
  lastMicroseconds: number;
  /** False when they come from statistics: events may lie before and after. */
  isExact: boolean;
}

/** About a tenth of a second; looking at every event of a large table is not worth knowing its edges. */
const cheapCost = 50_000;
const everything: TimeSlice = { fromMicroseconds: null, untilMicroseconds: null };

/** The planner's guess of how many events are visible; from statistics, so it may be far off, and is never exact. */
export async function estimateRows(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null = null,
  signal?: AbortSignal,
): Promise<number> {
  return (await estimateSlice(client, mapping, sourceAccount, everything, signal)).rows;
}

/**
 * The planner's guess for one slice. Where neither an index nor partitions help to find a time, a slice costs as much as
 * the whole table: then a few large slices are read sooner than many small ones.
 */
export async function estimateSlice(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null,
  slice: TimeSlice,
  signal?: AbortSignal,
): Promise<Estimate> {
  // All that will be read: what an index alone could answer would seem cheaper than it is.
  const columns = new Set(Object.values(mapping.columns).map(({ column }) => quoteIdentifier(column)));
  const select = `SELECT ${[...columns].join(', ')} ${populationOf(mapping, sourceAccount, slice)}`;
  return explain(client, select, signal);
}

/**
 * First and last time of the events that can be placed. Exact where an index makes that quick; else from the table's
 * statistics, and only where there are none by looking at every event. Null when there is no event.
 */
export async function timeBounds(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null = null,
  signal?: AbortSignal,
): Promise<TimeBounds | null> {
  const time = columnOf(mapping, 'createdAt');
  const text = `SELECT ${microsecondsOf(`min(${time})`)}::text AS first, ${microsecondsOf(`max(${time})`)}::text AS last
    ${populationOf(mapping, sourceAccount, everything)}`;
  const { cost } = await explain(client, text, signal);
  const estimated = cost > cheapCost ? await boundsFromStatistics(client, mapping, signal) : null;
  if (estimated) return estimated;
  const [row] = await ask<{ first: string | null; last: string | null }>(
    client,
    { text, values: [] },
    signal,
  );
  if (!row || row.first === null || row.last === null) return null;
  return { firstMicroseconds: Number(row.first), lastMicroseconds: Number(row.last), isExact: true };
}

const explained = z.tuple([
  z.object({ Plan: z.object({ 'Plan Rows': z.number(), 'Total Cost': z.number() }) }),
]);

async function explain(client: SourceClient, text: string, signal?: AbortSignal): Promise<Estimate> {
  const query = { text: `EXPLAIN (FORMAT JSON) ${text}`, values: [] };
  const [row] = await ask<{ 'QUERY PLAN': unknown }>(client, query, signal);
  const [{ Plan: plan }] = explained.parse(row?.['QUERY PLAN']);
  return { rows: plan['Plan Rows'], cost: plan['Total Cost'] };
}

/** The outermost bounds of the histograms of all partitions; null where one has none that this role may see. */
async function boundsFromStatistics(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<TimeBounds | null> {
  const query = {
    text: `
      WITH RECURSIVE ${tableMembers}, leaf AS (
        SELECT c.oid, n.nspname, c.relname FROM member JOIN pg_class c ON c.oid = member.oid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind <> 'p' AND c.reltuples <> 0)
      SELECT ${microsecondsOf('min(bound)')}::text AS first, ${microsecondsOf('max(bound)')}::text AS last,
             count(DISTINCT leaf.oid) = count(DISTINCT s.tablename) AS complete
      FROM leaf
      LEFT JOIN pg_stats s ON s.schemaname = leaf.nspname AND s.tablename = leaf.relname AND s.attname = $2
        AND NOT s.inherited AND s.histogram_bounds IS NOT NULL
      LEFT JOIN LATERAL unnest(s.histogram_bounds::text::timestamptz[]) AS bound
        ON bound >= '${placeableFrom}' AND bound < '${placeableUntil}'`,
    values: [tableOf(mapping), mapping.columns.createdAt?.column],
  };
  const [row] = await ask<{ first: string | null; last: string | null; complete: boolean }>(
    client,
    query,
    signal,
  );
  if (!row?.complete || row.first === null || row.last === null) return null;
  return { firstMicroseconds: Number(row.first), lastMicroseconds: Number(row.last), isExact: false };
}
