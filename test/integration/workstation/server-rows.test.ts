// What other people and programs do to the source's own queue is shown for what it is, and a database that changed is not written to.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RefreshReport, SyncReport } from '../../../src-shared/model/workspace.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  otto,
  preparedStation,
  rita,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
});
beforeEach(async () => {
  await database.owner.query(
    'UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE reviewer_id = ANY($1::uuid[])',
    [[rita.id, otto.id]],
  );
});

const refresh = async (station: Station) =>
  (await station.finish(station.call.refresh.start({ asOf: sampleEnd }))) as RefreshReport;
const sync = async (station: Station) => (await station.finish(station.call.sync.start())) as SyncReport;
const pending = async (station: Station) =>
  (await station.call.reviews.list({ status: 'pending' })).filter(
    ({ actor }) => actor !== rita.id && actor !== otto.id,
  );
const certify = (station: Station, id: string) =>
  station.call.reviews.decide({ reviews: [{ id }], decision: 'certify', reason: 'As agreed.' });
const historyOf = async (station: Station, id: string) => (await station.call.reviews.get({ id })).history;
const quiet = {
  appeared: 0,
  reappeared: 0,
  decidedHere: 0,
  decidedElsewhere: 0,
  appearedDecided: 0,
  reopened: 0,
  decisionAltered: 0,
  changed: 0,
  vanished: 0,
};

describe('the queue of the source', () => {
  test('is new once, and then nothing is news until something is', async () => {
    const station = await openStation();
    await station.call.source.connect({ url: database.url, zone: 'UTC' });
    const first = await refresh(station);
    expect(first.queue).toMatchObject({ appeared: first.reviews, changed: 0, vanished: 0 });
    expect((await refresh(station)).queue).toEqual(quiet);
    expect((await station.call.workspace.status()).lastRefresh?.queue).toEqual(quiet);
  });

  test('tells decided elsewhere from decided here, and what changed from what it was', async () => {
    const station = await preparedStation(database.url);
    const [mine, theirs, altered] = await pending(station);
    await certify(station, mine!.id);
    expect(await sync(station)).toMatchObject({ applied: 1 });
    await database.owner.query(
      `UPDATE np_audit_privileged_reviews SET reviewer_id = $2, reviewed_at = now(), notes = 'seen' WHERE id = $1`,
      [theirs!.id, otto.id],
    );
    await database.owner.query(
      `UPDATE np_audit_privileged_reviews SET action = action || '!' WHERE id = $1`,
      [altered!.id],
    );
    try {
      expect((await refresh(station)).queue).toEqual({ ...quiet, decidedElsewhere: 1, changed: 1 });
      expect((await historyOf(station, mine!.id)).map(({ kinds }) => kinds)).toEqual([
        ['decided-here'],
        ['appeared'],
      ]);
      expect((await historyOf(station, theirs!.id))[0]).toMatchObject({
        kinds: ['decided-elsewhere'],
        at: expect.any(String),
        sentence: expect.stringContaining('Somebody else had decided it.'),
      });
      const [change] = await historyOf(station, altered!.id);
      expect(change).toMatchObject({
        kinds: ['changed'],
        fields: [{ field: 'action', before: altered!.action, after: `${altered!.action}!` }],
      });
      const decision = { decision: 'certify' as const, reason: 'x' };
      await expect(
        station.call.reviews.decide({ reviews: [{ id: altered!.id, shown: altered!.digest }], ...decision }),
      ).rejects.toThrow(/changed after it was shown/);
      const shown = await runProgramHere(station.folder, ['review', altered!.id]);
      expect(shown.json).toMatchObject({ history: [change, { kinds: ['appeared'] }] });
      // Whoever deletes the mirror loses its history, and still knows which decisions are ours.
      rmSync(join(station.folder, 'cache.sqlite'));
      const { queue, reviews } = await refresh(station);
      expect(queue).toMatchObject({ appeared: reviews, decidedHere: 1 });
      expect((await historyOf(station, mine!.id)).map(({ kinds }) => kinds)).toEqual([
        ['appeared', 'decided-here'],
      ]);
    } finally {
      await database.owner.query('UPDATE np_audit_privileged_reviews SET action = $2 WHERE id = $1', [
        altered!.id,
        altered!.action,
      ]);
    }
  });

  test('a row that vanished is shown as gone, decided or not, and as back when it is', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    const { rows } = await database.owner.query<{ row: unknown }>(
      'DELETE FROM np_audit_privileged_reviews r WHERE id = $1 RETURNING to_jsonb(r) AS row',
      [item!.id],
    );
    const putBack = () =>
      database.owner.query(
        'INSERT INTO np_audit_privileged_reviews SELECT * FROM jsonb_populate_record(NULL::np_audit_privileged_reviews, $1) ON CONFLICT DO NOTHING',
        [JSON.stringify(rows[0]!.row)],
      );
    try {
      expect((await refresh(station)).queue).toEqual({ ...quiet, vanished: 1 });
      const gone = await station.call.reviews.get({ id: item!.id });
      expect(gone.review).toMatchObject({ status: 'gone', action: item!.action, decision: null });
      expect(gone.history.map(({ kinds }) => kinds)).toEqual([['vanished'], ['appeared']]);
      await expect(certify(station, item!.id)).rejects.toThrow(/no longer shows this item/);
      await putBack();
      expect((await refresh(station)).queue).toEqual({ ...quiet, reappeared: 1 });
      const back = await station.call.reviews.get({ id: item!.id });
      expect(back.review).toEqual(item);
      expect(back.history[0]).toMatchObject({ kinds: ['reappeared'], fields: [] });
    } finally {
      await putBack();
    }
  });
});

