// Review rows that are missing: made once whoever makes them, on record before they leave, and carrying what was decided before.
import { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { CreationReport } from '#shared/model/review-creation.ts';
import { derivedReviewId } from '../../../src-main/review/queue.ts';
import { closeSource, connectSource } from '../../../src-main/source/client.ts';
import { writeGrants } from '../../../src-main/source/grants.ts';
import {
  createReviews,
  misfitOf,
  requireCreatableTable,
  type NewReview,
} from '../../../src-main/source/create-reviews.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  otto,
  passphrase,
  preparedStation,
  rita,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;
const table = 'np_audit_privileged_reviews';

beforeAll(async () => {
  database = await sampleDatabase({ events: 4_000, actors: 12 });
  await database.owner.query(`CREATE TABLE kept AS SELECT * FROM ${table}`);
});

const insertColumns = 'id, tenant_id, audit_log_id, action, actor_id, due_at';
const mayInsert = (may: boolean) =>
  database.owner.query(
    may
      ? `GRANT INSERT (${insertColumns}) ON ${table} TO countersign_reviewer`
      : `REVOKE INSERT ON ${table} FROM countersign_reviewer`,
  );

beforeEach(async () => {
  await database.owner.query(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept`);
  await mayInsert(true);
});

/** Leaves so many privileged events without a row. */
async function forget(count: number): Promise<string[]> {
  const { rows } = await database.owner.query<{ audit_log_id: string }>(
    `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE reviewed_at IS NULL ORDER BY due_at LIMIT ${count})
     RETURNING audit_log_id`,
  );
  return rows.map((row) => row.audit_log_id);
}

const create = (station: Station, input: { dryRun?: boolean; from?: string } = {}) =>
  station.finish(station.call.reviews.create(input)) as Promise<CreationReport>;

const serverRows = async (events: readonly string[]) =>
  (
    await database.owner.query<{ id: string; audit_log_id: string; tenant_id: string; late: boolean }>(
      `SELECT r.id, r.audit_log_id, r.tenant_id, r.due_at = e.created_at + interval '1 day' AS late
         FROM ${table} r JOIN np_auditlog_events e ON e.id = r.audit_log_id::text AND e.tenant_id = r.tenant_id
          AND e.event_type = r.action AND (e.actor_user_id = r.actor_id::text OR r.actor_id IS NULL)
        WHERE r.audit_log_id = ANY ($1::uuid[]) AND r.reviewed_at IS NULL`,
      [events],
    )
  ).rows;

const entries = (station: Station) =>
  station.ledger.entries().filter(({ entry }) => entry.type === 'review-created');

describe('reviews create', () => {
  test('a dry run lists what is missing and changes nothing', async () => {
    const events = await forget(5);
    const station = await preparedStation(database.url);
    const base = await create(station, { dryRun: true });
    const wanted = base.items.filter(({ auditLogId }) => events.includes(auditLogId));
    expect(wanted).toHaveLength(5);
    expect(new Set(wanted.map(({ outcome }) => outcome))).toEqual(new Set(['missing']));
    expect(await serverRows(events)).toEqual([]);
    expect(entries(station)).toEqual([]);
  });

  test('makes each row of the event, with its tenant, due by the time to live, and shows it in the queue', async () => {
    const events = await forget(5);
    const station = await preparedStation(database.url);
    const report = await create(station);
    expect(report.created).toBeGreaterThanOrEqual(5);
    expect(report).toMatchObject({ missing: 0, present: 0, refused: 0, waiting: 0, gone: 0 });
    const rows = await serverRows(events);
    expect(rows).toHaveLength(5);
    expect(rows.every(({ late }) => late)).toBe(true);
    for (const { id, audit_log_id: about } of rows) {
      const { review, event } = await station.call.reviews.get({ id });
      expect(review).toMatchObject({ origin: 'database', status: 'pending', auditLogId: about });
      expect(derivedReviewId(event!)).toBe(id);
    }
    expect(entries(station).map(({ entry }) => entry.payload['step'])).toEqual(['leaving', 'settled']);
    expect((await create(station)).items).toEqual([]);
    const [item] = rows;
    await station.call.reviews.decide({
      reviews: [{ id: item!.id }],
      decision: 'revoke',
      reason: 'nobody asked for it',
    });
    await station.finish(station.call.sync.start());
    expect(await serverRows([item!.audit_log_id])).toEqual([]);
  });

  test('leaves older events alone when told from when', async () => {
    await forget(6);
    const station = await preparedStation(database.url);
    const all = await create(station, { dryRun: true });
    const from = all.items.at(-1)!.createdAt;
    const later = await create(station, { dryRun: true, from });
    expect(later.items).toEqual(all.items.filter(({ createdAt }) => createdAt >= from));
    expect(later.items.length).toBeLessThan(all.items.length);
  });

  test('two workstations at once make each row once', async () => {
    const events = await forget(40);
    const stations = [await preparedStation(database.url), await preparedStation(database.url, otto)];
    const reports = await Promise.all(stations.map((station) => create(station)));
    const rows = await serverRows(events);
    expect(rows.map((row) => row.audit_log_id).toSorted()).toEqual(events.toSorted());
    const made = reports.reduce((sum, { created }) => sum + created, 0);
    expect(made).toBe(new Set(reports.flatMap(({ items }) => items.map(({ review }) => review))).size);
  });

  test('without the right nothing is announced, and the sentence says what to ask for', async () => {
    await forget(1);
    await mayInsert(false);
    const station = await preparedStation(database.url);
    await expect(create(station)).rejects.toThrow(/may not add rows/);
    expect(entries(station)).toEqual([]);
  });

  test('an event that is not as it was read gets no row', async () => {
    const [event] = await forget(1);
    const station = await preparedStation(database.url);
    await database.owner.query(
      `UPDATE np_auditlog_events SET severity = severity, actor_user_id = actor_user_id || 'x' WHERE id = $1`,
      [event],
    );
    try {
      const { items } = await create(station);
      expect(items.find(({ auditLogId }) => auditLogId === event)).toMatchObject({ outcome: 'gone' });
      expect(
        (await database.owner.query(`SELECT 1 FROM ${table} WHERE audit_log_id = $1`, [event])).rowCount,
      ).toBe(0);
    } finally {
      await database.owner.query(
        `UPDATE np_auditlog_events SET actor_user_id = left(actor_user_id, -1) WHERE id = $1`,
        [event],
      );
    }
  });

  test('rows that were announced and never answered are settled by the next run, and made once', async () => {
    const events = await forget(3);
    const station = await preparedStation(database.url);
    const { items } = await create(station, { dryRun: true });
    station.ledger.append(() => [
      {
        type: 'review-created',
        subject: null,
        actor: rita.id,
        payload: { step: 'leaving', rows: items.map((item) => ({ ...item, tenant: null })) },
      },
    ]);
    // As far as this ledger knows, it may have been this workstation that made them before it was killed.
    await create(await preparedStation(database.url, otto));
    expect(station.ledger.state().createdReviews.leaving.size).toBe(items.length);
    expect(await create(station)).toMatchObject({ created: 0, items: [] });
    expect(station.ledger.state().createdReviews.leaving.size).toBe(0);
    expect(await serverRows(events)).toHaveLength(3);
  });

  test('the command line: dry run, then rows, as JSON', async () => {
    await forget(2);
    const station = await preparedStation(database.url);
    await station.close();
    const dry = await runProgramHere(station.folder, ['reviews', 'create', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, json: { dryRun: true } });
    const wet = await runProgramHere(station.folder, ['reviews', 'create']);
    expect(wet.json).toMatchObject({ dryRun: false, created: (dry.json as CreationReport).missing });
    expect((await runProgramHere(station.folder, ['reviews', 'destroy'])).code).toBe(2);
  });
});

describe('what was decided before there was a row', () => {
  const mapping = {
    schema: 'public',
    table: 'np_auditlog_events',
    columns: {
      id: 'id',
      createdAt: 'created_at',
      actor: 'actor_user_id',
      action: 'event_type',
      severity: 'severity',
    },
  };
  const byTenant = { ...mapping, columns: { ...mapping.columns, sourceAccount: 'tenant_id' } };
  const byAccount = { ...mapping, columns: { ...mapping.columns, sourceAccount: 'source_account_id' } };

  /** A workstation that has decided on two derived items, because the review table was not there yet; they have no row since. */
  async function earlyStation(reviewer: typeof rita, named: typeof byTenant): Promise<[Station, string[]]> {
    await database.owner.query(`ALTER TABLE ${table} RENAME TO away`);
    const station = await openStation();
    let ids: string[];
    try {
      await station.call.source.connect({ url: database.url, zone: 'UTC', mapping: named });
      await station.call.workspace.setReviewer({ ...reviewer, passphrase });
      await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
      const queue = await station.call.reviews.list({ status: 'pending' });
      expect(queue[0]).toMatchObject({ origin: 'derived' });
      const two = queue.filter(({ actor, action }) => actor !== null && action !== 'x').slice(0, 2);
      ids = two.map(({ id }) => id);
      for (const id of ids)
        await station.call.reviews.decide({ reviews: [{ id }], decision: 'modify', reason: 'look again' });
      await database.owner.query('DELETE FROM away WHERE audit_log_id = ANY ($1::uuid[])', [
        two.map(({ auditLogId }) => auditLogId),
      ]);
    } finally {
      await database.owner.query(`ALTER TABLE away RENAME TO ${table}`);
    }
    await station.call.source.connect({
      url: database.url,
      zone: 'UTC',
      mapping: named,
      confirmChanges: true,
    });
    await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
    return [station, ids];
  }

  const syncStates = async (station: Station, ids: readonly string[]) =>
    Promise.all(
      ids.map(async (id) => {
        const { status, sync } = (await station.call.reviews.get({ id })).review;
        return `${status} ${sync ?? ''}`;
      }),
    );

  test('is sent once the row says exactly what was shown', async () => {
    const [station, ids] = await earlyStation(rita, byTenant);
    expect(await syncStates(station, ids)).toEqual(['gone local', 'gone local']);
    await create(station);
    expect(await syncStates(station, ids)).toEqual(['decided unsent', 'decided unsent']);
    expect(await station.finish(station.call.sync.start())).toMatchObject({ sent: 2, applied: 2 });
    const { rows } = await database.owner.query(
      `SELECT reviewer_id FROM ${table} WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    expect(rows).toEqual([{ reviewer_id: rita.id }, { reviewer_id: rita.id }]);
  });

  test('is sent by a second workstation, too, when it finds the row there; only one of them is the first', async () => {
    const [first, ids] = await earlyStation(rita, byTenant);
    const [second, same] = await earlyStation(otto, byTenant);
    expect(same).toEqual(ids);
    await create(first);
    await second.finish(second.call.refresh.start({ asOf: sampleEnd }));
    expect(await syncStates(second, ids)).toEqual(['decided unsent', 'decided unsent']);
    expect(entries(second).map(({ entry }) => entry.payload)).toMatchObject([
      { step: 'settled', rows: [{ outcome: 'present' }, { outcome: 'present' }] },
    ]);
    expect(await second.finish(second.call.sync.start())).toMatchObject({ applied: 2 });
    expect(await first.finish(first.call.sync.start())).toMatchObject({ superseded: 2 });
  });

  test('asks again where the row says something else, and is never sent for it', async () => {
    const [station, ids] = await earlyStation(rita, byAccount);
    await create(station);
    expect(await syncStates(station, ids)).toEqual(['pending changed', 'pending changed']);
    expect(await station.finish(station.call.sync.start())).toMatchObject({ sent: 0 });
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 0, decided: 0 });
    await station.call.reviews.decide({
      reviews: [{ id: ids[0]! }],
      decision: 'certify',
      reason: 'as agreed',
    });
    expect(await station.finish(station.call.sync.start())).toMatchObject({ sent: 1, applied: 1 });
  });
});

