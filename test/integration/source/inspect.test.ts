// The inspection report: what a person is told about a database before trusting it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectionReport } from '#shared/model/connection.ts';
import { closeSource, connectSource } from '../../../src-main/source/client.ts';
import { measureClockOffset } from '../../../src-main/source/clock.ts';
import { inspectSource } from '../../../src-main/source/inspect.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import {
  createAuditDatabase,
  eventTable,
  grant,
  patience,
  reviewTable,
  revoke,
  type AuditDatabase,
} from './audit-database.ts';

let postgres: TestPostgres;
const opened: AuditDatabase[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await postgres?.stop();
});

const threeEvents = `INSERT INTO np_auditlog_events (id, created_at, event_type, source_account_id) VALUES
  ('a', '2026-03-01T10:00:00Z', 'x', 'primary'), ('b', '2026-03-02T10:00:00.000001Z', 'x', 'primary'),
  ('c', '2026-02-01T10:00:00Z', 'x', 'branch');`;

async function databaseWith(...sql: string[]): Promise<AuditDatabase> {
  const database = await createAuditDatabase(postgres, sql.join(' '));
  opened.push(database);
  return database;
}

async function inspect(database: AuditDatabase, overrides = {}, nowMs: () => number = Date.now) {
  const client = await database.open({}, overrides);
  const report = await inspectSource(client, database.profile(overrides), nowMs);
  expect(inspectionReport.parse(report)).toEqual(report);
  return report;
}

