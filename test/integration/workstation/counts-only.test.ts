// A workspace that keeps only counts, beside one that keeps every event, over the same sample database.
import { readFileSync } from 'node:fs';
import type { ConnectRequest } from '#shared/model/connection.ts';
import type { ExportReport } from '#shared/model/evidence.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  packFile,
  passphrase,
  rita,
  sampleDatabase,
  sampleEnd,
  workspaceFolder,
  type Station,
} from '../../support/station.ts';

const database = await sampleDatabase({ events: 8_000 });

const onlyCounts = { rows: false, fields: null, days: null };
/** Counting says nothing about types of actors, so the events it is compared with do not either. */
const bareRows = { rows: true, fields: [], days: null };

async function connected(mirror: ConnectRequest['mirror']): Promise<Station> {
  const station = await openStation();
  await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin', mirror });
  await station.call.workspace.setReviewer({ ...rita, passphrase });
  return station;
}

const refresh = async (station: Station, asOf?: string) =>
  (await station.finish(station.call.refresh.start(asOf === undefined ? {} : { asOf }))) as RefreshReport;

async function refreshed(mirror: ConnectRequest['mirror'], asOf = sampleEnd): Promise<Station> {
  const station = await connected(mirror);
  await refresh(station, asOf);
  return station;
}

async function insert(at: string, count: number, actor = 'late-larry'): Promise<void> {
  await database.owner.query(
    `INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at)
     SELECT 'test-' || gen_random_uuid(), 'primary', $3, 'user', 'file.read', 'file', 'x', '', '', '{}', 'info', $1::timestamptz + n * interval '1 second'
       FROM generate_series(1, $2::int) n`,
    [at, count, actor],
  );
}

afterEach(async () => {
  await database.owner.query(`DELETE FROM np_auditlog_events WHERE id LIKE 'test-%'`);
});

