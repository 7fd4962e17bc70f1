// The source's own anomalies over a real database: shown beside ours, judged once each, and joined by our findings only where wanted.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { SyncReport } from '../../../src-shared/model/workspace.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { headNotePath } from '../../../src-main/store/ledger/head-note.ts';
import {
  openStation,
  otto,
  packFile,
  passphrase,
  preparedStation,
  rita,
  sampleDatabase,
  sampleEnd,
  workspaceFolder,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;
const reviewer = 'countersign_reviewer';

beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
  await database.owner.query(`GRANT INSERT ON np_audit_anomalies TO ${reviewer}`);
});

beforeEach(async () => {
  await database.owner.query(`DELETE FROM np_audit_anomalies WHERE context ? 'countersign'`);
  await database.owner.query(
    `UPDATE np_audit_anomalies SET reviewed_by = NULL, reviewed_at = NULL, disposition = NULL WHERE reviewed_by = ANY($1::uuid[])`,
    [[rita.id, otto.id]],
  );
});

const sync = async (station: Station) => (await station.finish(station.call.sync.start())) as SyncReport;
const refresh = (station: Station) => station.finish(station.call.refresh.start({ asOf: sampleEnd }));
/** Those one person may judge alone: what is critical waits for a second one. */
const open = async (station: Station) =>
  (await station.call.anomalies.list({ status: 'open' })).anomalies.filter(
    ({ severity }) => severity !== 'critical',
  );
const critical = async (station: Station) =>
  (await station.call.anomalies.list({ status: 'open' })).anomalies.find(
    ({ severity }) => severity === 'critical',
  )!;
const rowOf = async (id: string) =>
  (
    await database.owner.query<Record<string, unknown>>('SELECT * FROM np_audit_anomalies WHERE id = $1', [
      id,
    ])
  ).rows[0];
const dispose = (
  station: Station,
  id: string,
  disposition: 'acknowledged' | 'false-positive' | 'escalated' = 'acknowledged',
) => station.call.anomalies.dispose({ id, disposition, note: 'seen, and asked about' });
const get = async (station: Station, id: string) => (await station.call.anomalies.get({ id })).anomaly;

/** A workspace as a kill would leave it: the ledger ends with the entry of this type. */
function killedAfter(station: Station, type: string): string {
  const { seq } = station.ledger.entries().findLast(({ entry }) => entry.type === type)!.entry;
  const twin = workspaceFolder();
  cpSync(station.folder, twin, { recursive: true });
  const raw = new Database(join(twin, 'ledger.sqlite'));
  const trigger = raw
    .prepare<[], { sql: string }>(`SELECT sql FROM sqlite_schema WHERE name = 'entry_refuses_delete'`)
    .get()!;
  raw.exec(`DROP TRIGGER entry_refuses_delete; DELETE FROM entry WHERE seq > ${seq}; ${trigger.sql}`);
  raw.close();
  rmSync(headNotePath(twin), { force: true });
  return twin;
}

describe('pulled', () => {
  test('are shown in their own words, apart from our findings, with the disposition others gave them', async () => {
    const station = await preparedStation(database.url);
    const list = await station.call.anomalies.list({});
    const { rows } = await database.owner.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM np_audit_anomalies',
    );
    expect(list).toMatchObject({ state: 'read', total: rows[0]!.n });
    const spike = list.anomalies.find(({ anomalyType }) => anomalyType === 'freq_spike')!;
    expect(spike).toMatchObject({
      score: '6.20',
      severity: 'high',
      status: 'reviewed',
      server: { disposition: 'false_positive', understoodAs: 'false-positive' },
      disposition: null,
    });
    expect(spike.scoreScale).toContain('z_score');
    const findings = await station.call.findings.list({});
    expect(findings.some(({ id }) => list.anomalies.some((anomaly) => anomaly.id === id))).toBe(false);
  });

  test('say when they changed, vanished and came back', async () => {
    const station = await preparedStation(database.url);
    const [a] = await open(station);
    const before = await rowOf(a!.id);
    try {
      await database.owner.query('UPDATE np_audit_anomalies SET z_score = 9.99 WHERE id = $1', [a!.id]);
      await refresh(station);
      expect(await get(station, a!.id)).toMatchObject({ score: '9.99', changed: ['score'] });
      expect((await station.call.anomalies.get({ id: a!.id })).versions.map(({ score }) => score)).toEqual([
        '9.99',
        a!.score,
      ]);
      await database.owner.query('DELETE FROM np_audit_anomalies WHERE id = $1', [a!.id]);
      await refresh(station);
      expect(await get(station, a!.id)).toMatchObject({ status: 'gone', vanishedAt: expect.any(String) });
      await expect(dispose(station, a!.id)).rejects.toThrow(/no longer shows/);
    } finally {
      await database.owner.query(
        `INSERT INTO np_audit_anomalies SELECT * FROM jsonb_populate_record(NULL::np_audit_anomalies, $1)
         ON CONFLICT (id) DO UPDATE SET z_score = EXCLUDED.z_score`,
        [JSON.stringify(before)],
      );
    }
    await refresh(station);
    expect(await get(station, a!.id)).toMatchObject({
      status: 'open',
      vanishedAt: null,
      returnedAt: expect.any(String),
    });
  });
});

