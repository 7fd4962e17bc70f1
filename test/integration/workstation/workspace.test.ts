// The workspace folder under bad luck: deleted, damaged, newer, shared by two programs, connected elsewhere.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { makeEvent, mirrorWriter } from '../../support/workspace.ts';
import { cellsOf } from '../../support/mirror.ts';
import type { Decision } from '../../../src-shared/model/review.ts';
import type { RefreshReport, SyncReport } from '../../../src-shared/model/workspace.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { recordedOutcomes } from '../../support/recorded-outcomes.ts';
import {
  openStation,
  otto,
  packFile,
  passphrase,
  preparedStation,
  rita,
  runProgram,
  sampleDatabase,
  sampleEnd,
  stationOfOne,
  workspaceFolder,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
  await database.owner.query('CREATE DATABASE elsewhere');
});

const refresh = async (station: Station, asOf = sampleEnd) =>
  (await station.finish(station.call.refresh.start({ asOf }))) as RefreshReport;
const pending = async (station: Station) => station.call.reviews.list({ status: 'pending' });

async function createElsewhere(): Promise<void> {
  const client = new Client({ connectionString: elsewhere() });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS audit_trail (id text, at timestamptz, who text, what text)');
  await client.end();
}

function lastConnection(station: Station): unknown {
  return station.ledger.entries().findLast(({ entry }) => entry.type === 'connection-changed')?.entry.payload;
}

function elsewhere(): string {
  const url = new URL(database.ownerUrl);
  url.pathname = '/elsewhere';
  return url.href;
}

describe('cache.sqlite', () => {
  test.each([
    ['alone', ['']],
    ['with its side files', ['', '-wal', '-shm']],
  ])(
    'may be deleted (%s) under an open workstation: the next refresh brings everything back',
    async (_, suffixes) => {
      const station = await preparedStation(database.url);
      const findings = await station.call.findings.list({});
      for (const suffix of suffixes) rmSync(join(station.folder, `cache.sqlite${suffix}`), { force: true });
      expect(await station.call.workspace.status()).toMatchObject({ events: 0, lastRefresh: null });
      expect(await refresh(station)).toMatchObject({ events: 6_000, duplicates: 0 });
      expect(await station.call.findings.list({})).toEqual(findings);
    },
  );

  test('deleted and pulled again by another program, it is the new one that is shown', async () => {
    const station = await preparedStation(database.url);
    await station.call.activity.heatmap({});
    rmSync(join(station.folder, 'cache.sqlite'));
    const { code, stderr } = await runProgram(station.folder, ['refresh', '--as-of', '2026-11-01T00:00:00Z']);
    expect(code, stderr).toBe(0);
    const status = await station.call.workspace.status();
    expect(status.lastRefresh).toMatchObject({ asOf: '2026-11-01T00:00:00.000Z' });
    expect(status.events).toBeLessThan(6_000);
    expect((await station.call.activity.heatmap({})).total).toBe(status.events);
    const sound = new Database(join(station.folder, 'cache.sqlite'), { readonly: true });
    expect(sound.pragma('integrity_check', { simple: true })).toBe('ok');
    sound.close();
  });

  test('damaged at its head it is set aside and replaced; decisions are not touched', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await station.call.reviews.decide({
      reviews: [{ id: item!.id }],
      decision: 'certify',
      reason: 'as agreed',
    });
    await station.close();
    writeFileSync(join(station.folder, 'cache.sqlite'), Buffer.alloc(4096, 'damage'), { flag: 'r+' });
    const reopened = await openStation(station.folder);
    expect(await reopened.call.workspace.status()).toMatchObject({ events: 0, reviewer: { id: rita.id } });
    expect(readdirSync(station.folder).some((name) => name.startsWith('cache.sqlite.damaged-'))).toBe(true);
    expect(await refresh(reopened)).toMatchObject({ events: 6_000 });
    expect((await reopened.call.reviews.get({ id: item!.id })).review.decision).toBe('certify');
  });

  test('damaged in the middle, a refresh and a screen say so in a sentence', async () => {
    const station = await preparedStation(database.url);
    station.cache.pragma('wal_checkpoint(TRUNCATE)');
    const leaves = station.cache
      .prepare(
        "SELECT pageno FROM dbstat WHERE name IN ('segment_column', 'day', 'finding_version') AND pagetype IN ('leaf', 'overflow')",
      )
      .all() as { pageno: number }[];
    await station.close();
    const path = join(station.folder, 'cache.sqlite');
    const broken = readFileSync(path);
    for (const { pageno } of leaves) broken.fill(0x5a, (pageno - 1) * 4096, pageno * 4096);
    writeFileSync(path, broken);
    const { call, finish } = await openStation(station.folder);
    const outcomes = await Promise.allSettled([
      call.findings.list({}),
      call.activity.heatmap({}),
      finish(call.refresh.start({ asOf: sampleEnd })),
    ]);
    for (const outcome of outcomes) {
      expect(outcome.status).toBe('rejected');
      expect(String((outcome as PromiseRejectedResult).reason)).toMatch(
        /local copy of the audit events is damaged/,
      );
    }
  });
});

