// The server's counters of what was written to the events: a cheap sign that something happened.
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../client.ts';
import { tableOf } from '../event-expressions.ts';
import { ask } from '../query.ts';

/** Not counted there: views, foreign tables, and anything on a standby or with `track_counts` off. */
const isCounted = `
  NOT pg_is_in_recovery() AND current_setting('track_counts')::boolean
  AND bool_and(c.relkind IN ('r', 'p', 'm') AND (c.relkind = 'p' OR s.relid IS NOT NULL))`;

const membersOf = `
  FROM (SELECT $1::regclass AS oid UNION SELECT relid FROM pg_partition_tree($1::regclass)) AS member
  JOIN pg_class c ON c.oid = member.oid
  LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid`;

/**
 * Rows ever inserted, updated and deleted in the table and its partitions, rolled-back ones included; null where the server
 * does not count them. The counters follow a commit by up to about a second, belong to no snapshot, and do not see TRUNCATE
 * or a partition that comes or goes: for those compare {@link storageIdentity}.
 */
export async function modificationCounters(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<number | null> {
  const text = `SELECT CASE WHEN ${isCounted}
    THEN coalesce(sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del) FILTER (WHERE c.relkind <> 'p'), 0)::text END AS modifications
    ${membersOf}`;
  const [row] = await ask<{ modifications: string | null }>(
    client,
    { text, values: [tableOf(mapping)] },
    signal,
  );
  return typeof row?.modifications === 'string' ? Number(row.modifications) : null;
}

/**
 * Changes whenever the table was truncated or rewritten, a partition came or went, or the counters began anew;
 * null where {@link modificationCounters} is.
 */
export async function storageIdentity(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<string | null> {
  const text = `SELECT CASE WHEN ${isCounted} THEN md5(string_agg(concat_ws(':', c.oid, c.relfilenode), ',' ORDER BY c.oid)
      || (SELECT coalesce(stats_reset::text, '') FROM pg_stat_database WHERE datname = current_database())) END AS identity
    ${membersOf}`;
  const [row] = await ask<{ identity: string | null }>(client, { text, values: [tableOf(mapping)] }, signal);
  return row?.identity ?? null;
}
