// Freezing a population: what a real server holds, counted by SQL, in one snapshot, and refused when it is not whole.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { itemKey } from '../../../src-main/review/campaigns/item-digest.ts';
import { closeSource, type SourceClient } from '../../../src-main/source/client.ts';
import { readEntitlements } from '../../../src-main/source/population-entitlements.ts';
import { queryFor, readPopulation, type PopulationScope } from '../../../src-main/source/population.ts';
import type { PopulationRow } from '../../../src-main/source/population-rows.ts';
import { presets } from '../../../src-main/source/presets.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, eventTable, type AuditDatabase } from './audit-database.ts';

const people = 1_500;
const schema = `
  CREATE TABLE entitlement (account text, role text, system text, boss text, admin boolean, in_use boolean, last_used timestamptz, note text);
  INSERT INTO entitlement
    SELECT 'person-' || n, CASE n % 5 WHEN 0 THEN 'admin' ELSE 'reader' END, 'ledger', 'boss-' || n % 7, n % 5 = 0,
           CASE WHEN n % 10 = 9 THEN NULL ELSE n % 10 < 8 END, timestamptz '2026-01-01' + n * interval '1 hour', ''
    FROM generate_series(1, ${people}) AS n;
  INSERT INTO entitlement VALUES
    ('twice', 'reader', NULL, 'a', NULL, true, NULL, E'tab\\tand\\nline \\\\ "quoted" ‐ ü'),
    ('twice', 'reader', '', 'b', false, true, '2026-02-03 04:05:06.789', ''),
    (NULL, 'reader', NULL, NULL, NULL, NULL, NULL, ''),
    (E'odd\\tname\\\\N\\n"x"', E'\\\\N', NULL, NULL, true, false, 'infinity', 'skip');
  ${eventTable}
  INSERT INTO np_auditlog_events (id, actor_user_id, actor_type, event_type, created_at)
    SELECT 'e' || n, CASE WHEN n % 50 = 0 THEN '' ELSE 'u' || n % 20 END, CASE WHEN n % 20 = 3 THEN 'service' ELSE 'user' END,
           CASE WHEN n % 3 = 0 THEN 'role_grant' ELSE 'login' END, timestamptz '2026-07-01' + n * interval '10 minutes'
    FROM generate_series(0, 9999) AS n;`;

let postgres: TestPostgres;
let database: AuditDatabase;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, schema);
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

const columns = {
  subject: 'account',
  entitlement: 'role',
  resource: 'system',
  manager: 'boss',
  privileged: 'admin',
  active: 'in_use',
  lastUsedAt: 'last_used',
};
const table: PopulationScope = {
  from: 'table',
  schema: 'public',
  table: 'entitlement',
  columns,
  filters: [],
};

async function read(
  scope: PopulationScope,
  { during = (): Promise<unknown> => Promise.resolve(), connect = () => database.open() } = {},
) {
  const rows: PopulationRow[] = [];
  let waits = 0;
  const facts = await readPopulation(connect, scope, () => ({
    take: (row) => void rows.push(row),
    isFull: () => rows.length % 400 === 0,
    flush: async () => {
      if (waits === 0) await during();
      waits += 1;
    },
  }));
  return { rows, facts };
}

const bySql = async (sql: string) => Number(Object.values((await database.admin(sql))[0] ?? {})[0]);

