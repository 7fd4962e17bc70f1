// Reading in columns where something on the way forbids part of it: slower, and the same events.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../src-main/source/columns/event-pool.ts';
import type { EventBatch } from '../../../src-main/source/columns/event-batch.ts';
import { readCells } from '../../../src-main/source/pushdown/read-cells.ts';
import { presets } from '../../../src-main/source/presets.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, eventTable, untilNobodyIsLeft, type AuditDatabase } from './audit-database.ts';
import { rowsIn } from './batch-rows.ts';
import { startRefusingProxy } from './refusing-proxy.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const everything = { fromMicroseconds: null, untilMicroseconds: null };
let postgres: TestPostgres;
let database: AuditDatabase;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, eventTable);
  await database.admin(`INSERT INTO np_auditlog_events (id, event_type, created_at, severity, metadata)
    SELECT 'e' || g, 'type.' || g % 9, '2026-03-01'::timestamptz + g * interval '1 second', nullif('s' || g % 3, 's1'),
           jsonb_build_object('actor_name', 'Ann ' || g, 'large', CASE WHEN g % 20000 = 0 THEN repeat('x', 1000000) END)
    FROM generate_series(1, 70000) g`);
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

async function readAll(open: () => Promise<SourceClient>, connections: number, batchRows = 5000) {
  const pool = await openSnapshot(open, connections);
  const batches: EventBatch[] = [];
  let ends = 0;
  try {
    const reading = {
      sourceAccount: null,
      slices: [everything],
      fields: ['action', 'severity', 'actorName', 'metadata'] as const,
      batchRows,
    };
    const report = await pool.read(
      mapping,
      reading,
      async (_, batch) => void batches.push(batch),
      async () => void (ends += 1),
    );
    expect(ends).toBe(1);
    const rows = batches.flatMap(rowsIn).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return { report, rows, sizes: batches.map(({ length }) => length) };
  } finally {
    await pool.close();
  }
}

describe('where COPY is refused', () => {
  it('a cursor brings the same rows in the same batches', async () => {
    const proxy = await startRefusingProxy(postgres, (text) => text.startsWith('COPY'));
    const refused = await readAll(() => database.open({}, { port: proxy.port }), 1);
    const direct = await readAll(() => database.open(), 1);
    expect(refused.report).toEqual({ way: 'cursor', connections: 1, rows: 70_000 });
    expect(direct.report.way).toBe('copy');
    expect(refused.sizes).toEqual(direct.sizes);
    expect(refused.rows).toEqual(direct.rows);
    expect(proxy.refused).toHaveLength(1);
    await database.close();
    await proxy.close();
  });

  it('counts come from a cursor too', async () => {
    const proxy = await startRefusingProxy(postgres, (text) => text.startsWith('COPY'));
    const client = await database.open({}, { port: proxy.port });
    let events = 0;
    const report = await readCells(client, mapping, { sourceAccount: null, ...everything }, async (batch) => {
      for (const count of batch.counts) events += count;
    });
    expect(report.way).toBe('cursor');
    expect(events).toBe(70_000);
    await database.close();
    await proxy.close();
  });

  it('what is wrong with the table itself is said as ever', async () => {
    const proxy = await startRefusingProxy(postgres, (text) => text.startsWith('COPY'));
    const pool = await openSnapshot(() => database.open({}, { port: proxy.port }), 1);
    const elsewhere = { ...mapping, table: 'nowhere' };
    const reading = { sourceAccount: null, slices: [everything], fields: [], batchRows: 10 };
    const nothing = async () => undefined;
    expect((await problemOf(pool.read(elsewhere, reading, nothing, nothing))).code).toBe('source-missing');
    await pool.close();
    await database.close();
    await proxy.close();
  });
});

describe('one connection does the work', () => {
  it.each(['pg_export_snapshot', 'SET TRANSACTION SNAPSHOT'])('where %s is refused', async (statement) => {
    const proxy = await startRefusingProxy(postgres, (text) => text.includes(statement));
    const { report, rows } = await readAll(() => database.open({}, { port: proxy.port }), 3);
    expect(report).toEqual({ way: 'copy', connections: 1, rows: 70_000 });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(70_000);
    expect(proxy.refused.length).toBeGreaterThan(0);
    await database.close();
    await proxy.close();
  });

  it('where the role is allowed no more', async () => {
    await database.admin(`ALTER ROLE ${database.user} CONNECTION LIMIT 1`);
    expect((await readAll(() => database.open(), 3)).report.connections).toBe(1);
    await database.admin(`ALTER ROLE ${database.user} CONNECTION LIMIT 0`);
    await problemOf(openSnapshot(() => database.open(), 3));
    await database.admin(`ALTER ROLE ${database.user} CONNECTION LIMIT -1`);
    await untilNobodyIsLeft(database);
  });
});