describe('ledger.sqlite', () => {
  test('damaged, the workspace is refused and left exactly as it was', async () => {
    const station = await preparedStation(database.url);
    await station.close();
    const path = join(station.folder, 'ledger.sqlite');
    const broken = readFileSync(path);
    broken.fill(0x5a, 4096);
    writeFileSync(path, broken);
    const before = readFileSync(path);
    await expect(openStation(station.folder)).rejects.toMatchObject({ code: 'store-damaged' });
    expect(readFileSync(path).equals(before)).toBe(true);
    const { code, json } = await runProgramHere(station.folder, ['status']);
    expect(code).toBe(1);
    expect(json).toMatchObject({
      error: { code: 'store-damaged', next: expect.stringContaining('backups') },
    });
  });

  test.each(['ledger.sqlite', 'cache.sqlite'])('a newer %s is refused unchanged', async (name) => {
    const station = await preparedStation(database.url);
    await station.close();
    const raw = new Database(join(station.folder, name));
    raw.pragma('user_version = 9000');
    raw.close();
    await expect(openStation(station.folder)).rejects.toMatchObject({ code: 'store-newer' });
    const again = new Database(join(station.folder, name), { readonly: true });
    expect(again.pragma('user_version', { simple: true })).toBe(9000);
    again.close();
  });

  test('restored from a backup while open, it is not written to until the workspace is opened again', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    const path = join(station.folder, 'ledger.sqlite');
    const copy = join(station.folder, 'copy.sqlite');
    station.ledger.entries();
    copyFileSync(path, copy);
    rmSync(path);
    copyFileSync(copy, path);
    await expect(
      station.call.reviews.decide({ reviews: [{ id: item!.id }], decision: 'certify', reason: 'as agreed' }),
    ).rejects.toThrow(/moved, deleted or replaced/);
  });
});