const eventLevel = new Set(['sod', 'fail_burst', 'mass', 'first_seen']);
const comparable = (findings: readonly Finding[]) =>
  findings
    .filter(({ detector }) => !eventLevel.has(detector))
    .map(({ foundAt: _when, ...finding }) => finding)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe('a workspace that keeps only counts', () => {
  test('finds what one with every event finds, cites the same events, and shows the same heatmap', async () => {
    const [counts, rows] = [await refreshed(onlyCounts), await refreshed(bareRows)];
    const [found, expected] = [await counts.call.findings.list({}), await rows.call.findings.list({})];
    expect(found.filter(({ detector }) => detector === 'nb').length).toBeGreaterThan(3);
    expect(found.filter(({ detector }) => detector === 'z3').length).toBeGreaterThan(3);
    expect(comparable(found)).toEqual(comparable(expected));
    expect(found.every(({ detector }) => !eventLevel.has(detector))).toBe(true);
    expect(await counts.call.activity.heatmap({})).toEqual(await rows.call.activity.heatmap({}));
    expect(await counts.call.reviews.list({})).toEqual(await rows.call.reviews.list({}));
    const status = await counts.call.workspace.status();
    expect(status).toMatchObject({
      events: database.events,
      unattributed: (await rows.call.workspace.status()).unattributed,
    });
    const { events } = await counts.call.findings.get({ id: found[0]!.id });
    expect(events.map(({ id }) => id)).toEqual(found[0]!.eventIds);
  });

  test('keeps privileged and critical events whole, so that the queue is the same without a review table', async () => {
    const [counts, rows] = [await connected(onlyCounts), await connected(bareRows)];
    await database.owner.query('ALTER TABLE np_audit_privileged_reviews RENAME TO hidden_reviews');
    try {
      for (const station of [counts, rows]) await refresh(station, sampleEnd);
      const queue = await rows.call.reviews.list({});
      expect(queue.length).toBeGreaterThan(10);
      expect(await counts.call.reviews.list({})).toEqual(queue);
      const [first] = queue;
      expect(await counts.call.reviews.get({ id: first!.id })).toMatchObject({
        event: { id: first!.auditLogId },
      });
    } finally {
      await database.owner.query('ALTER TABLE hidden_reviews RENAME TO np_audit_privileged_reviews');
    }
  });

  test('reads on from where it was, and notices what came late by the count of its day', async () => {
    await insert('2026-11-05T14:00:00Z', 6);
    const station = await refreshed(onlyCounts);
    const mine = async () =>
      (await station.call.findings.list({})).find(({ actor }) => actor === 'late-larry');
    expect(await mine()).toBeUndefined();
    expect(await refresh(station)).toMatchObject({ events: database.events + 6, vanished: 0 });
    const again = await refresh(station);
    expect(again.pulled).toBeLessThan(200);
    expect(again).toMatchObject({ events: database.events + 6, newFindings: 0, changedFindings: 0 });
    await insert('2026-11-05T14:20:00Z', 3);
    expect(await refresh(station)).toMatchObject({ events: database.events + 9, vanished: 0 });
    expect((await station.call.activity.heatmap({ actor: 'late-larry' })).total).toBe(9);
  });

  test('a finding changes with what came late, and cites it', async () => {
    for (let day = 1; day <= 28; day += 1)
      await insert(`2026-10-${String(day).padStart(2, '0')}T09:00:00Z`, 2, 'busy-bea');
    await insert('2026-11-05T14:00:00Z', 6, 'busy-bea');
    const station = await refreshed(onlyCounts);
    const mine = async () =>
      (await station.call.findings.list({})).find(
        ({ actor, detector }) => actor === 'busy-bea' && detector === 'z3',
      );
    const before = await mine();
    expect(before).toMatchObject({ count: 6, version: 1 });
    expect(before!.eventIds).toHaveLength(6);
    await insert('2026-11-05T14:20:00Z', 3, 'busy-bea');
    await refresh(station, sampleEnd);
    expect(await mine()).toMatchObject({ id: before!.id, count: 9, version: 2 });
    const { events } = await station.call.findings.get({ id: before!.id });
    expect(events).toHaveLength(9);
    expect(events.every(({ metadata }) => metadata === '{}')).toBe(true);
  });

  test('what the database no longer shows is counted and kept', async () => {
    await insert('2026-11-05T14:00:00Z', 4);
    const station = await refreshed(onlyCounts);
    await database.owner.query(`DELETE FROM np_auditlog_events WHERE id LIKE 'test-%'`);
    expect(await refresh(station, sampleEnd)).toMatchObject({ vanished: 4, events: database.events + 4 });
  });

  test('one event dated in the far future does not hide those that follow', async () => {
    await insert('2150-01-01T00:00:00Z', 1);
    const station = await refreshed(onlyCounts);
    expect((await refresh(station)).events).toBe(database.events + 1);
    await insert(new Date().toISOString(), 2);
    expect((await refresh(station)).events).toBe(database.events + 3);
  });

  test('a replay looks back to the end of a quarter hour, on both sides', async () => {
    const station = await refreshed(onlyCounts);
    const asOf = '2026-11-05T14:07:00.000Z';
    const report = await refresh(station, asOf);
    const { rows } = await database.owner.query<{ count: number }>(
      `SELECT count(*)::int FROM np_auditlog_events WHERE created_at < '2026-11-05T14:00:00Z'`,
    );
    expect(report.events).toBe(rows[0]!.count);
    const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    expect(JSON.parse(packFile(file, 'data/ipe.json'))).toMatchObject({
      rows: report.events,
      completeness: 'complete',
    });
    expect((await station.call.activity.topActors({ limit: 5 })).length).toBe(5);
    expect((await refresh(station, sampleEnd)).events).toBe(database.events);
  });

  test('cancelled at any moment it says so, and the next one completes the work', async () => {
    const station = await connected(onlyCounts);
    for (const step of ['Connecting', 'Counting events', 'Judging', 'Fetching cited events']) {
      const { jobId } = await station.call.refresh.start({ asOf: sampleEnd });
      const isOver = async () => {
        const job = await station.call.jobs.get({ id: jobId });
        return job.state !== 'running' || job.step === step;
      };
      while (!(await isOver())) await new Promise((resolve) => void setImmediate(resolve));
      await station.call.jobs.cancel({ id: jobId });
      await station.jobs.wait(jobId).catch(() => undefined);
      const { state, problem } = await station.call.jobs.get({ id: jobId });
      if (state !== 'done') expect(problem).toMatchObject({ code: 'cancelled' });
    }
    expect(await refresh(station, sampleEnd)).toMatchObject({ events: database.events, vanished: 0 });
    const whole = await refreshed(onlyCounts);
    expect(comparable(await station.call.findings.list({}))).toEqual(
      comparable(await whole.call.findings.list({})),
    );
  });

  test('says which detectors it cannot run, and why', async () => {
    const station = await refreshed(onlyCounts);
    const listed = await station.call.detectors.list();
    const counting = listed.filter(({ evaluable }) => evaluable === true).map(({ id }) => id);
    expect(counting.toSorted()).toEqual(
      ['dormant', 'drift', 'gap', 'nb', 'peer', 'rare_time', 'series', 'z3'].toSorted(),
    );
    const others = listed.filter(({ id }) => !counting.includes(id));
    expect(others.length).toBeGreaterThan(20);
    expect(
      others.every(({ lacks, evaluable }) => lacks === 'the events themselves' && evaluable === false),
    ).toBe(true);
  });

  test('the other way of keeping is another mirror: nothing of the first is left in it', async () => {
    const station = await refreshed({ rows: true, fields: null, days: null });
    const before = await station.call.activity.heatmap({});
    await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin', mirror: onlyCounts });
    expect(await station.call.workspace.status()).toMatchObject({ events: 0, findings: 0 });
    await refresh(station, sampleEnd);
    const { segments } = station.cache.prepare('SELECT count(*) AS segments FROM segment').get() as {
      segments: number;
    };
    expect(segments).toBe(0);
    expect(await station.call.activity.heatmap({})).toEqual(before);
    await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    expect(await refresh(station, sampleEnd)).toMatchObject({ events: database.events });
    expect((await station.call.activity.events({ limit: 1 })).events).toHaveLength(1);
  });

  test('a pack says that events were only counted, and verifies', async () => {
    const station = await refreshed(onlyCounts);
    const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    const ipe = JSON.parse(packFile(file, 'data/ipe.json')) as Record<string, unknown>;
    expect(ipe).toMatchObject({
      rows: database.events,
      serverRows: database.events,
      completeness: 'complete',
      first: { id: '' },
    });
    expect(ipe['completenessReason']).toMatch(/not copied, only counted/);
    expect(JSON.stringify(ipe['filters'])).toMatch(
      /one canonical JSON line per day, account, actor, action and slot/,
    );
    expect((await verifyPack(readFileSync(file), { now: new Date().toISOString() })).verdict).toBe(
      'unpinned',
    );
    await refresh(station, sampleEnd);
    const again = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    expect(JSON.parse(packFile(again.file, 'data/ipe.json'))).toMatchObject({
      populationSha256: ipe['populationSha256'],
    });
  });

  test('fetches the events of an hour when somebody wants to look at them, and keeps them', async () => {
    await insert('2026-11-05T14:00:00Z', 6);
    await insert('2026-11-06T09:00:00Z', 2);
    const station = await refreshed(onlyCounts);
    const asked = { actor: 'late-larry' };
    expect(await station.call.activity.events(asked)).toMatchObject({ events: [], total: 8, next: null });
    const hour = { ...asked, hourOfWeek: 3 * 24 + 15 };
    expect(await station.call.activity.fetch(hour)).toEqual({ fetched: 6, missing: 0 });
    expect((await station.call.activity.events(hour)).events).toHaveLength(6);
    expect((await station.call.activity.events(asked)).events).toHaveLength(6);
    const day = { ...asked, from: '2026-11-06T00:00:00.000Z', to: '2026-11-07T00:00:00.000Z' };
    expect(await station.call.activity.fetch(day)).toEqual({ fetched: 2, missing: 0 });
    const { events, total } = await station.call.activity.events(asked);
    expect([events.length, total]).toEqual([8, 8]);
    expect(events.map(({ createdAt }) => createdAt)).toEqual(
      events
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    expect(await station.call.activity.fetch(asked)).toEqual({ fetched: 0, missing: 0 });
    const page = await station.call.activity.events({ ...asked, limit: 5 });
    const rest = await station.call.activity.events({ ...asked, limit: 5, before: page.next! });
    expect([...page.events, ...rest.events]).toEqual(events);
    expect((await station.call.workspace.status()).events).toBe(database.events + 8);
    const whole = await refreshed({ rows: true, fields: null, days: null });
    expect((await whole.call.activity.events(asked)).events).toEqual(events);
    expect(await whole.call.activity.fetch(asked)).toEqual({ fetched: 0, missing: 0 });
  });

  test('is asked for on the command line, where events are fetched too', async () => {
    await insert('2026-11-05T14:00:00Z', 3);
    const folder = workspaceFolder();
    expect((await runProgramHere(folder, ['connect', '--url', database.url, '--mirror', 'cells'])).code).toBe(
      0,
    );
    expect((await runProgramHere(folder, ['refresh', '--as-of', sampleEnd])).json).toMatchObject({
      events: database.events + 3,
    });
    const range = ['--from', '2026-11-05T14:00:00Z', '--to', '2026-11-05T15:00:00Z'];
    const listing = ['events', '--actor', 'late-larry', ...range];
    expect((await runProgramHere(folder, listing)).json).toMatchObject({ events: [], total: 3 });
    const fetched = await runProgramHere(folder, [...listing, '--fetch']);
    expect(fetched.json).toMatchObject({ events: [{}, {}, {}], total: 3 });
    expect(fetched.stderr).toMatch(/3 events were fetched; 0 more/);
  });

  test('a late commit just before the newest event is read, even when the counts of its day cannot tell', async () => {
    await insert('2026-11-15T10:00:00Z', 1, 'first');
    await insert('2026-11-15T23:45:05Z', 1, 'newest');
    const station = await refreshed(onlyCounts);
    await database.owner.query(
      `DELETE FROM np_auditlog_events WHERE id LIKE 'test-%' AND actor_user_id = 'first'`,
    );
    await insert('2026-11-15T23:36:00Z', 1, 'late');
    expect(await refresh(station, sampleEnd)).toMatchObject({ events: database.events + 3 });
    expect((await station.call.activity.events({ actor: 'late', limit: 5 })).total).toBe(1);
  });
});