describe('judged', () => {
  test('are written back once, in the words the table allows, by whoever judged', async () => {
    const station = await preparedStation(database.url);
    const [a, b, c] = await open(station);
    await dispose(station, a!.id, 'acknowledged');
    await dispose(station, b!.id, 'false-positive');
    await dispose(station, c!.id, 'escalated');
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 3 });
    expect((await station.call.sync.dryRun()).wouldDispose).toMatchObject([
      { anomaly: a!.id, disposition: 'acknowledged', again: false },
      { anomaly: b!.id },
      { anomaly: c!.id },
    ]);
    expect((await sync(station)).anomalies).toMatchObject({ sent: 3, applied: 3, held: [] });
    const written = [await rowOf(a!.id), await rowOf(b!.id), await rowOf(c!.id)];
    expect(written.map((row) => row!['disposition'])).toEqual([
      'true_positive',
      'false_positive',
      'escalated',
    ]);
    expect(written.every((row) => row!['reviewed_by'] === rita.id)).toBe(true);
    expect(await get(station, a!.id)).toMatchObject({
      status: 'acknowledged',
      sync: 'applied',
      conflict: false,
    });
    expect((await sync(station)).anomalies).toMatchObject({ sent: 0 });
  });

  test('a disposition whose answer was lost is sent again and known as ours', async () => {
    const station = await preparedStation(database.url);
    const [a] = await open(station);
    await dispose(station, a!.id);
    await sync(station);
    const before = await rowOf(a!.id);
    const twin = await openStation(killedAfter(station, 'sync-sent'));
    expect((await get(twin, a!.id)).sync).toBe('unknown');
    expect((await sync(twin)).anomalies).toMatchObject({ sent: 1, alreadyMine: 1 });
    expect(await rowOf(a!.id)).toEqual(before);
    expect(await get(twin, a!.id)).toMatchObject({ sync: 'already-mine', status: 'acknowledged' });
  });

  test('two programs sending the same one at the same moment write it once and record one outcome', async () => {
    const here = await preparedStation(database.url);
    const [a] = await open(here);
    await dispose(here, a!.id);
    const there = await openStation(here.folder);
    const lock = new Client({ connectionString: database.ownerUrl });
    await lock.connect();
    onTestFinished(() => lock.end());
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM np_audit_anomalies WHERE id = $1 FOR UPDATE', [a!.id]);
    const both = Promise.all([sync(here), sync(there)]);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%np_audit_anomalies%'`;
    while ((await database.owner.query(waiting)).rowCount !== 2)
      await new Promise((resolve) => void setImmediate(resolve));
    await lock.query('COMMIT');
    const [mine, theirs] = (await both).map(({ anomalies }) => anomalies!);
    expect([mine!.applied + theirs!.applied, mine!.alreadyMine + theirs!.alreadyMine]).toEqual([1, 1]);
    const outcomes = here.ledger
      .entries()
      .filter(({ entry }) => entry.type === 'sync-outcome' && 'anomalies' in entry.payload);
    expect(outcomes).toHaveLength(1);
  });

  test('the same words by the same reviewer, from elsewhere, are not taken for ours', async () => {
    const station = await preparedStation(database.url);
    const twin = await openStation(killedAfter(station, 'reviewer-changed'));
    const [a] = await open(station);
    await dispose(station, a!.id);
    await dispose(twin, a!.id);
    await sync(station);
    const report = await sync(twin);
    expect(report.anomalies).toMatchObject({ superseded: 1, alreadyMine: 0 });
    expect(report.anomalies!.items[0]!.detail).toMatch(/same reviewer/);
    expect((await get(twin, a!.id)).conflict).toBe(true);
  });

  test('the first on the server wins; ours stays here as a conflict when it differs', async () => {
    const station = await preparedStation(database.url);
    const [a] = await open(station);
    await dispose(station, a!.id, 'acknowledged');
    await database.owner.query(
      `UPDATE np_audit_anomalies SET reviewed_by = $2, reviewed_at = now(), disposition = 'false_positive' WHERE id = $1`,
      [a!.id, otto.id],
    );
    expect((await sync(station)).anomalies).toMatchObject({ superseded: 1, applied: 0 });
    expect(await rowOf(a!.id)).toMatchObject({ reviewed_by: otto.id, disposition: 'false_positive' });
    expect(await get(station, a!.id)).toMatchObject({
      conflict: true,
      sync: 'superseded',
      disposition: 'acknowledged',
      server: { reviewedBy: otto.id },
    });
  });

  test('what needs a second person leaves only once that person concurred', async () => {
    const station = await preparedStation(database.url);
    const { id } = await critical(station);
    expect(await dispose(station, id)).toMatchObject({ status: 'open', sync: 'awaiting-second' });
    expect((await station.call.sync.dryRun()).wouldDispose).toEqual([]);
    expect((await sync(station)).anomalies).toMatchObject({ sent: 0 });
    expect((await rowOf(id))!['reviewed_at']).toBeNull();
    expect((await station.call.independence.awaiting()).anomalies.map((one) => one.id)).toEqual([id]);
    await station.call.workspace.setReviewer({ ...otto, passphrase });
    await station.call.anomalies.concur({ id, agree: true, reason: 'the same as in the ticket' });
    expect((await sync(station)).anomalies).toMatchObject({ sent: 1, applied: 1 });
    expect(await rowOf(id)).toMatchObject({ reviewed_by: rita.id, disposition: 'true_positive' });
    await expect(
      station.call.anomalies.concur({ id, agree: false, reason: 'on second thoughts' }),
    ).rejects.toThrow(/already been sent/);
  });

  test('one that turns out to be about the reviewer is rejected before it is sent', async () => {
    const station = await preparedStation(database.url);
    const [a] = await open(station);
    await dispose(station, a!.id);
    await station.call.independence.addAliases({ add: [a!.user!], reason: 'HR list' });
    const report = (await sync(station)).anomalies!;
    expect(report).toMatchObject({ applied: 0, rejected: 1 });
    expect(report.items[0]!.detail).toMatch(/nobody reviews their own action/);
    expect((await rowOf(a!.id))!['reviewed_at']).toBeNull();
    expect(station.ledger.entries().some(({ entry }) => entry.type === 'sync-sent')).toBe(false);
  });

  test('a row that changed since it was shown is not written, and asks again', async () => {
    const station = await preparedStation(database.url);
    const [a] = await open(station);
    await dispose(station, a!.id);
    await database.owner.query(
      `UPDATE np_audit_anomalies SET context = context || '{"late": true}' WHERE id = $1`,
      [a!.id],
    );
    const report = await sync(station);
    expect(report.anomalies).toMatchObject({ changed: 1, applied: 0 });
    expect(report.anomalies!.items[0]!.detail).toContain('context');
    expect((await rowOf(a!.id))!['reviewed_at']).toBeNull();
    expect(await get(station, a!.id)).toMatchObject({ status: 'open', changed: ['context'] });
    await expect(
      station.call.anomalies.dispose({
        id: a!.id,
        disposition: 'escalated',
        note: 'as it was',
        shown: a!.digest,
      }),
    ).rejects.toThrow(/changed after it was shown/);
  });

  test('nobody judges an anomaly about themselves: the attempt is on record', async () => {
    const station = await preparedStation(database.url);
    const [a] = await open(station);
    await station.call.workspace.setReviewer({
      name: 'Own',
      id: a!.user!,
      email: 'own@example.org',
      passphrase,
    });
    await expect(dispose(station, a!.id)).rejects.toThrow(/about yourself/);
    const types = station.ledger.entries().map(({ entry }) => entry.type);
    expect(types).toContain('self-review-refused');
    expect(types).not.toContain('anomaly-disposition');
  });

  test('without the right to write, they wait, decisions go out all the same, and the report says why', async () => {
    await database.owner.query(`REVOKE UPDATE (disposition) ON np_audit_anomalies FROM ${reviewer}`);
    try {
      const station = await preparedStation(database.url);
      const [a] = await open(station);
      await dispose(station, a!.id);
      const { anomalies } = await sync(station);
      expect(anomalies).toMatchObject({ sent: 0, held: [expect.stringContaining('needs UPDATE')] });
      expect((await get(station, a!.id)).sync).toBe('unsent');
    } finally {
      await database.owner.query(`GRANT UPDATE (disposition) ON np_audit_anomalies TO ${reviewer}`);
    }
  });
});