describe('two programs on one workspace', () => {
  test('four start at once on a folder that is not there yet, and all find one ledger', async () => {
    const folder = join(workspaceFolder(), 'new');
    const results = await Promise.all([1, 2, 3, 4].map(() => runProgram(folder, ['status'])));
    for (const { code, stderr } of results) expect(code, stderr).toBe(0);
    const station = await openStation(folder);
    expect(station.ledger.entries().map(({ entry }) => entry.type)).toEqual(['workspace-created']);
  });

  test('refreshing in both at once ends with the same mirror and findings', async () => {
    const expected = await preparedStation(database.url);
    const station = await openStation();
    await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    const [here, there, third] = await Promise.all([
      refresh(station),
      runProgram(station.folder, ['refresh', '--as-of', sampleEnd]),
      runProgram(station.folder, ['refresh', '--as-of', sampleEnd]),
    ]);
    expect(there.code, there.stderr).toBe(0);
    expect(third.code, third.stderr).toBe(0);
    expect(here).toMatchObject({ events: 6_000, vanished: 0 });
    expect(await station.call.findings.list({})).toEqual(await expected.call.findings.list({}));
    const counted = cellsOf(station.cache).reduce((sum, { count }) => sum + count, 0);
    const { days, versions } = station.cache
      .prepare(
        'SELECT (SELECT sum(events) FROM day) AS days, (SELECT max(version) FROM finding_version) AS versions',
      )
      .get() as Record<string, number>;
    expect([counted, days, versions]).toEqual([6_000, 6_000, 1]);
  });

  test('deciding in both at once chains every decision, and both sync without sending one twice', async () => {
    const station = await preparedStation(database.url);
    const items = (await pending(station)).slice(0, 8);
    const [outside, inside] = [items.slice(0, 4), items.slice(4)];
    const [results] = await Promise.all([
      Promise.all(
        outside.map(({ id }) =>
          runProgram(station.folder, ['decide', id, 'certify', '--reason', 'as agreed']),
        ),
      ),
      ...inside.map(({ id }) =>
        station.call.reviews.decide({ reviews: [{ id }], decision: 'certify', reason: 'as agreed' }),
      ),
    ]);
    for (const { code, stderr } of results) expect(code, stderr).toBe(0);
    const ids = station.ledger
      .entries()
      .filter(({ entry }) => entry.type === 'decision')
      .map(({ entry }) => entry.id);
    expect(new Set(ids).size).toBe(8);
    expect(results.every(({ json }) => ids.includes((json as Decision).id))).toBe(true);
    const [mine, theirs] = await Promise.all([
      station.finish(station.call.sync.start()) as Promise<SyncReport>,
      runProgram(station.folder, ['sync']),
    ]);
    expect(theirs.code, theirs.stderr).toBe(0);
    const applied = mine.applied + (theirs.json as SyncReport).applied;
    expect(applied).toBe(8);
    const outcomes = recordedOutcomes(station.ledger.entries());
    expect(outcomes).toHaveLength(8);
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 0, conflicts: 0 });
    await database.owner.query(
      'UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE reviewer_id = $1',
      [rita.id],
    );
  });
});

