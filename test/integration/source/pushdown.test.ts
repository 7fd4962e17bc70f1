// Counting in the database: the same numbers as from the rows, and on three servers each server counts its own part.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { shareSnapshot } from '../../../src-main/source/columns/snapshot.ts';
import { streamEvents } from '../../../src-main/source/events.ts';
import { customMapping } from '../../../src-main/source/connection.ts';
import { presets } from '../../../src-main/source/presets.ts';
import { cellStatement, readCells, type CellScope } from '../../../src-main/source/pushdown/read-cells.ts';
import type { Mapping } from '#shared/model/connection.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, eventTable, grant, type AuditDatabase } from './audit-database.ts';
import { textsIn } from './batch-rows.ts';
import { collect } from './collect.ts';

const shards = 3;
const mapping = { ...presets[0]!, schema: 'public' };
const everything: CellScope = { sourceAccount: null, fromMicroseconds: null, untilMicroseconds: null };
const columns = `id text NOT NULL, source_account_id text NOT NULL DEFAULT 'primary', actor_user_id text,
  actor_type text, event_type text NOT NULL, resource_type text, resource_id text, ip_address text, user_agent text,
  metadata jsonb NOT NULL DEFAULT '{}', severity text, created_at timestamptz NOT NULL`;

let postgres: TestPostgres;
let servers: TestPostgres[] = [];
let distributed: AuditDatabase;

beforeAll(async () => {
  [postgres, ...servers] = (await Promise.all(
    Array.from({ length: shards + 1 }, () => startPostgres({ postgresFlags: ['log_statement=all'] })),
  )) as [TestPostgres, ...TestPostgres[]];
  for (const server of servers) await server.query(`CREATE TABLE np_auditlog_events (${columns})`);
  distributed = await createAuditDatabase(postgres, distributedTable());
  for (const shard of servers.keys())
    await distributed.admin(
      `CREATE USER MAPPING FOR ${distributed.user} SERVER shard_${shard} OPTIONS (user 'postgres', password '${servers[shard]!.password}')`,
    );
  await distributed.admin(`INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, event_type, created_at)
    SELECT 'e' || g, CASE WHEN g % 7 = 0 THEN 'branch' ELSE 'primary' END, nullif('user-' || g % 23, 'user-5'), 'type.' || g % 5,
           '2026-03-01T00:00:00Z'::timestamptz + g * interval '97.000001 seconds'
    FROM generate_series(1, 6000) g`);
});
afterAll(async () => {
  await distributed?.close();
  await Promise.all([postgres, ...servers].map((server) => server?.stop()));
});

/** Partitioned by actor over three servers that only postgres_fdw connects. */
function distributedTable(): string {
  const parts = servers.map(
    (server, shard) => `
      CREATE SERVER shard_${shard} FOREIGN DATA WRAPPER postgres_fdw
        OPTIONS (host '${server.host}', port '${server.port}', dbname 'postgres', fetch_size '10000');
      CREATE USER MAPPING FOR CURRENT_USER SERVER shard_${shard} OPTIONS (user 'postgres', password '${server.password}');
      CREATE FOREIGN TABLE part_${shard} PARTITION OF np_auditlog_events
        FOR VALUES WITH (MODULUS ${shards}, REMAINDER ${shard}) SERVER shard_${shard} OPTIONS (table_name 'np_auditlog_events');`,
  );
  return `CREATE EXTENSION postgres_fdw;
    CREATE TABLE np_auditlog_events (${columns}) PARTITION BY HASH (actor_user_id); ${parts.join('')}`;
}

/** Counts by [account, actor, action, quarter hour], added up. */
async function cellsOf(client: SourceClient, mapping: Mapping, scope = everything) {
  const cells = new Map<string, number>();
  await readCells(client, mapping, scope, async (batch) => {
    const [accounts, actors, actions] = (['sourceAccount', 'actor', 'action'] as const).map((field) =>
      textsIn(batch.columns.get(field)!, batch.length),
    );
    for (let at = 0; at < batch.length; at += 1) {
      const key = JSON.stringify([accounts![at], actors![at], actions![at], batch.slots[at]]);
      cells.set(key, (cells.get(key) ?? 0) + batch.counts[at]!);
    }
  });
  return cells;
}

