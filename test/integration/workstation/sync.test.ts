// Decisions on their way to a real database: once each, first come first served, nothing lost on either side.
import { cpSync, rmSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { SyncReport } from '../../../src-shared/model/workspace.ts';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import { undoDecision } from '../../../src-main/review/decide.ts';
import { closeSource, connectSource } from '../../../src-main/source/client.ts';
import { pushDecisions } from '../../../src-main/sync/push.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { parseNotes } from '../../../src-main/source/notes.ts';
import {
  openStation,
  otto,
  packFile,
  passphrase,
  stationOfOne as preparedStation,
  rita,
  sampleDatabase,
  workspaceFolder,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase();
});

beforeEach(async () => {
  await database.owner.query(
    `UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE notes LIKE '[rv1 %' OR reviewer_id = ANY($1::uuid[])`,
    [[rita.id, otto.id]],
  );
});

const pending = async (station: Station) =>
  (await station.call.reviews.list({ status: 'pending' })).filter(
    (review) => review.actor !== rita.id && review.actor !== otto.id,
  );
const decide = (
  station: Station,
  id: string,
  decision: 'certify' | 'revoke' | 'modify' | 'abstain' | 'escalate',
  reason = 'checked against the ticket',
) => station.call.reviews.decide({ reviews: [{ id }], decision, reason });
const sync = async (station: Station) => (await station.finish(station.call.sync.start())) as SyncReport;
const serverRow = async (id: string) =>
  (
    await database.owner.query<{
      reviewer_id: string | null;
      reviewed_at: Date | null;
      notes: string | null;
    }>('SELECT reviewer_id, reviewed_at, notes FROM np_audit_privileged_reviews WHERE id = $1', [id])
  ).rows[0]!;

/** A workspace as a kill would leave it: the ledger ends with entry `seq`. */
function ledgerUpTo(folder: string, seq: number): string {
  const twin = workspaceFolder();
  cpSync(folder, twin, { recursive: true });
  const raw = new Database(join(twin, 'ledger.sqlite'));
  const refusing = raw
    .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'entry_refuses_delete'")
    .pluck()
    .get();
  raw.exec(`DROP TRIGGER entry_refuses_delete; DELETE FROM entry WHERE seq > ${seq}; ${refusing}`);
  raw.close();
  // The note beside the ledger would say that it reached further.
  rmSync(join(twin, 'ledger-head.txt'));
  return twin;
}