describe('published findings', () => {
  const ownRows = async () =>
    (
      await database.owner.query<{
        id: string;
        anomaly_type: string;
        z_score: string | null;
        finding: string;
      }>(
        `SELECT id, anomaly_type, z_score, context -> 'countersign' ->> 'finding' AS finding FROM np_audit_anomalies WHERE context ? 'countersign'`,
      )
    ).rows;

  test('nothing is published unless somebody turned it on; then each finding once, from two laptops too', async () => {
    const here = await preparedStation(database.url);
    await sync(here);
    expect(await ownRows()).toEqual([]);
    const there = await preparedStation(database.url, otto);
    for (const station of [here, there])
      await station.call.anomalies.setPublication({ isOn: true, reason: 'the operators read that table' });
    expect((await here.call.sync.dryRun()).wouldPublish).toBeGreaterThan(0);
    const { waiting, isOn } = await here.call.anomalies.publication();
    expect(isOn).toBe(true);
    expect(waiting).toBeGreaterThan(0);
    const [first, second] = await Promise.all([sync(here), sync(there)]);
    const outcomes = [...first.anomalies!.published, ...second.anomalies!.published].map(
      ({ outcome }) => outcome,
    );
    expect(outcomes.filter((outcome) => outcome === 'published')).toHaveLength(waiting);
    expect(outcomes.filter((outcome) => outcome === 'already-there')).toHaveLength(waiting);
    const rows = await ownRows();
    expect(rows).toHaveLength(waiting);
    expect(new Set(rows.map(({ finding }) => finding)).size).toBe(waiting);
    const { waiting: left, published } = await here.call.anomalies.publication();
    expect([left, published.length]).toEqual([0, waiting]);
    expect((await sync(here)).anomalies!.published).toEqual([]);
    await refresh(here);
    const listed = await here.call.anomalies.list({ status: 'published' });
    expect(listed.total).toBe(waiting);
    await expect(dispose(here, rows[0]!.id)).rejects.toThrow(/finding of our own/);
  });

  test('a row that took the id is left alone and named', async () => {
    const station = await preparedStation(database.url);
    await station.call.anomalies.setPublication({ isOn: true, reason: 'the operators read that table' });
    await sync(station);
    const [row] = await ownRows();
    await database.owner.query(`UPDATE np_audit_anomalies SET context = '{"theirs": 1}' WHERE id = $1`, [
      row!.id,
    ]);
    try {
      const twin = await openStation(killedAfter(station, 'publication-changed'));
      const { published } = (await sync(twin)).anomalies!;
      expect(published.filter(({ outcome }) => outcome === 'taken').map(({ anomaly }) => anomaly)).toEqual([
        row!.id,
      ]);
      expect((await rowOf(row!.id))!['context']).toEqual({ theirs: 1 });
    } finally {
      await database.owner.query('DELETE FROM np_audit_anomalies WHERE id = $1', [row!.id]);
    }
  });
});