describe('connecting elsewhere', () => {
  const mapping = {
    schema: 'public',
    table: 'audit_trail',
    columns: { id: 'id', createdAt: 'at', actor: 'who', action: 'what' },
  };

  test('a workspace without acts moves, and exports nothing of the database before', async () => {
    await createElsewhere();
    const station = await preparedStation(database.url);
    expect(await station.call.source.inspect({ url: elsewhere(), mapping })).not.toHaveProperty(
      'otherDatabase',
    );
    await station.call.source.connect({ url: elsewhere(), mapping });
    expect(await station.call.workspace.status()).toMatchObject({ events: 0, reviews: 0, findings: 0 });
    expect(await station.call.reviews.list({})).toEqual([]);
    expect((await station.finish(station.call.evidence.export({ passphrase }))) as object).toMatchObject({
      counts: { population: 0, findings: 0, decisions: 0 },
    });
    await station.call.source.connect({ url: database.url });
  });

  test('is refused at every door once somebody decided, also when nothing is unsent', async () => {
    await createElsewhere();
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await station.call.reviews.decide({
      reviews: [{ id: item!.id }],
      decision: 'abstain',
      reason: 'not mine',
    });
    expect((await station.call.workspace.status()).unsent).toBe(0);
    const before = station.ledger.state().entries;
    const { pathname } = new URL(database.url);
    const refusal = new RegExp(
      `pinned to the database “${pathname.slice(1)}” on 127.0.0.1, .* another database, “elsewhere” of the same server`,
    );
    await expect(station.call.source.connect({ url: elsewhere(), mapping })).rejects.toThrow(refusal);
    // Also where there is nothing to look at.
    await expect(station.call.source.inspect({ url: elsewhere() })).rejects.toThrow(refusal);
    const stated = { url: elsewhere(), mapping, sameDatabase: { reason: 'I say so' } };
    await expect(station.call.source.connect(stated)).rejects.toThrow(refusal);
    expect((await station.call.source.inspect({ url: elsewhere(), mapping })).otherDatabase).toEqual({
      sentence: expect.stringMatching(refusal),
      next: expect.stringContaining('--workspace DIR'),
      mayBeSame: false,
    });
    const file = join(station.folder, 'mapping.json');
    writeFileSync(file, JSON.stringify(mapping));
    const args = ['connect', '--url', elsewhere(), '--mapping', file];
    expect(await runProgramHere(station.folder, args)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('--workspace DIR'),
    });
    expect(station.ledger.state().entries).toBe(before);
    expect(await station.call.source.probe()).toMatchObject({ online: true, message: null });
    expect(await pending(station)).not.toEqual([]);
  });

  test('the same database under another host and user is the same, and its queue stays', async () => {
    const station = await stationOfOne(database.url);
    const [item] = (await pending(station)).filter(({ actor }) => actor !== rita.id);
    await station.call.reviews.decide({
      reviews: [{ id: item!.id }],
      decision: 'certify',
      reason: 'as agreed',
    });
    const owner = new URL(database.ownerUrl);
    owner.hostname = 'localhost';
    const report = await station.call.source.inspect({ url: owner.href });
    expect(report).not.toHaveProperty('otherDatabase');
    await station.call.source.connect({ url: owner.href });
    await refresh(station);
    expect((await station.call.workspace.status()).decided).toBe(1);
    expect(lastConnection(station)).not.toHaveProperty('sameDatabase');
  });

  test('where the number may not be asked for, another address is taken on a person’s word, which is kept', async () => {
    const ask = 'EXECUTE ON FUNCTION pg_control_system()';
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query(`REVOKE ${ask} FROM PUBLIC`);
    try {
      const station = await stationOfOne(database.url);
      const [item] = (await pending(station)).filter(({ actor }) => actor !== rita.id);
      await station.call.reviews.decide({
        reviews: [{ id: item!.id }],
        decision: 'certify',
        reason: 'as agreed',
      });
      const moved = new URL(database.url);
      moved.hostname = 'localhost';
      const { otherDatabase } = await station.call.source.inspect({ url: moved.href });
      expect(otherDatabase).toMatchObject({
        mayBeSame: true,
        sentence: expect.stringMatching(/cannot be told/),
      });
      await expect(station.call.source.connect({ url: moved.href })).rejects.toThrow(/cannot be told/);
      const args = ['connect', '--url', moved.href];
      expect((await runProgramHere(station.folder, [...args, '--same-database'])).code).toBe(2);
      expect((await runProgramHere(station.folder, [...args, '--reason', 'moved'])).code).toBe(2);
      const statement = ['--same-database', '--reason', 'the host was renamed'];
      expect((await runProgramHere(station.folder, [...args, ...statement])).code).toBe(0);
      expect(lastConnection(station)).toMatchObject({
        host: 'localhost',
        sameDatabase: { basis: 'stated', reason: 'the host was renamed' },
      });
      expect((await station.call.source.inspect({ url: moved.href })).otherDatabase).toBeUndefined();
      await refresh(station);
      expect(await station.call.workspace.status()).toMatchObject({ decided: 1, unsent: 1 });
      // The number may be asked for again: by its address it is the same, and the decision still belongs there.
      await client.query(`GRANT ${ask} TO PUBLIC`);
      await station.call.source.connect({ url: moved.href });
      expect(lastConnection(station)).toMatchObject({
        sameDatabase: { basis: 'address', reason: null },
      });
      expect((await station.call.ledger.rebuild()).ok).toBe(true);
      await refresh(station);
      expect((await station.finish(station.call.sync.start())) as SyncReport).toMatchObject({ applied: 1 });
      await createElsewhere();
      await expect(station.call.source.connect({ url: elsewhere(), mapping })).rejects.toThrow(
        /of the same server/,
      );
    } finally {
      await client.query(`GRANT ${ask} TO PUBLIC`);
      await client.query(
        'UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE reviewer_id = $1',
        [rita.id],
      );
      await client.end();
    }
  });

  test('the mirror of another source is never exported as this one’s', async () => {
    const station = await preparedStation(database.url);
    station.cache.prepare("UPDATE source_state SET identity = 'another'").run();
    await expect(station.finish(station.call.evidence.export({ passphrase }))).rejects.toThrow(
      /nothing was exported/,
    );
    expect(existsSync(join(station.folder, 'packs'))).toBe(false);
    await refresh(station);
    await station.finish(station.call.evidence.export({ passphrase }));
    expect(readdirSync(join(station.folder, 'packs'))).toHaveLength(1);
  });

  test('another zone keeps the mirror; another account or mapping empties it', async () => {
    const station = await preparedStation(database.url);
    await station.call.source.connect({ url: database.url, zone: 'Asia/Kolkata' });
    expect((await station.call.workspace.status()).events).toBe(6_000);
    await station.call.source.connect({ url: database.url, sourceAccount: 'primary' });
    expect((await station.call.workspace.status()).events).toBe(0);
    expect(await refresh(station)).toMatchObject({ events: 6_000 });
    await station.call.source.connect({ url: database.url, sourceAccount: 'primary' });
    expect((await station.call.workspace.status()).events).toBe(6_000);
  });
});

