// Reads counts per quarter hour that the database made, where rows may not leave it or do not fit here.
import type { Mapping } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { CatalogTable } from '../catalog.ts';
import type { SourceClient } from '../client.ts';
import { BatchSink } from '../columns/batch-sink.ts';
import type { RowLayout } from '../columns/row-layout.ts';
import { layoutOf, type TimeSlice } from '../columns/slice-query.ts';
import { send } from '../columns/snapshot.ts';
import { chooseWay, readRows, type WayOfReading } from '../columns/way-of-reading.ts';
import { confirmMapping, titleOf } from '../mapping.ts';
import { ask } from '../query.ts';
import { CellBuilder, type CellBatch } from './cell-builder.ts';
import { cellQuery } from './cell-query.ts';

export interface CellScope extends TimeSlice {
  /** Counts only this account's events; null counts all that are visible. */
  readonly sourceAccount: string | null;
  readonly signal?: AbortSignal;
}

export interface CellReport {
  readonly way: WayOfReading;
  readonly cells: number;
}

const batchLimits = { rows: 65_536, bytes: 33_554_432 };
/** The first server with date_bin. */
const oldestServer = 140_000;
const fields = ['sourceAccount', 'actor', 'action'] as const;
/** Off by default; without it all rows of all partitions come here to be counted. */
const groupEachPartition = "SELECT set_config('enable_partitionwise_aggregate', 'on', true)";

/**
 * Reads the counts of one slice. Where the slice's bounds are not whole quarter hours, those at its edges are of the part inside.
 * In a transaction that is open it sees that one's snapshot, else one of its own.
 * @param onBatch Awaited before more is read.
 * @throws Problem, `cancelled` when the signal is aborted; or what the callback threw
 */
export async function readCells(
  client: SourceClient,
  mapping: Mapping,
  scope: CellScope,
  onBatch: (batch: CellBatch) => Promise<void>,
): Promise<CellReport> {
  const { select, layout } = await cellStatement(client, mapping, scope);
  const builder = new CellBuilder(layout, batchLimits);
  const { signal } = scope;
  return insideTransaction(client, async () => {
    await ask(client, { text: groupEachPartition, values: [] });
    const way = await chooseWay(client, select, signal);
    const sinkFor = (framing: 'copy' | 'bare') => new BatchSink(builder, framing, onBatch);
    const cells = await readRows(client, way, select, sinkFor, signal);
    if (builder.length > 0) await onBatch(builder.take());
    return { way, cells };
  });
}

/** The statement {@link readCells} runs, with every value in it. */
export async function cellStatement(
  client: SourceClient,
  mapping: Mapping,
  scope: CellScope,
): Promise<{ select: string; layout: RowLayout }> {
  const table = await confirmMapping(client, mapping);
  const layout = layoutOf(mapping, table, scope.sourceAccount, fields);
  const looseColumns = await findLooseColumns(client, table);
  const select = cellQuery(mapping, table, layout, scope.sourceAccount, scope, looseColumns);
  return { select, layout };
}

async function insideTransaction<T>(client: SourceClient, work: () => Promise<T>): Promise<T> {
  if (client.getTransactionStatus() !== 'I') return work();
  await send(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await work();
  } finally {
    if (!client.connection.stream.destroyed) await send(client, 'ROLLBACK');
  }
}

/** Columns whose collation holds texts equal that have different bytes. */
async function findLooseColumns(client: SourceClient, table: CatalogTable): Promise<Set<string>> {
  const rows = await ask<{ name: string | null; version: number }>(client, {
    text: `SELECT a.attname::text AS name, current_setting('server_version_num')::int AS version
      FROM (SELECT 1) AS always
      LEFT JOIN (pg_attribute a JOIN pg_collation l ON l.oid = a.attcollation AND NOT l.collisdeterministic)
        ON a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped`,
    values: [table.oid],
  });
  if ((rows[0]?.version ?? 0) < oldestServer)
    throw new Problem(
      'refused',
      `The events of ${titleOf(table)} cannot be counted by their server: that takes PostgreSQL 14 or newer. Nothing was read.`,
      {
        next: 'Read the events themselves instead, or ask the DBA for a newer server.',
      },
    );
  return new Set(rows.flatMap(({ name }) => (name === null ? [] : [name])));
}