test('under the printed guard everything works as before, and the database itself refuses the rest', async () => {
  const events = await forget(3);
  const { apply, rollback } = writeGrants({
    reviewerRole: 'countersign_reviewer',
    events: { schema: 'public', name: 'np_auditlog_events' },
    withInsert: true,
  });
  await database.owner.query(apply);
  try {
    const [first, second] = [await preparedStation(database.url), await preparedStation(database.url, otto)];
    await create(first);
    const [row] = await serverRows(events);
    await second.finish(second.call.refresh.start({ asOf: sampleEnd }));
    for (const station of [first, second])
      await station.call.reviews.decide({
        reviews: [{ id: row!.id }],
        decision: 'modify',
        reason: 'look again',
      });
    expect(await first.finish(first.call.sync.start())).toMatchObject({ sent: 1, applied: 1 });
    expect(await second.finish(second.call.sync.start())).toMatchObject({ sent: 1, superseded: 1 });
    const thief = new Client({ connectionString: database.url });
    await thief.connect();
    onTestFinished(() => thief.end());
    const overwrite = `UPDATE ${table} SET reviewer_id = $1, reviewed_at = now(), notes = 'mine' WHERE id = $2`;
    expect((await thief.query(overwrite, [otto.id, row!.id])).rowCount).toBe(0);
  } finally {
    await database.owner.query(rollback);
  }
});