describe('a table', () => {
  test('is read as items in the order of their keys, which are the documented hash', async () => {
    const { rows, facts } = await read(table);
    expect(facts.rows).toBe(people + 4);
    expect(facts.countedRows).toBe(await bySql('SELECT count(*) FROM entitlement'));
    expect(rows.length).toBe(
      await bySql(
        "SELECT count(*) FROM (SELECT DISTINCT account, role, coalesce(system, '') FROM entitlement) x",
      ),
    );
    expect(facts.items).toBe(rows.length);
    expect(rows.map(({ key }) => key)).toEqual(rows.map(({ key }) => key).toSorted());
    for (const { key, subject, entitlement, resource } of rows)
      expect(key).toBe(itemKey(subject, entitlement, resource));
    expect(facts.role).toBe(database.user);
    expect(facts.snapshot).toMatch(/^\d+:\d+:/);
  });

  test('keeps what is unknown unknown, and every character', async () => {
    const { rows } = await read(table);
    const of = (subject: string) => rows.find((row) => row.subject === subject);
    expect(of('twice')).toMatchObject({
      rows: 2,
      resource: null,
      manager: null,
      privileged: 'unknown',
      active: 'yes',
      lastUsedAt: '2026-02-03 04:05:06.789+00',
    });
    expect(of('')).toMatchObject({ privileged: 'unknown', active: 'unknown', lastUsedAt: null });
    expect(of('odd\tname\\N\n"x"')).toMatchObject({ entitlement: '\\N', privileged: 'yes', active: 'no' });
    expect(of('person-9')).toMatchObject({ active: 'unknown', privileged: 'no', manager: 'boss-2' });
    expect(of('person-5')).toMatchObject({ peers: rows.length - (await distinctLess()), privileged: 'yes' });
  });
  /** Items that share their subject with another: everybody is of one (unknown) type. */
  const distinctLess = async () =>
    (await bySql(
      "SELECT count(*) FROM (SELECT DISTINCT account, role, coalesce(system, '') FROM entitlement) x",
    )) - (await bySql("SELECT count(DISTINCT coalesce(account, '')) FROM entitlement"));

  test('counts what every filter leaves out, nothing too', async () => {
    const reason = 'out of scope';
    const { rows, facts } = await read({
      ...table,
      filters: [
        { column: 'role', is: 'not-equal', values: ['admin'], reason },
        { column: 'boss', is: 'one-of', values: ['boss-1', "bo'ss"], reason },
        { column: 'note', is: 'not-equal', values: ['nothing has it'], reason },
      ],
    });
    const kept = await bySql(
      "SELECT count(*) FROM entitlement WHERE role IS DISTINCT FROM 'admin' AND boss IN ('boss-1', 'bo''ss')",
    );
    expect(facts.rows).toBe(kept);
    expect(rows.length).toBe(kept);
    expect(facts.excluded.map((group) => group.rows)).toEqual([
      people / 5,
      people + 4 - people / 5 - kept,
      0,
    ]);
    expect(facts.excluded[0]).toMatchObject({
      what: 'what is left by keeping only rows whose role is not “admin”',
      reason,
    });
  });

  test('is looked at for its entitlements, with the filters applied', async () => {
    const found = await readEntitlements(() => database.open(), {
      ...table,
      filters: [{ column: 'note', is: 'not-equal', values: ['skip'], reason: 'odd' }],
    });
    expect(found).toEqual({
      distinct: 2,
      entitlements: [
        { entitlement: 'reader', rows: 1203, subjects: 1202 },
        { entitlement: 'admin', rows: 300, subjects: 300 },
      ],
    });
  });

  test('shows nothing of what others commit meanwhile, in the rows or in the counts', async () => {
    const before = await bySql('SELECT count(*) FROM entitlement');
    const { facts } = await read(table, {
      during: () =>
        database.admin(
          "INSERT INTO entitlement (account, role) SELECT 'late-' || n, 'x' FROM generate_series(1, 500) n",
        ),
    });
    expect(facts).toMatchObject({ rows: before, countedRows: before });
    expect(await bySql('SELECT count(*) FROM entitlement')).toBe(before + 500);
    await database.admin("DELETE FROM entitlement WHERE role = 'x'");
  });

  test('is refused when the connection drops between the rows', async () => {
    let session: SourceClient | null = null;
    const connect = async () => (session = await database.open());
    const problem = await problemOf(
      read(table, {
        connect,
        during: async () =>
          void (await database.admin(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${database.user}'`,
          )),
      }),
    );
    expect(problem.code).toMatch(/^source-/);
    if (session) await closeSource(session);
  });

  test('is refused without a column the definition names', async () => {
    const problem = await problemOf(read({ ...table, columns: { ...columns, owner: 'nobody_has_it' } }));
    expect(problem).toMatchObject({
      code: 'source-missing',
      message: expect.stringContaining('nobody_has_it'),
    });
    expect((await problemOf(read({ ...table, table: 'missing' }))).code).toBe('source-missing');
  });
});