test('the same reviewer again changes nothing; back from another, the old key is used again', async () => {
  const station = await preparedStation(database.url);
  const { key } = await station.call.workspace.setReviewer({ ...rita, passphrase });
  const before = station.ledger.entries().length;
  await station.call.workspace.setReviewer({ ...rita, passphrase });
  expect(station.ledger.entries()).toHaveLength(before);
  const other = await station.call.workspace.setReviewer({ ...otto, passphrase });
  expect(other.key.fingerprint).not.toBe(key.fingerprint);
  expect((await station.call.workspace.setReviewer({ ...rita, passphrase })).key).toEqual(key);
  expect((await station.call.workspace.status()).key).toEqual(key);
  expect(await station.call.workspace.keys()).toHaveLength(2);
});

test('events read by a refresh that did not come to its end leave the population incomplete, and it says so', async () => {
  const station = await preparedStation(database.url);
  mirrorWriter(station.cache)([
    makeEvent({ id: 'half-way', createdAtMicroseconds: Date.parse('2026-11-15T12:00:00Z') * 1000 }),
  ]);
  const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
  const ipe = JSON.parse(packFile(file, 'data/ipe.json')) as Record<string, unknown>;
  expect(ipe).toMatchObject({
    completeness: 'incomplete',
    completenessReason:
      'The mirror holds 6001 events, but the database counted 6000 at the last refresh that came to its end.',
  });
  expect((await verifyPack(readFileSync(file), { now: new Date().toISOString() })).verdict).toBe('unpinned');
});

test('undoing the last decision on an item that is gone takes it from the list and says so', async () => {
  const station = await preparedStation(database.url);
  const [item] = await pending(station);
  await station.call.reviews.decide({
    reviews: [{ id: item!.id }],
    decision: 'certify',
    reason: 'as agreed',
  });
  station.cache.prepare('DELETE FROM server_review WHERE id = ?').run(item!.id);
  expect((await station.call.reviews.get({ id: item!.id })).review).toMatchObject({
    status: 'gone',
    decision: 'certify',
  });
  expect(await station.call.reviews.undo({ id: item!.id })).toMatchObject({
    status: 'gone',
    decision: null,
    sync: null,
  });
  await expect(station.call.reviews.get({ id: item!.id })).rejects.toThrow(/no such review/);
});
