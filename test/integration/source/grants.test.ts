// The printed SQL on a real server: what the reviewer may do afterwards, what nobody else loses, and the way back.
import { Client, escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { printGrants, writeGrants, type GrantRequest } from '../../../src-main/source/grants.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, eventTable, reviewTable } from './audit-database.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const password = 'a password';
const table = 'np_audit_privileged_reviews';
const [me, other] = ['11111111-0000-4000-8000-000000000000', '22222222-0000-4000-8000-000000000000'];
const [ours, theirs] = ['aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000'];

let made = 0;

/** A database of its own with one row of each tenant and one about the reviewer, and roles nobody else uses. */
async function office(sql = '', changes: Partial<GrantRequest> = {}) {
  made += 1;
  const [reviewer, reader, application] = [`Reviewers ${made}`, `reader_${made}`, `application_${made}`].map(
    (name) => name.replace(' ', '_'),
  ) as [string, string, string];
  const { admin, database } = await createAuditDatabase(postgres, `${eventTable} ${reviewTable()}`);
  for (const role of [reviewer, reader, application])
    await admin(`CREATE ROLE ${escapeIdentifier(role)} LOGIN PASSWORD '${password}'`);
  await admin(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${application}`);
  await admin(`INSERT INTO ${table} (id, tenant_id, action, actor_id, due_at) VALUES
    (gen_random_uuid(), '${ours}', 'role_grant', '${other}', now()),
    (gen_random_uuid(), '${ours}', 'self', '${me}', now()),
    (gen_random_uuid(), '${theirs}', 'elsewhere', '${other}', now())`);
  if (sql !== '') await admin(sql.replaceAll('$REVIEWER', escapeIdentifier(reviewer)));
  const scripts = writeGrants({
    reviewerRole: reviewer,
    readerRole: reader,
    events: { schema: 'public', name: 'np_auditlog_events' },
    ...changes,
  });
  const as = async (user: string) => {
    const client = new Client({ connectionString: postgres.url(database, { user, password }) });
    await client.connect();
    onTestFinished(() => client.end());
    return async (text: string, values: unknown[] = []) => client.query(text, values);
  };
  const verify = async () =>
    (await admin(scripts.verify)) as { promise: string; ok: boolean; found: string }[];
  return { admin, scripts, as, verify, reviewer, reader, application };
}

type Office = Awaited<ReturnType<typeof office>>;

/** Everything the catalog says about who may do what in this database, without what says the same as nothing. */
async function rights(admin: Office['admin']) {
  return {
    tables: await admin(`
      SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, a.grantee::regrole::text, a.grantor::regrole::text,
             a.privilege_type, a.is_grantable
        FROM pg_class c LEFT JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a ON true
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') ORDER BY 1, 4, 5, 6`),
    columns: await admin(`
      SELECT t.attrelid::regclass::text, t.attname, a.grantee::regrole::text, a.privilege_type, a.is_grantable
        FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid CROSS JOIN LATERAL aclexplode(t.attacl) a
       WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 2, 3, 4`),
    schemas: await admin(`
      SELECT n.nspname, a.grantee::regrole::text, a.privilege_type, a.is_grantable
        FROM pg_namespace n CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
       WHERE n.nspname = 'public' ORDER BY 1, 2, 3`),
    database: await admin(`
      SELECT a.grantee::regrole::text, a.privilege_type, a.is_grantable
        FROM pg_database d CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
       WHERE d.datname = current_database() ORDER BY 1, 2`),
    policies: await admin('SELECT * FROM pg_policies ORDER BY tablename, policyname'),
  };
}

const decideSql = `UPDATE ${table} SET reviewer_id = $1, reviewed_at = clock_timestamp(), notes = 'seen' WHERE action = $2`;
const denied = { code: '42501' };

const tenantPolicy = `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} FOR SELECT USING (tenant_id = '${ours}');
  CREATE POLICY own ON ${table} FOR ALL TO application_N USING (true);`;
const withTenants = () => tenantPolicy.replace('application_N', `application_${made + 1}`);

describe('applied', () => {
  it.each([
    ['row security off', () => ''],
    ['row security on, with policies', withTenants],
  ])('keeps every promise, and says so: %s', async (_, sql) => {
    const { admin, scripts, verify, reviewer } = await office(sql());
    const before = await verify();
    expect(before.filter(({ ok }) => !ok).length).toBeGreaterThan(4);
    await admin(scripts.apply);
    expect((await verify()).filter(({ ok }) => !ok)).toEqual([]);
    await admin(scripts.apply);
    const after = await verify();
    expect(after.filter(({ ok }) => !ok)).toEqual([]);
    expect(after.map(({ promise }) => promise)).toContain(
      `${reviewer} may fill in public.${table} exactly the columns reviewer_id, reviewed_at, notes`,
    );
  });

  it('lets a reviewer decide once, on somebody else’s action, with the time of the server, and nothing more', async () => {
    const { admin, scripts, as, reviewer } = await office();
    await admin(scripts.apply);
    const ask = await as(reviewer);
    expect((await ask(decideSql, [me, 'role_grant'])).rowCount).toBe(1);
    expect((await ask(decideSql, [other, 'role_grant'])).rowCount).toBe(0);
    await expect(ask(decideSql, [me, 'self'])).rejects.toMatchObject(denied);
    const late = `UPDATE ${table} SET reviewer_id = $1, reviewed_at = '2020-01-01' WHERE action = $2`;
    await expect(ask(late, [me, 'elsewhere'])).rejects.toMatchObject(denied);
    const nobody = `UPDATE ${table} SET notes = 'x' WHERE action = $1`;
    await expect(ask(nobody, ['elsewhere'])).rejects.toMatchObject(denied);
    for (const sql of [
      `UPDATE ${table} SET action = 'x'`,
      `UPDATE ${table} SET due_at = now(), reviewer_id = '${me}', reviewed_at = now()`,
      `UPDATE ${table} SET reviewed_at = NULL`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `INSERT INTO ${table} (id, action, due_at) VALUES (gen_random_uuid(), 'x', now())`,
      `INSERT INTO np_auditlog_events (id, event_type) VALUES ('x', 'x')`,
      `DELETE FROM np_auditlog_events`,
      'CREATE TABLE mine ()',
    ])
      await ask(sql).then(
        (answer) => expect([sql, answer.rowCount]).toEqual([sql, 'refused']),
        (error: unknown) => expect(error).toMatchObject(denied),
      );
    expect((await ask(`SELECT 1 FROM ${table}`)).rowCount).toBe(3);
    expect(await admin(`SELECT reviewer_id, notes FROM ${table} WHERE reviewed_at IS NOT NULL`)).toEqual([
      { reviewer_id: me, notes: 'seen' },
    ]);
  });

  it('lets a reader read and change nothing', async () => {
    const { admin, scripts, as, reader } = await office();
    await admin(scripts.apply);
    const ask = await as(reader);
    expect((await ask(`SELECT 1 FROM ${table}`)).rowCount).toBe(3);
    await expect(ask(decideSql, [me, 'role_grant'])).rejects.toMatchObject(denied);
  });

  it('takes nothing from the application that fills the table', async () => {
    const { admin, scripts, as, application } = await office();
    await admin(scripts.apply);
    const ask = await as(application);
    await ask(`INSERT INTO ${table} (id, action, due_at) VALUES (gen_random_uuid(), 'new', now())`);
    expect((await ask(`UPDATE ${table} SET due_at = now() + interval '1 day'`)).rowCount).toBe(4);
    expect((await ask(`DELETE FROM ${table} WHERE action = 'new'`)).rowCount).toBe(1);
  });

  it('shows and lets decide what the policies for reading show, even without a condition', async () => {
    const { admin, scripts, as, reviewer, application } = await office(withTenants());
    await admin(scripts.apply);
    const ask = await as(reviewer);
    expect((await ask(`SELECT action FROM ${table} ORDER BY 1`)).rows).toEqual([
      { action: 'role_grant' },
      { action: 'self' },
    ]);
    await admin(`DELETE FROM ${table} WHERE action = 'self'`);
    // Without a column that is read, PostgreSQL asks no SELECT policy.
    const all = `UPDATE ${table} SET reviewer_id = '${me}', reviewed_at = now(), notes = ''`;
    expect((await ask(all)).rowCount).toBe(1);
    expect((await (await as(application))(`SELECT 1 FROM ${table}`)).rowCount).toBe(2);
  });

  it('leaves a policy under which the reviewer could decide before as narrow as it was', async () => {
    const { admin, scripts, as, reviewer } = await office(
      `${withTenants()} CREATE POLICY mine ON ${table} FOR UPDATE TO $REVIEWER USING (action = 'self');`,
    );
    await admin(scripts.apply);
    const ask = await as(reviewer);
    expect((await ask(decideSql, [me, 'role_grant'])).rowCount).toBe(0);
    await expect(ask(decideSql, [me, 'self'])).rejects.toMatchObject(denied);
  });

  it.each([
    ['row security off', () => ''],
    ['row security on', withTenants],
  ])('lets reviewers add undecided rows only when that was asked for: %s', async (_, sql) => {
    const { admin, scripts, as, verify, reviewer } = await office(sql(), { withInsert: true });
    await admin(scripts.apply);
    expect((await verify()).filter(({ ok }) => !ok)).toEqual([]);
    const ask = await as(reviewer);
    const add = (columns: string, values: string) =>
      ask(
        `INSERT INTO ${table} (id, tenant_id, action, due_at${columns}) VALUES (gen_random_uuid(), '${ours}', 'x', now()${values}) ON CONFLICT (id) DO NOTHING`,
      );
    expect((await add('', '')).rowCount).toBe(1);
    await expect(add(', reviewed_at', ', now()')).rejects.toMatchObject(denied);
  });
});

describe('taken back', () => {
  const untidy = `GRANT ALL ON ${table} TO $REVIEWER WITH GRANT OPTION; GRANT UPDATE (notes), SELECT (action) ON ${table} TO $REVIEWER;
    GRANT CREATE ON SCHEMA public TO $REVIEWER; GRANT INSERT ON np_auditlog_events TO $REVIEWER;`;
  it.each([
    ['row security off', () => ''],
    ['row security on', withTenants],
    ['a role with too much', () => untidy],
  ])(
    'leaves exactly the rights and policies there were, however often it was applied: %s',
    async (_, sql) => {
      const { admin, scripts, verify } = await office(sql(), { withInsert: true });
      const before = await rights(admin);
      await admin(scripts.apply);
      expect((await verify()).filter(({ ok }) => !ok)).toEqual([]);
      expect(await rights(admin)).not.toEqual(before);
      await admin(scripts.apply);
      await admin(scripts.rollback);
      expect(await rights(admin)).toEqual(before);
      await expect(admin(scripts.rollback)).rejects.toThrow(/rolled back already. Nothing was changed/);
      expect(await rights(admin)).toEqual(before);
    },
  );
});

it('a note that somebody else laid out, or wrote into, is not followed', async () => {
  const { admin, scripts, application, reviewer } = await office();
  await admin(`GRANT CREATE ON SCHEMA public TO ${application}; SET ROLE ${application};
    CREATE TABLE countersign_rights_before (recorded_at timestamptz DEFAULT now(), kind text, object text, column_name text, grantee text, privilege text, grantable boolean);
    RESET ROLE`);
  await expect(admin(scripts.apply)).rejects.toThrow(/belongs to somebody else/);
  await expect(admin(scripts.rollback)).rejects.toThrow(/belongs to somebody else/);
  await admin('DROP TABLE countersign_rights_before');
  await admin(scripts.apply);
  await admin(`INSERT INTO countersign_rights_before (kind, object, grantee, privilege) VALUES
    ('TABLE', '"public"."${table}"', '${reviewer}', 'SELECT ON ${table} TO PUBLIC; GRANT SELECT'),
    ('TABLE', '${table} FROM PUBLIC; GRANT UPDATE ON ${table}', '${reviewer}', 'SELECT')`);
  await admin(scripts.rollback);
  const everybody = `SELECT has_table_privilege('${application}', 'np_auditlog_events', 'SELECT') AS read, has_table_privilege('${reviewer}', '${table}', 'SELECT') AS held`;
  expect(await admin(everybody)).toEqual([{ read: false, held: false }]);
});

describe('refused as a whole', () => {
  it.each([
    ['a role that is not there', 'DROP ROLE $REVIEWER', /There is no role/],
    ['a superuser', 'ALTER ROLE $REVIEWER SUPERUSER', /no guard would bind it/],
    ['BYPASSRLS', 'ALTER ROLE $REVIEWER BYPASSRLS', /no guard would bind it/],
    ['the owner', `ALTER TABLE ${table} OWNER TO $REVIEWER`, /could undo every guard/],
    ['no review table', `DROP TABLE ${table}`, /There is no table/],
    ['sleeping policies', `CREATE POLICY asleep ON ${table} USING (false)`, /begin to bind others/],
  ])('%s', async (_, sql, sentence) => {
    const { admin, scripts } = await office(sql);
    const before = await rights(admin);
    await expect(admin(scripts.apply)).rejects.toThrow(sentence);
    expect(await rights(admin)).toEqual(before);
  });

  it('a second role, which would leave the first without its guard', async () => {
    const first = await office();
    await first.admin(first.scripts.apply);
    const second = writeGrants({
      reviewerRole: first.application,
      events: { schema: 'public', name: 'np_auditlog_events' },
    });
    await expect(first.admin(second.apply)).rejects.toThrow(/Another role is guarded already/);
  });
});

it('names views of others through which the reviewer could write past the guard', async () => {
  const { admin, scripts, as, verify, reviewer } = await office();
  await admin(scripts.apply);
  const role = escapeIdentifier(reviewer);
  await admin(`CREATE VIEW seen AS SELECT * FROM ${table}; CREATE VIEW seen_twice AS SELECT * FROM seen;
    CREATE VIEW bound WITH (security_invoker = true) AS SELECT * FROM ${table};
    GRANT SELECT ON seen TO ${role}; GRANT UPDATE ON bound TO ${role}`);
  expect((await verify()).filter(({ ok }) => !ok)).toEqual([]);
  await admin(`GRANT SELECT, UPDATE (notes) ON seen_twice TO ${role}`);
  expect((await verify()).filter(({ ok }) => !ok)).toMatchObject([
    { promise: expect.stringMatching(/write to no view/), found: 'public.seen_twice' },
  ]);
  // It is true: the guard does not bind whoever owns the view.
  expect((await (await as(reviewer))(`UPDATE seen_twice SET notes = 'past the guard'`)).rowCount).toBe(3);
});

it('lets nobody decide as nobody, where reviewers are texts', async () => {
  const { admin, scripts, as, verify, reviewer } = await office(
    `ALTER TABLE ${table} ALTER reviewer_id TYPE text`,
  );
  await admin(scripts.apply);
  expect((await verify()).filter(({ ok }) => !ok)).toEqual([]);
  const ask = await as(reviewer);
  for (const nobody of ['', '  '])
    await expect(ask(decideSql, [nobody, 'role_grant'])).rejects.toMatchObject(denied);
  expect((await ask(decideSql, [me, 'role_grant'])).rowCount).toBe(1);
});

it('says of each broken promise that it is broken', async () => {
  const { admin, scripts, verify, reviewer, reader } = await office();
  await admin(scripts.apply);
  const broken = async (sql: string) => {
    await admin(sql.replaceAll('$REVIEWER', escapeIdentifier(reviewer)));
    return (await verify()).filter(({ ok }) => !ok).map(({ promise, found }) => `${promise}: ${found}`);
  };
  expect(await broken(`GRANT UPDATE (action) ON ${table} TO PUBLIC`)).toEqual([
    `${reviewer} may fill in public.${table} exactly the columns reviewer_id, reviewed_at, notes: action, notes, reviewed_at, reviewer_id`,
    `${reader} may change nothing in public.${table}: UPDATE`,
  ]);
  await admin(`REVOKE UPDATE (action) ON ${table} FROM PUBLIC`);
  expect(await broken(`ALTER POLICY countersign_guard_decisions ON ${table} USING (true)`)).toEqual([
    `A decided row of public.${table} cannot be decided again by ${reviewer}: countersign_as_before, countersign_guard_decisions`,
  ]);
  expect(await broken(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`)).toHaveLength(2);
  expect(await broken(`GRANT DELETE ON np_auditlog_events TO $REVIEWER`)).toHaveLength(3);
});

it('quotes whatever names there are', async () => {
  const { admin, reviewer, as } = await office();
  const schema = `we"ird %s 'x' $countersign$`;
  await admin(`CREATE SCHEMA ${escapeIdentifier(schema)}; ALTER TABLE ${table} SET SCHEMA ${escapeIdentifier(schema)};
    ALTER TABLE np_auditlog_events SET SCHEMA ${escapeIdentifier(schema)};
    ALTER TABLE ${escapeIdentifier(schema)}.np_auditlog_events RENAME TO "Events; of -- all"`);
  const request = { reviewerRole: reviewer, events: { schema, name: 'Events; of -- all' }, withInsert: true };
  const { apply, verify, rollback } = writeGrants(request);
  await admin(apply);
  expect((await admin(verify)).filter(({ ok }) => ok !== true)).toEqual([]);
  const ask = await as(reviewer);
  const decided = decideSql.replace(table, `${escapeIdentifier(schema)}.${table}`);
  expect((await ask(decided, [me, 'role_grant'])).rowCount).toBe(1);
  await admin(rollback);
  await expect(ask(`SELECT 1 FROM ${escapeIdentifier(schema)}.${table}`)).rejects.toMatchObject(denied);
  await admin(printGrants(request));
  expect((await admin(verify)).filter(({ ok }) => ok !== true)).toEqual([]);
});
