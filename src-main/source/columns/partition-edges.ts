// Where the database itself cuts the events by time.
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../client.ts';
import { tableOf } from '../event-expressions.ts';
import { isPlaceable, microsecondsOf } from '../microseconds.ts';
import { ask } from '../query.ts';

/**
 * Bounds of the partitions of a table that is partitioned by ranges of the event's time alone, ascending, in microseconds;
 * empty for any other table. A slice of time between two of them is read from whole partitions.
 */
export async function partitionEdges(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<number[]> {
  const text = `
    WITH partition AS (
      SELECT pg_get_expr(c.relpartbound, c.oid) AS range
        FROM pg_partitioned_table p
        JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0] AND a.attname = $2
        JOIN pg_inherits i ON i.inhparent = p.partrelid
        JOIN pg_class c ON c.oid = i.inhrelid
       WHERE p.partrelid = $1::regclass AND p.partstrat = 'r' AND p.partnatts = 1),
    bound AS (
      SELECT DISTINCT found[1]::timestamptz AS at FROM partition, regexp_matches(range, '\\(''([^'']+)''\\)', 'g') AS found)
    SELECT ${microsecondsOf('at')}::text AS edge FROM bound WHERE ${isPlaceable('at')} ORDER BY at`;
  const values = [tableOf(mapping), mapping.columns.createdAt?.column];
  const rows = await ask<{ edge: string }>(client, { text, values }, signal);
  return rows.map(({ edge }) => Number(edge));
}