describe('at the source', () => {
  const rowsOf = (count: number): NewReview[] =>
    [...Array(count).keys()].map((index) => ({
      id: `00000000-0000-8000-8000-${String(index).padStart(12, '0')}`,
      tenantId: null,
      auditLogId: `11111111-0000-4000-8000-${String(index).padStart(12, '0')}`,
      action: index === 3 ? 'forbidden' : 'role_grant',
      actorId: null,
      dueAtMicroseconds: 1_770_000_000_123_456 + index,
    }));

  async function session() {
    const url = new URL(database.url);
    const client = await connectSource(
      {
        host: url.hostname,
        port: Number(url.port),
        database: url.pathname.slice(1),
        user: url.username,
        tls: 'off',
        caFile: null,
        sourceAccount: null,
        zone: 'UTC',
        mapping: null,
        mirror: { rows: true, fields: null, days: null },
      },
      decodeURIComponent(url.password),
      { purpose: 'write', statementTimeoutMs: 30_000, connectTimeoutMs: 10_000 },
    );
    onTestFinished(() => closeSource(client));
    return client;
  }

  test('a session that waits for another one’s rows finds them there, whatever the order they were asked in', async () => {
    const client = await session();
    const reviewTable = await requireCreatableTable(client);
    const rows = rowsOf(3);
    const other = new Client({ connectionString: database.ownerUrl });
    await other.connect();
    onTestFinished(() => other.end());
    await other.query('BEGIN');
    await other.query(
      `INSERT INTO ${table} (id, audit_log_id, action, due_at) VALUES ($1, $2, 'role_grant', now())`,
      [rows[1]!.id, rows[1]!.auditLogId],
    );
    const waiting = createReviews(client, reviewTable, rows.toReversed());
    const blocked = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%ON CONFLICT (id)%'`;
    while ((await database.owner.query(blocked)).rowCount !== 1)
      await new Promise((resolve) => void setImmediate(resolve));
    await other.query('COMMIT');
    expect((await waiting).map(({ outcome }) => outcome)).toEqual(['created', 'present', 'created']);
  });

  test('an event that a row under another id is about gets no second one', async () => {
    const client = await session();
    const reviewTable = await requireCreatableTable(client);
    const [row] = rowsOf(1);
    await database.owner.query(
      `INSERT INTO ${table} (id, audit_log_id, action, due_at) VALUES (gen_random_uuid(), $1, 'role_grant', now())`,
      [row!.auditLogId],
    );
    expect(await createReviews(client, reviewTable, [row!])).toEqual([
      { id: row!.id, outcome: 'present', detail: 'Another row is about the same event.', row: null },
    ]);
    const about = await database.owner.query(`SELECT 1 FROM ${table} WHERE audit_log_id = $1`, [
      row!.auditLogId,
    ]);
    expect(about.rowCount).toBe(1);
  });

  test('what a column cannot hold is said before anything leaves', async () => {
    const reviewTable = await requireCreatableTable(await session());
    const [row] = rowsOf(1);
    expect(misfitOf(reviewTable, row!)).toBeNull();
    expect(misfitOf(reviewTable, { ...row!, actorId: 'dana' })).toMatch(/actor_id .* type uuid/);
    expect(misfitOf(reviewTable, { ...row!, auditLogId: 'evt_1' })).toMatch(/audit_log_id .* type uuid/);
  });

  test('one row the database refuses holds up no other', async () => {
    await database.owner.query(
      `ALTER TABLE ${table} ADD CONSTRAINT no_forbidden CHECK (action <> 'forbidden')`,
    );
    try {
      const client = await session();
      const results = await createReviews(client, await requireCreatableTable(client), rowsOf(8));
      expect(results.map(({ outcome }) => outcome)).toEqual([
        ...Array<string>(3).fill('created'),
        'refused',
        ...Array<string>(4).fill('created'),
      ]);
      expect(results[3]!.detail).toContain('no_forbidden');
      expect(results[0]!.row).toMatchObject({ dueAtMicroseconds: 1_770_000_000_123_456 });
    } finally {
      await database.owner.query(`ALTER TABLE ${table} DROP CONSTRAINT no_forbidden`);
    }
  });

  test('a table in which an id can be used twice is refused', async () => {
    await database.owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_pkey`);
    try {
      await expect(requireCreatableTable(await session())).rejects.toThrow(/used twice/);
    } finally {
      await database.owner.query(`ALTER TABLE ${table} ADD PRIMARY KEY (id)`);
    }
  });
});
