// Refreshing a real database: incremental, resumable, honest about what came late or went missing.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { RefreshReport } from '../../../src-shared/model/workspace.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import {
  openStation,
  packFile,
  passphrase,
  preparedStation,
  rita,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;
let inserted = 0;

beforeAll(async () => {
  database = await sampleDatabase();
});

beforeEach(async () => {
  await database.owner.query(`DELETE FROM np_auditlog_events WHERE id LIKE 'test-%'`);
});

async function insert(
  createdAt: string,
  count: number,
  actor = 'late-larry',
  action = 'document.read',
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    inserted += 1;
    await database.owner.query(
      `INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at)
       VALUES ($1, 'primary', $2, 'user', $3, '', '', '', '', '{}', 'info', $4::timestamptz + $5 * interval '1 second')`,
      [`test-${inserted}`, actor, action, createdAt, index],
    );
  }
}

const refresh = async (station: Station, asOf?: string) =>
  (await station.finish(station.call.refresh.start(asOf === undefined ? {} : { asOf }))) as RefreshReport;

async function regular(actor: string): Promise<void> {
  await database.owner.query(
    `INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at)
     SELECT 'test-${actor}-' || n, 'primary', '${actor}', 'user', 'document.read', '', '', '', '', '{}', 'info', '2026-10-01T00:30:00Z'::timestamptz + n * interval '5 hours' FROM generate_series(0, 200) n`,
  );
}