test('a decided item whose row vanished keeps the name and severity that were shown', async () => {
  const station = await preparedStation(database.url);
  const shown = (await pending(station)).find(
    ({ actorName, severity }) => actorName !== null && severity !== null,
  );
  const { id, actorName, severity } = shown!;
  await certify(station, id);
  const { rows } = await database.owner.query<{ row: unknown }>(
    'DELETE FROM np_audit_privileged_reviews r WHERE id = $1 RETURNING to_jsonb(r) AS row',
    [id],
  );
  try {
    await refresh(station);
    const kept = { id, status: 'gone', actorName, severity };
    expect((await station.call.reviews.get({ id })).review).toMatchObject(kept);
    expect((await station.call.reviews.list({})).find((review) => review.id === id)).toMatchObject(kept);
  } finally {
    await database.owner.query(
      'INSERT INTO np_audit_privileged_reviews SELECT * FROM jsonb_populate_record(NULL::np_audit_privileged_reviews, $1)',
      [JSON.stringify(rows[0]!.row)],
    );
  }
});

describe('a database that is not as it was', () => {
  const policy = 'CREATE POLICY guard ON np_audit_privileged_reviews FOR UPDATE USING (reviewed_at IS NULL)';
  const withPolicy = async (work: () => Promise<void>) => {
    await database.owner.query(policy);
    try {
      await work();
    } finally {
      await database.owner.query('DROP POLICY guard ON np_audit_privileged_reviews');
    }
  };

  test('is read and decided on, and not written to until a person confirms the difference', async () => {
    const station = await preparedStation(database.url);
    const [item] = await pending(station);
    expect((await station.call.workspace.status()).readOnly).toBeNull();
    await withPolicy(async () => {
      await refresh(station);
      const { readOnly } = await station.call.workspace.status();
      expect(readOnly?.differences).toEqual([
        'The policy guard of public.np_audit_privileged_reviews is new. It is permissive for UPDATE to public USING (reviewed_at IS NULL).',
      ]);
      await certify(station, item!.id);
      await expect(sync(station)).rejects.toThrow(
        /read-only: The policy guard of .* is new\. Nothing was sent/,
      );
      await refresh(station);
      expect((await station.call.workspace.status()).readOnly).toEqual(readOnly);
      expect((await station.call.reviews.get({ id: item!.id })).review.sync).toBe('unsent');
      await expect(station.call.source.connect({ url: database.url })).rejects.toThrow(
        /not as it was.*The policy guard of .* is new\. The connection is kept as it was/,
      );
      await expect(sync(station)).rejects.toThrow(/read-only/);
      expect((await station.call.source.inspect({ url: database.url })).changes).toEqual(
        readOnly?.differences,
      );
      const again = await runProgramHere(station.folder, ['connect', '--url', database.url]);
      expect(again).toMatchObject({ code: 1, stdout: expect.stringContaining('--confirm-changes') });
      await station.call.source.connect({ url: database.url, confirmChanges: true });
      expect((await station.call.source.inspect({ url: database.url })).changes).toEqual([]);
      expect((await station.call.workspace.status()).readOnly).toBeNull();
      expect(await sync(station)).toMatchObject({ sent: 1, applied: 1 });
    });
  });

  test('stays read-only when it is as before again, until it is connected again', async () => {
    const station = await preparedStation(database.url);
    await withPolicy(async () => {
      await expect(sync(station)).rejects.toThrow(/read-only/);
    });
    await refresh(station);
    expect((await station.call.workspace.status()).readOnly).not.toBeNull();
    await expect(sync(station)).rejects.toThrow(/read-only/);
    await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
    expect((await station.call.workspace.status()).readOnly).toBeNull();
    expect(await sync(station)).toMatchObject({ sent: 0 });
  });

  test('keeps the queue a person connected when its table goes away', async () => {
    const station = await preparedStation(database.url);
    const before = await station.call.reviews.list({});
    await database.owner.query('ALTER TABLE np_audit_privileged_reviews RENAME TO hidden_reviews');
    try {
      expect((await refresh(station)).queue).toBeUndefined();
      expect(await station.call.reviews.list({})).toEqual(before);
      expect((await station.call.workspace.status()).readOnly?.differences).toEqual([
        'The table public.np_audit_privileged_reviews is not there any more.',
      ]);
    } finally {
      await database.owner.query('ALTER TABLE hidden_reviews RENAME TO np_audit_privileged_reviews');
    }
  });

  test('a workspace connected before fingerprints were taken works as before', async () => {
    const station = await preparedStation(database.url);
    const { connection } = station.ledger.state();
    const { fingerprint: _fingerprint, ...older } = connection!;
    station.ledger.append(() => [
      { type: 'connection-changed', subject: null, actor: rita.id, payload: older },
    ]);
    await withPolicy(async () => {
      await refresh(station);
      expect((await station.call.workspace.status()).readOnly).toBeNull();
      expect(await sync(station)).toMatchObject({ sent: 0 });
    });
  });
});