/** The same from the events themselves. */
async function countedHere(client: SourceClient, mapping: Mapping, sourceAccount: string | null = null) {
  const options = { sourceAccount, after: null, untilMicroseconds: null, batchSize: 5000 };
  const cells = new Map<string, number>();
  for (const event of (await collect(streamEvents(client, mapping, options))).flat()) {
    const slot = Math.floor(event.createdAtMicroseconds / 900_000_000);
    const key = JSON.stringify([event.sourceAccount, event.actor, event.action, slot]);
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  return cells;
}

interface PlanNode {
  'Node Type': string;
  Relations?: string;
  'Remote SQL'?: string;
  Plans?: PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

async function planOf(
  client: SourceClient,
  scope = everything,
  table: Mapping = mapping,
): Promise<PlanNode[]> {
  const { select } = await cellStatement(client, table, scope);
  await client.query('BEGIN');
  await client.query('SET LOCAL enable_partitionwise_aggregate = on');
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (VERBOSE, FORMAT JSON) ${select}`,
  );
  await client.query('ROLLBACK');
  return nodesOf(rows[0]!['QUERY PLAN'][0].Plan);
}

describe('a table partitioned by actor over three servers', () => {
  it.each([
    ['everything', everything],
    [
      'one day of one account',
      {
        sourceAccount: 'branch',
        fromMicroseconds: parseInstant('2026-03-02'),
        untilMicroseconds: parseInstant('2026-03-03') - 1,
      },
    ],
  ])('lets each server count its part: %s', async (_, scope) => {
    const nodes = await planOf(await distributed.open(), scope);
    const scans = nodes.filter((node) => node['Node Type'] === 'Foreign Scan');
    expect(scans).toHaveLength(shards);
    for (const scan of scans) {
      expect(scan.Relations).toMatch(/^Aggregate on \(/);
      expect(scan['Remote SQL']).toMatch(/count\(\*\).* FROM .* GROUP BY /);
    }
    expect(nodes.filter((node) => node['Node Type'] === 'Aggregate')).toEqual([]);
  });

  it('sends the servers nothing but the grouping when it reads', async () => {
    const before = await Promise.all(servers.map(({ logFile }) => readFile(logFile, 'utf8')));
    await cellsOf(await distributed.open(), mapping);
    for (const [shard, { logFile }] of servers.entries()) {
      const statements = (await readFile(logFile, 'utf8')).slice(before[shard]!.length).split('LOG:');
      const queries = statements.filter((statement) => statement.includes('np_auditlog_events'));
      expect(queries).toEqual([expect.stringMatching(/count\(\*\)[^]* GROUP BY /)]);
    }
  });

  it('agrees with count(*) on every server, and cell by cell with the events', async () => {
    const client = await distributed.open();
    const cells = await cellsOf(client, mapping);
    const counts = await Promise.all(
      servers.map((server) =>
        server.query<{ n: number }>('SELECT count(*)::int AS n FROM np_auditlog_events'),
      ),
    );
    const perServer = counts.map(([row]) => row!.n);
    expect(perServer.every((n) => n > 0)).toBe(true);
    expect(total(cells)).toBe(perServer.reduce((sum, n) => sum + n, 0));
    expect(total(cells)).toBe(6000);
    expect(sorted(cells)).toEqual(sorted(await countedHere(client, mapping)));
  });

  it('reads slices that add up to the whole, inside a snapshot that is already open', async () => {
    const snapshot = await shareSnapshot(() => distributed.open(), 1);
    const middle = parseInstant('2026-03-04T00:00:00Z');
    const scopes = [
      { ...everything, untilMicroseconds: middle - 1 },
      { ...everything, fromMicroseconds: middle },
    ];
    const slices = [];
    for (const scope of scopes) slices.push(await cellsOf(snapshot.sessions[0], mapping, scope));
    expect(slices.every((slice) => slice.size > 0)).toBe(true);
    const whole = await cellsOf(snapshot.sessions[0], mapping);
    expect(sorted(new Map(slices.flatMap((slice) => [...slice])))).toEqual(sorted(whole));
    await snapshot.close();
  });
});

describe('a table partitioned by time over three servers', () => {
  const slot = "date_bin('15 minutes'::interval, created_at, '1970-01-01 00:00:00+00'::timestamptz)";
  const edges = ['MINVALUE', "'2026-03-03T09:15:00Z'", "'2026-03-05'", 'MAXVALUE'];

  it.each([
    ['the quarter hour itself: the servers count', slot, true],
    ['the time: rows travel, and the counts are the same', 'created_at', false],
  ])('by %s', async (_, key, isPushedDown) => {
    const name = `ranged_${isPushedDown}`;
    for (const server of servers) await server.query(`CREATE TABLE ${name} (${columns})`);
    const parts = servers.map(
      (_, shard) => `CREATE FOREIGN TABLE ${name}_${shard} PARTITION OF ${name}
        FOR VALUES FROM (${edges[shard]}) TO (${edges[shard + 1]}) SERVER shard_${shard} OPTIONS (table_name '${name}');`,
    );
    await distributed.admin(`CREATE TABLE ${name} (${columns}) PARTITION BY RANGE (${key}); ${parts.join('')}
      GRANT SELECT ON ${name} TO ${distributed.user}; INSERT INTO ${name} SELECT * FROM np_auditlog_events`);
    const client = await distributed.open();
    const ranged = { ...mapping, table: name };
    const nodes = await planOf(client, everything, ranged);
    expect(nodes.filter((node) => node.Relations?.startsWith('Aggregate on ('))).toHaveLength(
      isPushedDown ? shards : 0,
    );
    expect(sorted(await cellsOf(client, ranged))).toEqual(sorted(await cellsOf(client, mapping)));
  });
});

describe('readCells on one server', () => {
  it('counts NULL and empty actors together, before 1970 and without infinite times', async () => {
    const database = await createAuditDatabase(
      postgres,
      `CREATE TABLE np_auditlog_events (${columns});
       INSERT INTO np_auditlog_events (id, actor_user_id, event_type, created_at) VALUES
         ('a', NULL, 'x', '2026-03-01T10:14:59.999999Z'), ('b', '', 'x', '2026-03-01T10:00:00Z'),
         ('c', 'dana', 'x', '1969-12-31T23:59:59.999999Z'), ('d', 'dana', 'x', '1700-01-01'),
         ('e', 'dana', 'x', 'infinity'), ('f', 'dana', 'x', '-infinity'), ('g', 'dana', 'x', '0044-03-15 BC')`,
    );
    const client = await database.open();
    const quarter = parseInstant('2026-03-01T10:00:00Z') / 900_000_000;
    expect(Object.fromEntries(await cellsOf(client, mapping))).toEqual({
      [JSON.stringify(['primary', '', 'x', quarter])]: 2,
      [JSON.stringify(['primary', 'dana', 'x', -1])]: 1,
      [JSON.stringify(['primary', 'dana', 'x', parseInstant('1700-01-01') / 900_000_000])]: 1,
    });
    expect(client.getTransactionStatus()).toBe('I');
    await database.close();
  });

  it('keeps apart what a column holds equal: capitals, digits after the point, and a collation without case', async () => {
    const database = await createAuditDatabase(
      postgres,
      `CREATE EXTENSION citext;
       CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
       CREATE TABLE log (id bigint, "when" timestamp, who citext, what text COLLATE caseless, account numeric);
       INSERT INTO log VALUES (1, '2026-03-01', 'Dana', 'Read', 1.0), (2, '2026-03-01', 'dana', 'Read', 1.0),
         (3, '2026-03-01', 'dana', 'read', 1.0), (4, '2026-03-01', 'dana', 'read', 1.00)`,
    );
    const own = customMapping({
      schema: 'public',
      table: 'log',
      columns: { id: 'id', createdAt: 'when', actor: 'who', action: 'what', sourceAccount: 'account' },
    });
    const client = await database.open();
    const cells = await cellsOf(client, own);
    expect(cells.size).toBe(4);
    expect(sorted(cells)).toEqual(sorted(await countedHere(client, own)));
    await database.close();
  });

  it('counts what row-level security shows, and a table without accounts under the account that was chosen', async () => {
    const database = await createAuditDatabase(postgres, eventTable);
    await database.admin(`INSERT INTO np_auditlog_events (id, source_account_id, event_type, created_at) VALUES
      ('a', 'primary', 'x', '2026-03-01'), ('b', 'branch', 'x', '2026-03-01')`);
    expect(
      [...(await cellsOf(await database.open(), mapping)).keys()].map((key) => key.split(',')[0]),
    ).toEqual(['["primary"']);
    const { sourceAccount: _account, ...others } = mapping.columns;
    const without = { ...mapping, columns: others };
    const cells = await cellsOf(await database.open(), without, {
      ...everything,
      sourceAccount: 'o\'b"\\',
    });
    expect([...cells]).toEqual([
      [JSON.stringify(['o\'b"\\', '', 'x', parseInstant('2026-03-01') / 900_000_000]), 1],
    ]);
    await database.close();
  });

  it('stops when it is told to, and says what a callback threw', async () => {
    const database = await createAuditDatabase(postgres, eventTable);
    await grant(database, 'SELECT ON np_auditlog_events');
    const client = await database.open();
    const stopped = readCells(
      client,
      mapping,
      { ...everything, signal: AbortSignal.abort() },
      async () => {},
    );
    expect((await problemOf(stopped)).code).toBe('cancelled');
    await database.admin("INSERT INTO np_auditlog_events (id, event_type) VALUES ('a', 'x')");
    const failing = readCells(await database.open(), mapping, everything, () =>
      Promise.reject(new Error('full')),
    );
    await expect(failing).rejects.toThrow('full');
    await database.close();
  });
});

const total = (cells: ReadonlyMap<string, number>) =>
  [...cells.values()].reduce((sum, count) => sum + count, 0);
const sorted = (cells: ReadonlyMap<string, number>) => [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1));