describe('activity', () => {
  const day = (date: string) => Date.parse(`${date}T00:00:00Z`) * 1000;
  const scope = (changes = {}): PopulationScope => ({
    from: 'activity',
    mapping: { ...presets[0]!, schema: 'public' },
    sourceAccount: null,
    fromMicroseconds: day('2026-07-02'),
    toMicroseconds: day('2026-08-02'),
    actorTypes: ['user'],
    privilegedActions: ['role_grant'],
    ...changes,
  });
  const within = "created_at >= '2026-07-02' AND created_at < '2026-08-02'";

  test('is everybody with each action of the period; who is left out is counted', async () => {
    const { rows, facts } = await read(scope());
    const kept = `${within} AND actor_user_id <> '' AND actor_type = 'user'`;
    expect(facts.rows).toBe(await bySql(`SELECT count(*) FROM np_auditlog_events WHERE ${kept}`));
    expect(rows.length).toBe(
      await bySql(
        `SELECT count(*) FROM (SELECT DISTINCT actor_user_id, event_type FROM np_auditlog_events WHERE ${kept}) x`,
      ),
    );
    const one = rows.find(({ subject, entitlement }) => subject === 'u6' && entitlement === 'role_grant')!;
    expect(one).toMatchObject({
      privileged: 'yes',
      usesInPeriod: await bySql(
        `SELECT count(*) FROM np_auditlog_events WHERE ${kept} AND actor_user_id = 'u6' AND event_type = 'role_grant'`,
      ),
    });
    expect(facts.excluded.map((group) => group.rows)).toEqual([
      await bySql(`SELECT count(*) FROM np_auditlog_events WHERE ${within} AND actor_user_id = ''`),
      await bySql(
        `SELECT count(*) FROM np_auditlog_events WHERE ${within} AND actor_user_id <> '' AND actor_type <> 'user'`,
      ),
      0,
    ]);
  });

  test('says that row-level security may hide rows of the tables below a view', async () => {
    await database.admin(`
      CREATE TABLE tenant_right (account text, role text, tenant text);
      ALTER TABLE tenant_right ENABLE ROW LEVEL SECURITY;
      CREATE POLICY one_tenant ON tenant_right FOR SELECT USING (tenant = 'a');
      CREATE ROLE ${database.user}_keeper;
      CREATE VIEW by_owner AS SELECT * FROM tenant_right;
      CREATE VIEW by_asker WITH (security_invoker = true) AS SELECT * FROM tenant_right;
      CREATE VIEW above AS SELECT account, role FROM by_asker;
      CREATE VIEW by_keeper AS SELECT * FROM tenant_right;
      CREATE MATERIALIZED VIEW kept AS SELECT * FROM by_owner;
      GRANT SELECT ON tenant_right TO ${database.user}_keeper;
      ALTER VIEW by_keeper OWNER TO ${database.user}_keeper;
      GRANT SELECT ON tenant_right, by_owner, by_asker, above, by_keeper, kept TO ${database.user};`);
    const through = async (name: string) => {
      const only = { subject: 'account', entitlement: 'role' };
      return (await read({ ...table, table: name, columns: only })).facts.reservations;
    };
    for (const name of ['by_asker', 'above', 'by_keeper'])
      expect(await through(name), name).toEqual([expect.stringContaining('This view reads tables with')]);
    for (const name of ['by_owner', 'kept']) expect(await through(name), name).toEqual([]);
    expect(await through('tenant_right')).toEqual([expect.stringContaining('is active for this user')]);
  });

  test('says that functions, other servers and views that ask who asks may hide rows', async () => {
    await database.admin(`
      CREATE TABLE team_right (account text, role text);
      INSERT INTO team_right VALUES ('ann', 'reader'), ('bob', 'reader');
      ALTER TABLE team_right ENABLE ROW LEVEL SECURITY;
      CREATE POLICY only_ann ON team_right FOR SELECT USING (account = 'ann');
      CREATE FUNCTION team_rights() RETURNS SETOF team_right LANGUAGE sql STABLE AS 'SELECT * FROM team_right';
      CREATE FUNCTION is_seen(name text) RETURNS boolean LANGUAGE sql STABLE
        AS 'SELECT EXISTS (SELECT FROM team_right WHERE account = name)';
      CREATE FUNCTION in_small(name text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(name)';
      CREATE VIEW of_function AS SELECT * FROM team_rights();
      CREATE VIEW above_function AS SELECT account, role FROM of_function;
      CREATE VIEW sieved AS SELECT account, role FROM entitlement WHERE is_seen(account);
      CREATE VIEW of_asker AS SELECT account, role FROM entitlement WHERE account = current_user;
      CREATE VIEW of_setting AS SELECT account, role FROM entitlement WHERE account = current_setting('app.me', true);
      CREATE VIEW grants AS SELECT grantee AS account, privilege_type AS role FROM information_schema.role_table_grants;
      CREATE VIEW small AS SELECT in_small(account) AS account, upper(role) AS role FROM entitlement;
      CREATE VIEW listed AS SELECT name AS account, 'reader' AS role FROM unnest(ARRAY['ann', 'bob']) AS name;
      CREATE FOREIGN DATA WRAPPER far_wrapper;
      CREATE SERVER far FOREIGN DATA WRAPPER far_wrapper;
      CREATE TABLE by_place (account text, role text, place text) PARTITION BY LIST (place);
      CREATE FOREIGN TABLE far_place PARTITION OF by_place FOR VALUES IN ('far') SERVER far;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${database.user};
      GRANT SELECT ON team_right TO ${database.user};`);
    const said = async (name: string) => {
      const client = await database.open();
      const only = { subject: 'account', entitlement: 'role' };
      const { reservations } = await queryFor(client, { ...table, table: name, columns: only });
      await closeSource(client);
      return reservations;
    };
    for (const name of ['of_function', 'above_function', 'sieved'])
      expect(await said(name), name).toEqual([expect.stringContaining('asks functions')]);
    for (const name of ['of_asker', 'of_setting', 'grants'])
      expect(await said(name), name).toEqual([expect.stringContaining('goes by who asks')]);
    expect(await said('by_place')).toEqual([expect.stringContaining('another server')]);
    for (const name of ['small', 'listed']) expect(await said(name), name).toEqual([]);
  });

  test('says that row-level security may hide rows', async () => {
    expect((await read(scope())).facts.reservations).toHaveLength(1);
    expect((await read(table)).facts.reservations).toEqual([]);
  });
});