describe('sync', () => {
  test('writes final decisions once, with notes anyone can parse, and leaves the others here', async () => {
    const station = await preparedStation(database.url);
    const [a, b, c, d, e] = await pending(station);
    await decide(station, a!.id, 'certify');
    await decide(station, b!.id, 'revoke', 'line one\nline ] two');
    await decide(station, c!.id, 'modify');
    await decide(station, d!.id, 'abstain');
    await decide(station, e!.id, 'escalate');
    expect(await sync(station)).toMatchObject({ sent: 3, applied: 3, superseded: 0, rejected: 0 });
    expect(await sync(station)).toMatchObject({ sent: 0, applied: 0 });
    const row = await serverRow(b!.id);
    expect(row.reviewer_id).toBe(rita.id);
    expect(row.reviewed_at).toBeInstanceOf(Date);
    const [decision] = (await station.call.reviews.get({ id: b!.id })).decisions;
    expect(parseNotes(row.notes)).toMatchObject({
      decision: 'revoke',
      decisionId: decision!.id,
      entryHash: decision!.hash.slice(0, 12),
      reason: 'line one\nline ] two',
    });
    expect((await serverRow(d!.id)).reviewed_at).toBeNull();
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 0, decided: 3 });
  });

  test('the first committed decision wins; the loser is kept and shown with theirs', async () => {
    const [first, second] = [
      await preparedStation(database.url, rita),
      await preparedStation(database.url, otto),
    ];
    const [item] = await pending(first);
    await decide(first, item!.id, 'certify');
    await decide(second, item!.id, 'revoke', 'nobody asked for this role');
    expect(await sync(first)).toMatchObject({ applied: 1 });
    expect(await sync(second)).toMatchObject({ sent: 1, applied: 0, superseded: 1 });
    expect((await serverRow(item!.id)).reviewer_id).toBe(rita.id);
    const { review, decisions } = await second.call.reviews.get({ id: item!.id });
    expect(review).toMatchObject({
      conflict: true,
      decision: 'revoke',
      sync: 'superseded',
      server: { reviewer: rita.id },
    });
    expect(decisions[0]).toMatchObject({ reason: 'nobody asked for this role' });
    expect(await second.call.workspace.status()).toMatchObject({ conflicts: 1, unsent: 0 });
  });

  test('an answer that was lost is settled by sending the same decision again', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    const [decision] = await decide(station, item!.id, 'certify');
    await sync(station);
    const sentSeq = station.ledger.entries().find(({ entry }) => entry.type === 'sync-sent')!.entry.seq;
    await station.close();
    const twin = await openStation(ledgerUpTo(station.folder, sentSeq));
    await twin.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    expect(await sync(twin)).toMatchObject({ sent: 1, alreadyMine: 1, applied: 0 });
    expect(parseNotes((await serverRow(item!.id)).notes)?.decisionId).toBe(decision!.id);
  });

  test('a row that changed after it was shown is not decided', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await decide(station, item!.id, 'certify');
    await database.owner.query(
      `UPDATE np_audit_privileged_reviews SET due_at = due_at + interval '1 day' WHERE id = $1`,
      [item!.id],
    );
    try {
      expect(await sync(station)).toMatchObject({ changed: 1, applied: 0 });
      expect((await serverRow(item!.id)).reviewed_at).toBeNull();
      const { review } = await station.call.reviews.get({ id: item!.id });
      expect(review).toMatchObject({ sync: 'changed', status: 'pending', decision: 'certify' });
      await decide(station, item!.id, 'certify');
      expect(await sync(station)).toMatchObject({ applied: 1 });
    } finally {
      await database.owner.query(
        `UPDATE np_audit_privileged_reviews SET due_at = due_at - interval '1 day' WHERE id = $1`,
        [item!.id],
      );
    }
  });

  test('a row that vanished is reported and its decision kept', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await decide(station, item!.id, 'certify');
    const { rows } = await database.owner.query(
      'DELETE FROM np_audit_privileged_reviews WHERE id = $1 RETURNING *',
      [item!.id],
    );
    try {
      expect(await sync(station)).toMatchObject({ notVisible: 1 });
      expect((await station.call.reviews.get({ id: item!.id })).review).toMatchObject({
        status: 'gone',
        decision: 'certify',
      });
    } finally {
      await database.owner.query(
        `INSERT INTO np_audit_privileged_reviews SELECT * FROM jsonb_populate_record(NULL::np_audit_privileged_reviews, $1)`,
        [JSON.stringify(rows[0])],
      );
    }
  });

  test('a correction after the row was written stays here and the row keeps the first', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    const [first] = await decide(station, item!.id, 'certify');
    await sync(station);
    await decide(station, item!.id, 'revoke', 'learned more');
    expect(await sync(station)).toMatchObject({ sent: 0 });
    expect(parseNotes((await serverRow(item!.id)).notes)?.decisionId).toBe(first!.id);
    expect((await station.call.reviews.get({ id: item!.id })).review).toMatchObject({
      decision: 'revoke',
      sync: 'local',
    });
  });

  test('a reviewer the database cannot name holds up nobody: theirs is rejected, the others’ are sent', async () => {
    const station = await preparedStation(database.url);
    // As programs recorded it that took any id.
    const unfit = { name: rita.name, id: 'rita', email: rita.email };
    station.ledger.append(() => [
      { type: 'reviewer-changed', subject: unfit.id, actor: unfit.id, payload: unfit },
    ]);
    const [a, b, c] = await pending(station);
    await decide(station, a!.id, 'certify');
    await decide(station, b!.id, 'certify');
    await station.call.workspace.setReviewer({ ...otto, passphrase });
    await decide(station, c!.id, 'certify');
    expect(await sync(station)).toMatchObject({ sent: 1, applied: 1, rejected: 2, refusedHere: 2 });
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 0 });
    const { review, decisions } = await station.call.reviews.get({ id: a!.id });
    expect(review).toMatchObject({ status: 'pending', sync: 'rejected' });
    expect(decisions[0]!.syncDetail).toMatch(/cannot be stored in the review table.*uuid/);
    await decide(station, a!.id, 'certify');
    expect(await sync(station)).toMatchObject({ sent: 1, applied: 1 });
    expect((await serverRow(a!.id)).reviewer_id).toBe(otto.id);
    expect((await serverRow(b!.id)).reviewed_at).toBeNull();
  });

  test('the maker of a decision is written, not whoever sends it', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await decide(station, item!.id, 'certify');
    await station.call.workspace.setReviewer({ ...otto, passphrase });
    expect(await sync(station)).toMatchObject({ applied: 1 });
    expect((await serverRow(item!.id)).reviewer_id).toBe(rita.id);
  });

  test('when nothing may be written, nothing is announced: every decision can still be taken back', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await decide(station, item!.id, 'certify');
    await database.owner.query(
      'REVOKE UPDATE (reviewer_id) ON np_audit_privileged_reviews FROM countersign_reviewer',
    );
    try {
      await expect(sync(station)).rejects.toThrow(/may not write decisions/);
    } finally {
      await database.owner.query(
        'GRANT UPDATE (reviewer_id) ON np_audit_privileged_reviews TO countersign_reviewer',
      );
    }
    expect((await station.call.reviews.get({ id: item!.id })).review.sync).toBe('unsent');
    expect(await station.call.reviews.undo({ id: item!.id })).toMatchObject({
      status: 'pending',
      decision: null,
    });
  });

  test('two programs sending the same decision at the same moment record one outcome', async () => {
    const here = await preparedStation(database.url);
    const [item] = await pending(here);
    await decide(here, item!.id, 'certify');
    const there = await openStation(here.folder);
    const lock = new Client({ connectionString: database.ownerUrl });
    await lock.connect();
    onTestFinished(() => lock.end());
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM np_audit_privileged_reviews WHERE id = $1 FOR UPDATE', [item!.id]);
    const both = Promise.all([sync(here), sync(there)]);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%clock_timestamp()%'`;
    while ((await database.owner.query(waiting)).rowCount !== 2)
      await new Promise((resolve) => void setImmediate(resolve));
    await lock.query('COMMIT');
    const [mine, theirs] = await both;
    expect([mine.applied + theirs.applied, mine.alreadyMine + theirs.alreadyMine]).toEqual([1, 1]);
    const recorded = here.ledger.entries().filter(({ entry }) => entry.type === 'sync-outcome');
    expect(recorded).toHaveLength(1);
    expect(here.ledger.entries().filter(({ entry }) => entry.type === 'sync-sent')).toHaveLength(1);
  });

  test('a row somebody else holds locked settles nothing: the decision is sent again by the next sync', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await decide(station, item!.id, 'certify');
    const lock = new Client({ connectionString: database.ownerUrl });
    await lock.connect();
    onTestFinished(() => lock.end());
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM np_audit_privileged_reviews WHERE id = $1 FOR UPDATE', [item!.id]);
    expect(await sync(station)).toMatchObject({ sent: 1, applied: 0, rejected: 1 });
    expect((await station.call.reviews.get({ id: item!.id })).review.sync).toBe('unknown');
    await lock.query('COMMIT');
    expect(await sync(station)).toMatchObject({ sent: 1, applied: 1 });
    expect((await station.call.reviews.get({ id: item!.id })).review.sync).toBe('applied');
  });

  test('a decision taken back just before it would be announced does not leave', async () => {
    const station = await preparedStation(database.url);
    const [a, b] = await pending(station);
    await decide(station, a!.id, 'certify');
    await decide(station, b!.id, 'certify');
    const { isSample: _isSample, identity: _identity, ...profile } = station.ledger.state().connection!;
    const client = await connectSource(profile, decodeURIComponent(new URL(database.url).password), {
      purpose: 'write',
      statementTimeoutMs: 60_000,
      connectTimeoutMs: 10_000,
    });
    onTestFinished(() => closeSource(client));
    const report = await pushDecisions(station.ledger, client, {
      onProgress: (done) => {
        if (done === 0 && !station.ledger.state().decisions.get(a!.id)!.at(-1)!.withdrawn)
          undoDecision(station.ledger, a!.id);
      },
      signal: new AbortController().signal,
    });
    expect(report.items.map(({ review }) => review)).toEqual([b!.id]);
    expect((await serverRow(a!.id)).reviewed_at).toBeNull();
  });

  test('a clock decades off does not keep a decision from being sent', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    station.ledger.setClockOffset(1_800_000_000_000);
    await decide(station, item!.id, 'certify');
    expect(await sync(station)).toMatchObject({ applied: 1 });
    expect(parseNotes((await serverRow(item!.id)).notes)?.offsetSeconds).toBeNull();
  });

  test('a late correction is printed in the pack beside what the database says', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await decide(station, item!.id, 'certify');
    await sync(station);
    await decide(station, item!.id, 'revoke', 'learned more');
    await decide(station, item!.id, 'revoke', 'and more');
    const { file, counts } = (await station.finish(
      station.call.evidence.export({ passphrase }),
    )) as ExportReport;
    expect(counts.conflicts).toBe(1);
    const lines = packFile(file, 'data/conflicts.jsonl');
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([{ review: item!.id, ours: { decision: 'revoke' }, server: { reviewer: rita.id } }]);
    expect((await verifyPack(readFileSync(file), { now: new Date().toISOString() })).verdict).toBe(
      'unpinned',
    );
  });

  test('cancelled before it begins, nothing leaves and everything stays in the queue', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    await decide(station, item!.id, 'certify');
    const { jobId } = await station.call.sync.start();
    await station.call.jobs.cancel({ id: jobId });
    await station.jobs.wait(jobId).catch(() => undefined);
    expect(await station.call.jobs.get({ id: jobId })).toMatchObject({ state: 'cancelled' });
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 1 });
    expect(await sync(station)).toMatchObject({ sent: 1, applied: 1 });
  });

  test('decides with the database gone, and sends when it is back', async () => {
    const station = await preparedStation(database.url);
    const [a, b] = await pending(station);
    await database.stop();
    try {
      await decide(station, a!.id, 'certify');
      await decide(station, b!.id, 'revoke');
      await expect(station.finish(station.call.sync.start({ waitMinutes: 0 }))).rejects.toThrow();
      expect(await station.call.workspace.status()).toMatchObject({ unsent: 2 });
    } finally {
      await database.start();
    }
    expect(await sync(station)).toMatchObject({ sent: 2, applied: 2 });
  });

  test('refuses to send to another database than the one decided about', async () => {
    const other = await preparedStation(database.url);
    const [item] = await pending(other);
    await decide(other, item!.id, 'certify');
    const state = other.ledger.state().connection!;
    other.ledger.append(() => [
      { type: 'connection-changed', subject: null, actor: '', payload: { ...state, identity: 'another' } },
    ]);
    await expect(sync(other)).rejects.toThrow(/not the database/);
    expect((await serverRow(item!.id)).reviewed_at).toBeNull();
    const before = (await other.call.workspace.status()).events;
    await expect(other.finish(other.call.refresh.start({}))).rejects.toThrow(
      /not the database.*Nothing was read/,
    );
    expect(await other.call.workspace.status()).toMatchObject({ events: before });
  });
});