describe('inspectSource', () => {
  it('reports a well-kept source without a warning', async () => {
    const database = await databaseWith(eventTable, reviewTable(), threeEvents);
    await database.admin(
      "INSERT INTO np_audit_privileged_reviews (id, action, due_at, reviewed_at) VALUES (gen_random_uuid(), 'x', now(), NULL), (gen_random_uuid(), 'x', now(), now())",
    );
    const report = await inspect(database);
    expect(report).toMatchObject({
      database: database.database,
      role: database.user,
      tls: 'off',
      table: 'public.np_auditlog_events',
      preset: 'np_auditlog_events',
      missingFields: [],
      disabledDetectors: [],
      canSelect: true,
      canInsert: false,
      canUpdate: false,
      canDelete: false,
      rlsEnabled: true,
      rlsApplies: true,
      policies: ['account_select', 'no_delete', 'no_update'],
      rows: 2,
      firstEventAt: '2026-03-01T10:00:00.000Z',
      lastEventAt: '2026-03-02T10:00:00.000001Z',
      sourceAccount: null,
      visibleSourceAccounts: [{ sourceAccount: 'primary', events: 2 }],
      reviewTable: {
        table: 'public.np_audit_privileged_reviews',
        rows: 2,
        pending: 1,
        canDecide: true,
        reviewerIdType: 'uuid',
      },
      warnings: [],
    });
    expect(report.server).toMatch(/^PostgreSQL 18\./);
    expect(report.sentences.join('\n')).toContain(
      'Row-level security is in force (policies account_select, no_delete and no_update); the session asks for source account primary.',
    );
    expect(report.sentences.join('\n')).toContain(
      'This user may read the events and cannot add, change or delete them.',
    );
    expect(report.sentences.join('\n')).toContain('2 events are visible, from 2026-03-01T10:00:00.000Z to');
    expect(report.sentences.join('\n')).toContain('shows 2 rows, 1 pending');
  });

  it('explains why row-level security shows nothing', async () => {
    const report = await inspect(await databaseWith(eventTable, threeEvents), { sourceAccount: 'typo' });
    expect(report.rows).toBe(0);
    expect(report.firstEventAt).toBeNull();
    expect(report.warnings).toEqual([
      expect.stringMatching(/app\.source_account_id to typo.*--source-account/),
    ]);
  });

  it('tells an empty table from a hidden one', async () => {
    const database = await databaseWith(
      eventTable,
      'ALTER TABLE np_auditlog_events DISABLE ROW LEVEL SECURITY;',
    );
    expect((await inspect(database)).warnings).toEqual([
      'The table is empty; there is nothing to review yet.',
    ]);
  });

  it('counts one account when told to, lists all it sees, and asks to choose', async () => {
    const database = await databaseWith(
      eventTable,
      threeEvents,
      'ALTER TABLE np_auditlog_events DISABLE ROW LEVEL SECURITY;',
    );
    const accounts = [
      { sourceAccount: 'primary', events: 2 },
      { sourceAccount: 'branch', events: 1 },
    ];
    const all = await inspect(database);
    expect(all).toMatchObject({
      rows: 3,
      firstEventAt: '2026-02-01T10:00:00.000Z',
      visibleSourceAccounts: accounts,
    });
    expect(all.warnings).toEqual([expect.stringMatching(/Events of 2 source accounts are visible/)]);
    const branch = await inspect(database, { sourceAccount: 'branch' });
    expect(branch).toMatchObject({
      rows: 1,
      lastEventAt: '2026-02-01T10:00:00.000Z',
      visibleSourceAccounts: accounts,
    });
    expect(branch.warnings).toEqual([]);
    const wrong = await inspect(database, { sourceAccount: 'typo' });
    expect(wrong.rows).toBe(0);
    expect(wrong.warnings).toEqual([
      expect.stringMatching(/No event belongs to source account typo.*primary and branch/),
    ]);
  });

  it('warns of rights nobody needs for reading', async () => {
    const database = await databaseWith(eventTable, threeEvents);
    await grant(database, 'INSERT, DELETE, TRUNCATE, UPDATE (severity) ON np_auditlog_events');
    const report = await inspect(database);
    expect(report).toMatchObject({ canInsert: true, canUpdate: true, canDelete: true });
    expect(report.warnings).toEqual([
      expect.stringMatching(/INSERT, UPDATE, DELETE and TRUNCATE.*grant less/),
    ]);
    expect(report.sentences.join('\n')).toContain(
      'could also add, change and delete them; this program never does',
    );
  });

  it('warns when the role owns the table, or is a superuser, because policies do not bind it then', async () => {
    const database = await databaseWith(eventTable, threeEvents);
    const superuser = { ...database.profile(), user: postgres.user };
    const client = await connectSource(superuser, postgres.password, patience);
    const asSuperuser = await inspectSource(client, superuser, Date.now);
    await closeSource(client);
    expect(asSuperuser).toMatchObject({ rlsEnabled: true, rlsApplies: false, rows: 3 });
    expect(asSuperuser.sentences.join('\n')).toContain('it is a superuser');
    await database.admin(`ALTER TABLE np_auditlog_events OWNER TO "${database.user}"`);
    const asOwner = await inspect(database);
    expect(asOwner.sentences.join('\n')).toContain('it owns the table');
    expect(asOwner.warnings).toContainEqual(
      expect.stringMatching(/policies of the table do not bind this user/),
    );
    await database.admin('ALTER TABLE np_auditlog_events FORCE ROW LEVEL SECURITY');
    expect(await inspect(database)).toMatchObject({ rlsApplies: true, rows: 2 });
  });

  it('names the detectors a missing column disables', async () => {
    const database = await databaseWith(
      eventTable,
      threeEvents,
      'ALTER TABLE np_auditlog_events DROP ip_address;',
    );
    const report = await inspect(database);
    expect(report.missingFields).toEqual(['ip']);
    expect(report.disabledDetectors).toEqual([{ detector: 'first-network', needs: ['ip'] }]);
    expect(report.sentences.join('\n')).toContain('first-network (needs IP address)');
  });

  it('counts what cannot be placed in time, and what is not unique', async () => {
    const database = await databaseWith(
      'CREATE TABLE np_audit_log (id text, tenant_id text, user_id text, action text, context jsonb, created_at timestamp); CREATE INDEX ON np_audit_log (id)',
    );
    await database.admin(`INSERT INTO np_audit_log (id, created_at) VALUES
      ('a', 'infinity'), ('b', '-infinity'), ('c', NULL), (NULL, '2026-03-01'), ('d', '2026-03-01'), ('e', '3026-03-01')`);
    const report = await inspect(database);
    expect(report).toMatchObject({ rows: 1, rlsEnabled: false, reviewTable: null });
    expect(report.warnings).toEqual([
      expect.stringMatching(/created_at has no time zone/),
      expect.stringMatching(/^5 events cannot be placed in time/),
      expect.stringMatching(/No unique index/),
    ]);
  });

  it('says what is wrong with the review table', async () => {
    const database = await databaseWith(eventTable, reviewTable('text'), threeEvents);
    await revoke(database, 'UPDATE (notes) ON np_audit_privileged_reviews');
    const report = await inspect(database);
    expect(report.reviewTable).toMatchObject({ canDecide: false, reviewerIdType: 'text' });
    expect(report.warnings).toEqual([expect.stringMatching(/not decide in it.*UPDATE/)]);
    await revoke(database, 'SELECT ON np_audit_privileged_reviews');
    const blind = await inspect(database);
    expect(blind.reviewTable).toBeNull();
    expect(blind.warnings).toEqual([
      expect.stringMatching(/may not read the column .* reviews cannot be used/),
    ]);
  });

  it('measures the clock from the middle of the round trip', async () => {
    const database = await databaseWith(eventTable, threeEvents);
    const client = await database.open();
    const exact = await measureClockOffset(client, Date.now);
    const late = await measureClockOffset(client, () => Date.now() - 3_600_000);
    expect(Math.abs(late - exact - 3_600_000)).toBeLessThan(60_000);
    const report = await inspect(database, {}, () => Date.now() + 600_000);
    expect(report.warnings).toEqual([expect.stringMatching(/differ by 10 minutes/)]);
    expect(report.sentences.join('\n')).toMatch(/10 minutes behind this computer/);
  });

  it('proposes to count where there are very many events, and does not count them itself', async () => {
    const database = await databaseWith(eventTable, threeEvents);
    const small = await inspect(database);
    expect(small.sentences.join('\n')).toMatch(
      /Keeping them here takes about 0\.\d+ kB of disk, and the size of their metadata\.(?!.*--mirror cells)/s,
    );
    await database.admin(`ANALYZE np_auditlog_events; UPDATE pg_class SET relpages = greatest(1, pg_relation_size(oid) / 8192), reltuples = 90000000
       WHERE oid = 'np_auditlog_events_default'::regclass`);
    const large = await inspect(database);
    expect(large.rows).toBeGreaterThan(20_000_000);
    expect(large.firstEventAt).toBe(small.firstEventAt);
    const text = large.sentences.join('\n');
    expect(text).toMatch(/About [\d,]+ events are visible, by the server’s own estimate/);
    expect(text).toMatch(/takes about \d+(\.\d+)? GB of disk/);
    expect(text).toMatch(
      /This table has about [\d,]+ events\..*connect again with --mirror cells\. Whatever looks at single events/,
    );
    expect(large.warnings).toEqual(small.warnings);
    const counting = await inspect(database, { mirror: { rows: false, fields: null, days: null } });
    expect(counting.sentences.join('\n')).toMatch(/only counts per quarter hour(?!.*--mirror cells)/s);
  });
});