describe('on record', () => {
  test('all of it can be rebuilt from the first entry, and travels in a pack that verifies', async () => {
    const station = await preparedStation(database.url);
    const [a] = await open(station);
    await dispose(station, a!.id);
    await station.call.anomalies.setPublication({ isOn: true, reason: 'the operators read that table' });
    await sync(station);
    expect(await station.call.ledger.rebuild()).toMatchObject({ difference: null });
    const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    expect(packFile(file, 'data/ledger.jsonl')).toContain('"anomaly-disposition"');
    expect((await verifyPack(readFileSync(file), { now: new Date().toISOString() })).verdict).toBe(
      'unpinned',
    );
  });
});

describe('in conflict', () => {
  test('stand beside conflicts about reviews, are closed with a note, and travel in a pack that verifies', async () => {
    const station = await preparedStation(database.url);
    const [a, b] = await open(station);
    await dispose(station, a!.id, 'acknowledged');
    await dispose(station, b!.id, 'escalated');
    const judge = (id: string, word: string) =>
      database.owner.query(
        'UPDATE np_audit_anomalies SET reviewed_by = $2, reviewed_at = now(), disposition = $3 WHERE id = $1',
        [id, otto.id, word],
      );
    await judge(a!.id, 'false_positive');
    await judge(b!.id, 'escalated');
    await sync(station);
    const list = await station.call.conflicts.list({ kind: 'anomaly' });
    expect(list).toMatchObject({ open: 1, closed: 0, corroborations: 1 });
    expect(list.conflicts).toMatchObject([
      { kind: 'anomaly', anomaly: a!.id, cause: 'decided-first', theirs: { reviewedBy: otto.id } },
      { kind: 'anomaly', anomaly: b!.id, standing: 'corroboration' },
    ]);
    expect(await station.call.conflicts.list({ kind: 'review' })).toMatchObject({ conflicts: [] });
    expect(await station.call.workspace.status()).toMatchObject({ conflicts: 1, corroborations: 1 });
    expect(await station.call.conflicts.get({ id: a!.id })).toMatchObject({ kind: 'anomaly' });
    await station.call.conflicts.close({ id: a!.id, note: 'Otto was right.' });
    await refresh(station);
    expect(await station.call.workspace.status()).toMatchObject({ conflicts: 0, closedConflicts: 1 });
    await judge(a!.id, 'true_positive');
    await judge(a!.id, 'false_positive');
    await refresh(station);
    expect(await station.call.conflicts.list({})).toMatchObject({
      open: 1,
      conflicts: [{ reopened: true }, {}],
    });
    await station.call.conflicts.close({ id: a!.id, kind: 'anomaly', note: 'Otto judged it once more.' });
    expect(await station.call.ledger.rebuild()).toMatchObject({ difference: null });

    const { file, counts } = (await station.finish(
      station.call.evidence.export({ passphrase }),
    )) as ExportReport;
    expect(counts.conflicts).toBe(1);
    const lines = packFile(file, 'data/conflicts.jsonl').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject(
      [a!.id, b!.id].toSorted().map((anomaly) => ({ kind: 'anomaly', anomaly })),
    );
    const { verdict, checks } = await verifyPack(readFileSync(file), { now: new Date().toISOString() });
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['signer']);
    expect(verdict).toBe('unpinned');
    expect(packFile(file, 'data/report.html')).toContain('Otto judged it once more.');
  });
});

describe('connecting', () => {
  test('the report says what the rights allow', async () => {
    const station = await openStation();
    const report = await station.call.source.inspect({ url: database.url });
    expect(report.anomalyTable).toMatchObject({ cannotDispose: null, cannotPublish: null });
    expect(report.sentences.join('\n')).toContain('“acknowledged” is written as true_positive');
    await database.owner.query(`REVOKE INSERT ON np_audit_anomalies FROM ${reviewer}`);
    try {
      const { sentences } = await station.call.source.inspect({ url: database.url });
      expect(sentences.join('\n')).toMatch(/may not add findings .* needs INSERT/);
    } finally {
      await database.owner.query(`GRANT INSERT ON np_audit_anomalies TO ${reviewer}`);
    }
  });
});