describe('refresh', () => {
  test('a second one reads only the overlap and finds nothing twice', async () => {
    const station = await preparedStation(database.url);
    const again = await refresh(station, sampleEnd);
    expect(again.pulled).toBe(again.duplicates);
    expect(again.pulled).toBeLessThan(200);
    expect(again).toMatchObject({
      events: database.events,
      newFindings: 0,
      changedFindings: 0,
      evaluated: 0,
      vanished: 0,
    });
  });

  test('as of an earlier moment sees only what existed then, and going on reaches the same end', async () => {
    const whole = await preparedStation(database.url);
    const steps = await openStation();
    await steps.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    await steps.call.workspace.setReviewer({ ...rita, passphrase: 'long enough' });
    for (const asOf of ['2026-10-20T13:37:00.000Z', '2026-11-04T00:00:00.000Z', sampleEnd]) {
      const report = await refresh(steps, asOf);
      const { rows } = await database.owner.query<{ count: number }>(
        'SELECT count(*)::int FROM np_auditlog_events WHERE created_at <= $1',
        [asOf],
      );
      expect(report.events).toBe(rows[0]!.count);
    }
    const strip = async (station: Station) =>
      (await station.call.findings.list({})).map(({ foundAt: _when, ...finding }) => finding);
    expect(await strip(steps)).toEqual(await strip(whole));
  });

  test('as of an earlier moment than before, everything is as it was then; a later refresh shows all again', async () => {
    await insert('2026-11-05T14:00:00Z', 2);
    const asOf = '2026-11-05T14:00:00.000Z';
    const expected = await preparedStation(database.url);
    await refresh(expected, sampleEnd);
    const fresh = await openStation();
    await fresh.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    await fresh.call.workspace.setReviewer({ ...rita, passphrase });
    const then = await refresh(fresh, asOf);
    const replayed = await preparedStation(database.url);
    const again = await refresh(replayed, asOf);
    const numbers = ({ events, unattributed, findings, reviews, vanished, asOf: at }: RefreshReport) => ({
      events,
      unattributed,
      findings,
      reviews,
      vanished,
      at,
    });
    expect(numbers(again)).toEqual(numbers(then));
    expect(again.events).toBeLessThan(database.events);
    const strip = async (station: Station) => ({
      findings: (await station.call.findings.list({})).map(({ foundAt: _when, ...finding }) => finding),
      heatmap: await station.call.activity.heatmap({}),
      actors: await station.call.activity.topActors({ limit: 10_000 }),
      events: await station.call.activity.events({ limit: 50 }),
      status: (({ events, unattributed, lastEventAt, findings, overdue, now }) => ({
        events,
        unattributed,
        lastEventAt,
        findings,
        overdue,
        now,
      }))(await station.call.workspace.status()),
    });
    expect(await strip(replayed)).toEqual(await strip(fresh));
    const { file } = (await replayed.finish(replayed.call.evidence.export({ passphrase }))) as ExportReport;
    const ipe = JSON.parse(packFile(file, 'data/ipe.json')) as Record<string, unknown>;
    expect(ipe).toMatchObject({ rows: then.events, serverRows: then.events, completeness: 'complete' });
    expect(JSON.stringify(ipe['filters'])).toMatch(/up to 2026-11-05T14:00:00.000Z.*looks back/);
    expect((await verifyPack(readFileSync(file), { now: new Date().toISOString() })).verdict).toBe(
      'unpinned',
    );
    await refresh(replayed, sampleEnd);
    const current = await strip(replayed);
    expect(current).toEqual(await strip(expected));
    expect(current.status.events).toBe(database.events + 2);
  });

  test('a late commit into a day that lost as many rows or more is still noticed', async () => {
    await insert('2026-11-05T14:00:00Z', 6);
    const station = await preparedStation(database.url);
    await database.owner.query(`DELETE FROM np_auditlog_events WHERE id LIKE 'test-%'`);
    expect(await refresh(station, sampleEnd)).toMatchObject({ vanished: 6 });
    const settled = await refresh(station, sampleEnd);
    expect(settled.pulled).toBeLessThan(100);
    await insert('2026-11-05T14:20:00Z', 2);
    const report = await refresh(station, sampleEnd);
    expect(report).toMatchObject({ events: database.events + 8, vanished: 6 });
    const { rows } = await database.owner.query<{ count: number }>(
      `SELECT count(*)::int FROM np_auditlog_events WHERE id LIKE 'test-%'`,
    );
    expect(rows[0]!.count).toBe(2);
  });

  test('a late commit just before the newest event is read, even when the counts of its day cannot tell', async () => {
    await insert('2026-11-15T10:00:00Z', 1, 'first');
    await insert('2026-11-15T23:59:30Z', 1, 'newest');
    const station = await preparedStation(database.url);
    await database.owner.query(
      `DELETE FROM np_auditlog_events WHERE id LIKE 'test-%' AND actor_user_id = 'first'`,
    );
    await insert('2026-11-15T23:52:00Z', 1, 'late');
    expect(await refresh(station, sampleEnd)).toMatchObject({ events: database.events + 3 });
    expect((await station.call.activity.events({ actor: 'late', limit: 5 })).total).toBe(1);
  });

  test('events that end an hour’s being unusual are told of; the finding stays listed', async () => {
    await regular('late-larry');
    await insert('2026-11-05T14:00:00Z', 5);
    const station = await preparedStation(database.url);
    const mine = async () =>
      (await station.call.findings.list({})).find(
        ({ actor, detector }) => actor === 'late-larry' && detector === 'z3',
      );
    const before = await mine();
    expect(before).toMatchObject({ count: 5, version: 1 });
    await insert('2026-10-30T10:00:00Z', 90);
    await insert('2026-11-05T14:30:00Z', 1);
    const report = await refresh(station, sampleEnd);
    expect(report.changedFindings).toBeGreaterThanOrEqual(1);
    const after = (await station.call.findings.list({})).find(({ id }) => id === before!.id);
    expect(after).toMatchObject({ count: 5, version: 1, eventIds: before!.eventIds });
    expect(after!.explanation).toMatch(/in version 2 it has 6 events.*no longer stand out/);
    const { versions } = await station.call.findings.get({ id: before!.id });
    expect(versions.map(({ flagged, count }) => [flagged, count])).toEqual([
      [true, 5],
      [false, 6],
    ]);
    const pack = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    expect((await verifyPack(readFileSync(pack.file), { now: new Date().toISOString() })).verdict).toBe(
      'unpinned',
    );
  });

  test('without a review table, the report counts the items derived from privileged events', async () => {
    const station = await openStation();
    await database.owner.query('ALTER TABLE np_audit_privileged_reviews RENAME TO hidden_reviews');
    try {
      await station.call.source.connect({ url: database.url, zone: 'UTC' });
      const report = await refresh(station, sampleEnd);
      expect(report.reviews).toBeGreaterThan(10);
      expect(await station.call.reviews.list({})).toHaveLength(report.reviews);
      const early = await refresh(station, '2026-10-20T00:00:00.000Z');
      expect(early.reviews).toBeLessThan(report.reviews);
      expect(await station.call.reviews.list({})).toHaveLength(early.reviews);
      await station.call.workspace.setReviewer({ ...rita, passphrase });
      const [item] = await station.call.reviews.list({ status: 'pending' });
      await station.call.reviews.decide({
        reviews: [{ id: item!.id }],
        decision: 'certify',
        reason: 'as agreed',
      });
      expect((await station.finish(station.call.sync.start())) as object).toMatchObject({ sent: 0 });
    } finally {
      await database.owner.query('ALTER TABLE hidden_reviews RENAME TO np_audit_privileged_reviews');
    }
    await refresh(station, sampleEnd);
    const derived = (await station.call.reviews.list({})).filter(({ origin }) => origin === 'derived');
    expect(derived).toMatchObject([{ status: 'gone', decision: 'certify', sync: 'local' }]);
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 0 });
    const pack = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    expect((await verifyPack(readFileSync(pack.file), { now: new Date().toISOString() })).verdict).toBe(
      'unpinned',
    );
  });

  test('an action that becomes privileged brings its older events into the queue', async () => {
    const station = await openStation();
    await database.owner.query('ALTER TABLE np_audit_privileged_reviews RENAME TO hidden_reviews');
    try {
      await station.call.source.connect({ url: database.url, zone: 'UTC' });
      await refresh(station, sampleEnd);
      await station.call.workspace.setReviewer({ ...rita, passphrase });
      const before = await station.call.reviews.list({});
      const actions = [...(await station.call.workspace.privilegedActions()), 'record.delete'];
      await station.call.workspace.setPrivilegedActions({ actions, reason: 'deletions too' });
      const { total } = await station.call.activity.events({ action: 'record.delete', limit: 1 });
      const after = await station.call.reviews.list({});
      expect(total).toBeGreaterThan(0);
      expect(after.filter(({ action }) => action === 'record.delete')).toHaveLength(total);
      expect(after.length - before.length).toBeGreaterThan(0);
    } finally {
      await database.owner.query('ALTER TABLE hidden_reviews RENAME TO np_audit_privileged_reviews');
    }
  });

  test('hostile values arrive verbatim and break nothing', async () => {
    const strange = '👻 \u202e" \'; DROP TABLE x; --\n\t]]>';
    await database.owner.query(
      `INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at)
       VALUES ('test-' || $1, 'primary', $1, '', $1, '', $1, '', $1, $2, 'critical', '1701-01-01T00:00:00.000001Z'),
              ('test-same', 'primary', '', '', '', '', '', '', '', 'null', '', '2026-11-01T00:00:00Z'),
              ('test-same', 'primary', '', '', '', '', '', '', '', '[]', '', '2026-11-02T00:00:00Z'),
              ('test-late', 'primary', 'x', '', 'y', '', '', '', '', '{}', '', '2254-12-31T23:59:59.999999Z'),
              ('test-later', 'primary', 'x', '', 'y', '', '', '', '', '{}', '', '2255-01-02T00:00:00Z')`,
      [strange, JSON.stringify({ blob: 'x'.repeat(1_000_000) })],
    );
    const station = await openStation();
    await station.call.source.connect({ url: database.url, zone: 'America/New_York' });
    const report = await refresh(station);
    expect(report).toMatchObject({ events: database.events + 4, vanished: 0 });
    expect((await refresh(station)).pulled).toBeLessThan(100);
    const { events } = await station.call.activity.events({ actor: strange, limit: 10 });
    expect(events).toMatchObject([
      { actor: strange, action: strange, createdAt: '1701-01-01T00:00:00.000001Z' },
    ]);
    expect(events[0]!.metadata!.length).toBeGreaterThan(1_000_000);
    expect(await station.call.workspace.status()).toMatchObject({
      firstEventAt: '1701-01-01T00:00:00.000001Z',
      lastEventAt: '2254-12-31T23:59:59.999999Z',
    });
    expect((await station.call.activity.heatmap({ actor: strange })).total).toBe(1);
  });

  test('a late commit beyond the overlap is noticed by the count of its day, and its hour is judged again', async () => {
    await regular('late-larry');
    await insert('2026-11-05T14:00:00Z', 6);
    const station = await preparedStation(database.url);
    const mine = async () =>
      (await station.call.findings.list({})).filter(
        ({ actor, detector }) => actor === 'late-larry' && detector === 'z3',
      );
    const [before] = await mine();
    expect(before).toMatchObject({ count: 6, version: 1, start: '2026-11-05T14:00:00.000Z' });
    await insert('2026-11-05T14:20:00Z', 3);
    const report = await refresh(station, sampleEnd);
    // The same hour in both tiers.
    expect(report).toMatchObject({ changedFindings: 2, newFindings: 0, events: database.events + 201 + 9 });
    const [after] = await mine();
    expect(after).toMatchObject({ id: before!.id, count: 9, version: 2 });
    const { versions, events } = await station.call.findings.get({ id: before!.id });
    expect(versions.map((version) => version.count)).toEqual([6, 9]);
    expect(events).toHaveLength(9);
  });

  test('a disposition is about what was shown: a changed finding is open again', async () => {
    await regular('late-larry');
    await insert('2026-11-05T14:00:00Z', 6);
    const station = await preparedStation(database.url);
    const { id } = (await station.call.findings.list({})).find((finding) => finding.actor === 'late-larry')!;
    await station.call.findings.dispose({ id, disposition: 'acknowledged', note: 'a workshop' });
    expect((await station.call.findings.get({ id })).finding).toMatchObject({
      disposition: 'acknowledged',
      disposedBy: 'Rita Reviewer',
    });
    await insert('2026-11-05T14:20:00Z', 1);
    await refresh(station, sampleEnd);
    expect((await station.call.findings.get({ id })).finding).toMatchObject({
      disposition: null,
      version: 2,
    });
  });

  test('rows that vanished from the source are counted and kept', async () => {
    await insert('2026-11-05T14:00:00Z', 4);
    const station = await preparedStation(database.url);
    await database.owner.query(`DELETE FROM np_auditlog_events WHERE id LIKE 'test-%'`);
    expect(await refresh(station, sampleEnd)).toMatchObject({ vanished: 4, events: database.events + 4 });
  });

  test('one event dated in the far future does not hide those that follow', async () => {
    await insert('2150-01-01T00:00:00Z', 1);
    const station = await preparedStation(database.url);
    expect((await refresh(station)).events).toBe(database.events + 1);
    const { watermark } = station.cache
      .prepare('SELECT watermark_us AS watermark FROM source_state')
      .get() as {
      watermark: number;
    };
    expect(watermark).toBeLessThan(Date.parse('2149-12-31T00:00:00Z') * 1000);
    await insert(new Date().toISOString(), 2);
    expect((await refresh(station)).events).toBe(database.events + 3);
  });

  test('non-finite times are left out of the mirror', async () => {
    await database.owner.query(
      `INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at)
       VALUES ('test-infinite', 'primary', 'x', 'user', 'y', '', '', '', '', '{}', 'info', 'infinity')`,
    );
    const station = await preparedStation(database.url);
    expect((await station.call.workspace.status()).events).toBe(database.events);
  });

  test('cancelled half-way, it keeps what it read and goes on from there', async () => {
    const station = await openStation();
    await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    const { jobId } = await station.call.refresh.start({ asOf: sampleEnd });
    while ((await station.call.jobs.get({ id: jobId })).done === 0)
      await new Promise((resolve) => void setTimeout(resolve, 1));
    await station.call.jobs.cancel({ id: jobId });
    await station.jobs.wait(jobId).catch(() => undefined);
    const job = await station.call.jobs.get({ id: jobId });
    expect(['cancelled', 'done']).toContain(job.state);
    const report = await refresh(station, sampleEnd);
    expect(report).toMatchObject({ events: database.events, vanished: 0 });
    const whole = await preparedStation(database.url);
    expect((await station.call.findings.list({})).map(({ id }) => id)).toEqual(
      (await whole.call.findings.list({})).map(({ id }) => id),
    );
  });

  test('cancelled at any moment it says so, and the next one completes the work', async () => {
    const station = await openStation();
    await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    for (const step of ['Starting', 'Connecting', 'Counting events', 'Reading events', 'Judging hours']) {
      const { jobId } = await station.call.refresh.start({ asOf: sampleEnd });
      while (!['done', 'failed', step].includes((await station.call.jobs.get({ id: jobId })).step)) {
        if ((await station.call.jobs.get({ id: jobId })).state !== 'running') break;
        await new Promise((resolve) => void setImmediate(resolve));
      }
      await station.call.jobs.cancel({ id: jobId });
      await station.jobs.wait(jobId).catch(() => undefined);
      const { state, problem } = await station.call.jobs.get({ id: jobId });
      if (state !== 'done') expect(problem).toMatchObject({ code: 'cancelled' });
    }
    expect(await refresh(station, sampleEnd)).toMatchObject({ events: database.events, vanished: 0 });
    const whole = await preparedStation(database.url);
    expect((await station.call.findings.list({})).map(({ id, version }) => [id, version])).toEqual(
      (await whole.call.findings.list({})).map(({ id, version }) => [id, version]),
    );
  });

  test('the cache may be deleted: a refresh brings back the same findings, and dispositions with them', async () => {
    const station = await preparedStation(database.url);
    const [finding] = await station.call.findings.list({});
    await station.call.findings.dispose({ id: finding!.id, disposition: 'acknowledged', note: 'known job' });
    const before = await station.call.findings.list({});
    await station.close();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(station.folder, `cache.sqlite${suffix}`), { force: true });
    const reopened = await openStation(station.folder);
    expect(await reopened.call.findings.list({})).toEqual([]);
    await refresh(reopened, sampleEnd);
    expect(await reopened.call.findings.list({})).toEqual(before);
  });

  test('works on from the mirror when the database is gone', async () => {
    const station = await preparedStation(database.url);
    await database.stop();
    try {
      expect(await station.call.source.probe()).toMatchObject({ online: false });
      expect((await station.call.activity.heatmap({})).total).toBe(database.events);
      expect((await station.call.reviews.list({ status: 'pending' })).length).toBeGreaterThan(10);
      await expect(refresh(station, sampleEnd)).rejects.toThrow(/refused|answers/);
    } finally {
      await database.start();
    }
    expect(await station.call.source.probe()).toMatchObject({ online: true });
  });
});
