// The server's counters of what was written to the events: a cheap sign that something happened.
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../client.ts';
import { tableOf } from '../event-expressions.ts';
import { ask } from '../query.ts';
import { tableMembers } from './table-members.ts';

/** Not counted there: views, foreign tables, and anything on a standby or with `track_counts` off. */
const isCounted = `
  NOT pg_is_in_recovery() AND current_setting('track_counts')::boolean
  AND bool_and(c.relkind IN ('r', 'p', 'm') AND (c.relkind = 'p' OR s.relid IS NOT NULL))`;

const fromMembers = `
  FROM member JOIN pg_class c ON c.oid = member.oid
  LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid`;

/**
 * Rows ever inserted, updated and deleted in the table and its partitions, rolled-back ones included; null where this server
 * does not count them. The counters follow a commit by up to about a second, belong to no snapshot, and do not see TRUNCATE
 * or a partition that comes or goes: for those compare {@link storageIdentity}.
 */
export async function modificationCounters(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<number | null> {
  const text = `WITH RECURSIVE ${tableMembers}
    SELECT CASE WHEN ${isCounted}
      THEN coalesce(sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del) FILTER (WHERE c.relkind <> 'p'), 0)::text END AS counted
    ${fromMembers}`;
  const counted = await askForMembers(client, mapping, text, signal);
  if (counted === null || (await isKeptElsewhere(client, mapping, signal))) return null;
  // Nothing was ever written, and yet there is something: counted anew since, or never counted.
  if (counted === '0' && (await hasEvents(client, mapping, signal))) return null;
  return Number(counted);
}

/**
 * Changes whenever the table was truncated or rewritten, a partition came or went, or the counters began anew;
 * null where the server counts no changes.
 */
export async function storageIdentity(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<string | null> {
  const text = `WITH RECURSIVE ${tableMembers}
    SELECT CASE WHEN ${isCounted} THEN md5(string_agg(concat_ws(':', c.oid, c.relfilenode), ',' ORDER BY c.oid)
      || (SELECT coalesce(stats_reset::text, '') FROM pg_stat_database WHERE datname = current_database())) END AS counted
    ${fromMembers}`;
  const identity = await askForMembers(client, mapping, text, signal);
  return (await isKeptElsewhere(client, mapping, signal)) ? null : identity;
}

async function askForMembers(
  client: SourceClient,
  mapping: Mapping,
  text: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const query = { text, values: [tableOf(mapping)] };
  const [row] = await ask<{ counted: string | null }>(client, query, signal);
  return row?.counted ?? null;
}

/** A table that Citus distributes is an empty shell here; its rows are written, and counted, on other servers. */
async function isKeptElsewhere(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<boolean> {
  const find = { text: "SELECT to_regclass('pg_dist_partition') IS NOT NULL AS found", values: [] };
  const [catalog] = await ask<{ found: boolean }>(client, find, signal);
  if (!catalog?.found) return false;
  const text = 'SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = $1::regclass) AS found';
  const [row] = await ask<{ found: boolean }>(client, { text, values: [tableOf(mapping)] }, signal);
  return row?.found ?? false;
}

async function hasEvents(client: SourceClient, mapping: Mapping, signal?: AbortSignal): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT FROM ${tableOf(mapping)}) AS found`;
  const [row] = await ask<{ found: boolean }>(client, { text, values: [] }, signal);
  return row?.found ?? false;
}
