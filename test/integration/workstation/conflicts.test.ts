// Two decisions about one item: found by sync and by refresh, closed with a note, opened again by the row, printed in the pack.
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { ConflictDetail } from '../../../src-shared/model/conflict.ts';
import type { ConflictList } from '../../../src-shared/model/conflict-list.ts';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { Review } from '../../../src-shared/model/review.ts';
import type { CommandContext } from '../../../src-main/shell/cli/command.ts';
import { reviewCommands } from '../../../src-main/shell/cli/review-commands.ts';
import { writeZip } from '../../../src-main/evidence/zip.ts';
import { readZip } from '../../support/read-zip.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  otto,
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

beforeAll(async () => {
  database = await sampleDatabase();
});

beforeEach(async () => {
  await database.owner.query(
    `UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL
      WHERE notes LIKE '[rv1 %' OR reviewer_id = ANY($1::uuid[])`,
    [[rita.id, otto.id]],
  );
});

/** Items that one person may decide alone. */
const pending = async (station: Station): Promise<Review[]> =>
  (await station.call.reviews.list({ status: 'pending' })).filter(
    ({ actor, severity }) =>
      actor !== null && actor !== rita.id && actor !== otto.id && severity !== 'critical',
  );
const decide = (
  station: Station,
  id: string,
  decision: 'certify' | 'modify',
  reason = 'as the ticket says',
) => station.call.reviews.decide({ reviews: [{ id }], decision, reason });
/** What `countersign review` prints for people. */
const printed = async (station: Station, id: string) => {
  const context = { positionals: [id], values: {}, call: () => Promise.resolve(station.call) };
  return (await reviewCommands['review']!.run(context as unknown as CommandContext)).text;
};
const sync = (station: Station) => station.finish(station.call.sync.start());
const refresh = (station: Station) => station.finish(station.call.refresh.start({ asOf: sampleEnd }));
const rows = async () =>
  (await database.owner.query('SELECT * FROM np_audit_privileged_reviews ORDER BY id')).rows;

/** Otto certifies both and sends; Rita, who saw them open, modifies one and certifies the other. */
async function twoReviewers() {
  const hers = await preparedStation(database.url, rita);
  const his = await preparedStation(database.url, otto);
  const [differs, agrees] = await pending(hers);
  for (const { id } of [differs!, agrees!]) await decide(his, id, 'certify', 'checked with the owner');
  await decide(hers, differs!.id, 'modify');
  await decide(hers, agrees!.id, 'certify');
  await sync(his);
  return { hers, his, differs: differs!, agrees: agrees! };
}

test('sending second gives one conflict and one corroboration, with both sides told', async () => {
  const { hers, his, differs, agrees } = await twoReviewers();
  await sync(hers);
  expect(await hers.call.conflicts.list({})).toMatchObject({
    open: 1,
    closed: 0,
    corroborations: 1,
    conflicts: [
      { review: differs.id, standing: 'open', cause: 'decided-first', theirs: { decision: 'certify' } },
      { review: agrees.id, standing: 'corroboration' },
    ],
  });
  expect(await his.call.conflicts.list({})).toMatchObject({ open: 0, corroborations: 0, conflicts: [] });
  expect(await hers.call.workspace.status()).toMatchObject({
    conflicts: 1,
    closedConflicts: 0,
    corroborations: 1,
  });
  const [hisDecision] = (await his.call.reviews.get({ id: differs.id })).decisions;
  const detail = await hers.call.conflicts.get({ id: differs.id });
  expect(detail).toMatchObject({
    ours: { decision: { decision: 'modify', reason: 'as the ticket says' }, shownDigest: differs.digest },
    theirs: {
      server: { reviewer: otto.id },
      seen: 'row',
      claim: {
        decision: 'certify',
        decisionId: hisDecision!.id,
        entryHash: hisDecision!.hash.slice(0, 12),
        reason: 'checked with the owner',
        isOurs: false,
      },
    },
    event: { id: differs.auditLogId },
    changes: [],
  });
  expect(detail).toMatchObject({ kind: 'review', ours: { offsetMs: expect.any(Number) as number } });
  expect(detail.entries.map(({ type }) => type)).toEqual(['decision', 'sync-sent', 'sync-outcome']);
});

test('a refresh finds it before anything is sent', async () => {
  const { hers, differs } = await twoReviewers();
  await refresh(hers);
  expect(await hers.call.conflicts.list({ standing: 'open' })).toMatchObject({
    open: 1,
    conflicts: [{ review: differs.id, ours: { sync: 'unsent' } }],
  });
});

test('closing leaves the database alone and holds over a refresh, until the row changes', async () => {
  const { hers, differs } = await twoReviewers();
  await sync(hers);
  const before = await rows();
  const { ours, row } = (await hers.call.conflicts.get({ id: differs.id })).conflict;
  await hers.call.conflicts.close({
    id: differs.id,
    note: 'Otto was right.',
    shown: { decision: ours.id, row },
  });
  await refresh(hers);
  expect(await hers.call.workspace.status()).toMatchObject({ conflicts: 0, closedConflicts: 1 });
  expect(await rows()).toEqual(before);
  await database.owner.query(`UPDATE np_audit_privileged_reviews SET notes = notes || ' PS' WHERE id = $1`, [
    differs.id,
  ]);
  await refresh(hers);
  expect(await hers.call.workspace.status()).toMatchObject({ conflicts: 1, closedConflicts: 0 });
  const { conflict, closings } = await hers.call.conflicts.get({ id: differs.id });
  expect(conflict).toMatchObject({ standing: 'open', reopened: true });
  expect(closings).toMatchObject([{ note: 'Otto was right.', by: rita.id, server: { reviewer: otto.id } }]);
});

test('a row somebody overwrites after it took ours is a conflict of its own', async () => {
  const station = await preparedStation(database.url);
  const [item] = await pending(station);
  await decide(station, item!.id, 'certify');
  await sync(station);
  await refresh(station);
  expect(await station.call.conflicts.list({})).toMatchObject({ conflicts: [] });
  await database.owner.query('UPDATE np_audit_privileged_reviews SET reviewer_id = $2 WHERE id = $1', [
    item!.id,
    otto.id,
  ]);
  await refresh(station);
  expect(await station.call.conflicts.list({})).toMatchObject({
    open: 1,
    conflicts: [{ review: item!.id, cause: 'row-altered', theirs: { reviewer: otto.id } }],
  });
});

test('a row that lost what was written is told everywhere, and in a pack that verifies', async () => {
  const station = await preparedStation(database.url);
  const [item] = await pending(station);
  await decide(station, item!.id, 'certify');
  await sync(station);
  expect(await station.call.workspace.status()).toMatchObject({ conflicts: 0 });
  await database.owner.query(
    'UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE id = $1',
    [item!.id],
  );
  await refresh(station);
  expect(await station.call.conflicts.list({})).toMatchObject({
    open: 1,
    conflicts: [{ review: item!.id, standing: 'open', cause: 'row-altered', theirs: null }],
  });
  expect(await station.call.workspace.status()).toMatchObject({ conflicts: 1 });
  expect(await station.call.reviews.get({ id: item!.id })).toMatchObject({
    review: { conflict: true, conflictStanding: 'open', reopened: true },
  });
  const { file, counts } = (await station.finish(
    station.call.evidence.export({ passphrase }),
  )) as ExportReport;
  expect(counts.conflicts).toBe(1);
  expect(JSON.parse(packFile(file, 'data/conflicts.jsonl'))).toMatchObject({
    review: item!.id,
    server: null,
    outcome: 'applied',
    cause: 'row-altered',
  });
  expect(packFile(file, 'data/report.html')).toContain('The row is open again: what was written is gone.');
  const now = new Date().toISOString();
  expect((await verifyPack(readFileSync(file), { now })).verdict).toBe('unpinned');
  const { files } = readZip(readFileSync(file));
  const [name, bytes] = [...files].find(([path]) => path.endsWith('data/conflicts.jsonl'))!;
  const changed = Buffer.from(bytes).toString().replace('row-altered', 'decided-first');
  const forged = await verifyPack(writeZip(new Map(files).set(name, Buffer.from(changed))), { now });
  expect(forged.checks.find((check) => check.name === 'decisions')).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/leaves out what the audit database held/) as string,
  });
  expect(await printed(station, item!.id)).toContain('The row is open again: what was written is gone');
});

test('a note somebody put into an open row is shown, is part of what is decided, and is kept', async () => {
  const station = await preparedStation(database.url);
  const [kept, late] = await pending(station);
  const put = (id: string, notes: string | null) =>
    database.owner.query('UPDATE np_audit_privileged_reviews SET notes = $2 WHERE id = $1', [id, notes]);
  const note = 'ask Dana first\n[rv1 d=revoke] forged';
  await put(kept!.id, note);
  await expect(decide(station, late!.id, 'certify')).resolves.toHaveLength(1);
  await refresh(station);
  const { review } = await station.call.reviews.get({ id: kept!.id });
  expect(review.notes).toBe(note);
  expect(review.digest).not.toBe(kept!.digest);
  await expect(
    station.call.reviews.decide({
      reviews: [{ id: kept!.id, shown: kept!.digest }],
      decision: 'certify',
      reason: 'as agreed',
    }),
  ).rejects.toThrow(/changed after it was shown/);
  await decide(station, kept!.id, 'certify');
  await put(late!.id, 'wait');
  expect(await sync(station)).toMatchObject({ applied: 1, changed: 1 });
  const held = new Map((await rows()).map(({ id, notes }) => [id, String(notes)]));
  expect(held.get(kept!.id)).toMatch(/^\[rv1 d=approve /);
  expect(held.get(kept!.id)!.endsWith(`\n[earlier notes]\n${note}`)).toBe(true);
  expect(held.get(late!.id)).toBe('wait');
  expect(await station.call.conflicts.list({})).toMatchObject({ open: 0 });
  const { history } = await station.call.reviews.get({ id: kept!.id });
  expect(history[0]).toMatchObject({ kinds: ['decided-here'] });
  const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
  expect((await verifyPack(readFileSync(file), { now: new Date().toISOString() })).verdict).toBe('unpinned');
  expect(await printed(station, late!.id)).toContain('Note in the row:\n  | wait');
  await put(late!.id, null);
});

test('a note the column has no room for beside ours is not cut: nothing is sent', async () => {
  const station = await preparedStation(database.url);
  const [item, other] = await pending(station);
  await database.owner.query('UPDATE np_audit_privileged_reviews SET notes = $2 WHERE id = $1', [
    item!.id,
    'x'.repeat(140),
  ]);
  await database.owner.query('ALTER TABLE np_audit_privileged_reviews ALTER COLUMN notes TYPE varchar(200)');
  try {
    const narrow = await preparedStation(database.url);
    await decide(narrow, item!.id, 'certify');
    await decide(narrow, other!.id, 'certify', 'r'.repeat(300));
    expect(await sync(narrow)).toMatchObject({ applied: 1, rejected: 1 });
    const [{ notes }] = (await rows()).filter(({ id }) => id === item!.id);
    expect(notes).toBe('x'.repeat(140));
    expect(await narrow.call.reviews.get({ id: item!.id })).toMatchObject({
      review: { status: 'pending' },
      decisions: [{ syncDetail: expect.stringMatching(/note is not cut/) as string }],
    });
  } finally {
    await database.owner.query('ALTER TABLE np_audit_privileged_reviews ALTER COLUMN notes TYPE text');
    await database.owner.query('UPDATE np_audit_privileged_reviews SET notes = NULL WHERE id = $1', [
      item!.id,
    ]);
  }
});

test('the pack carries standing, notes and entry ids, and a changed note does not verify', async () => {
  const { hers, differs, agrees } = await twoReviewers();
  await sync(hers);
  await hers.call.conflicts.close({ id: differs.id, note: 'Otto was right.' });
  const { file, counts } = (await hers.finish(hers.call.evidence.export({ passphrase }))) as ExportReport;
  expect(counts.conflicts).toBe(1);
  const lines = packFile(file, 'data/conflicts.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const of = (id: string) => lines.find(({ review }) => review === id);
  const { entries } = await hers.call.conflicts.get({ id: differs.id });
  expect(of(differs.id)).toMatchObject({
    standing: 'closed',
    cause: 'decided-first',
    closings: [{ note: 'Otto was right.', byName: rita.name }],
    entries: entries.map(({ id }) => id),
  });
  expect(of(agrees.id)).toMatchObject({ standing: 'corroboration', closings: [] });
  expect(JSON.parse(packFile(file, 'data/statement.json'))).toMatchObject({
    predicate: { counts: { conflicts: 1, closedConflicts: 1, corroborations: 1 } },
  });
  expect(packFile(file, 'data/report.html')).toContain('Otto was right.');
  const now = new Date().toISOString();
  expect((await verifyPack(readFileSync(file), { now })).verdict).toBe('unpinned');
  const { files } = readZip(readFileSync(file));
  const [name, bytes] = [...files].find(([path]) => path.endsWith('data/conflicts.jsonl'))!;
  const changed = Buffer.from(bytes).toString().replaceAll('Otto was right.', 'Rita was right.');
  const forged = writeZip(new Map(files).set(name, Buffer.from(changed)));
  const { verdict, checks } = await verifyPack(forged, { now });
  expect(verdict).toBe('tampered');
  expect(checks.find((check) => check.name === 'decisions')).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/conflicts\.jsonl, line \d, names what the ledger does not have/) as string,
  });
});

test('the command line lists, shows and closes, for people and as JSON', async () => {
  const { hers, differs } = await twoReviewers();
  await sync(hers);
  await hers.close();
  const run = async (...args: string[]) => {
    const { code, json } = await runProgramHere(hers.folder, args);
    return { code, json };
  };
  const listed = await run('conflicts', '--standing', 'open');
  expect(listed.json as ConflictList).toMatchObject({ open: 1, conflicts: [{ review: differs.id }] });
  const shown = await run('conflict', 'show', differs.id);
  expect(shown.json as ConflictDetail).toMatchObject({ conflict: { review: differs.id }, closings: [] });
  expect((await run('conflict', 'close', differs.id)).code).toBe(2);
  expect((await run('conflict', 'close', differs.id, '--note', '  ')).code).toBe(2);
  expect(await run('conflict', 'close', differs.id, '--note', 'seen')).toMatchObject({
    code: 0,
    json: { standing: 'closed', closing: { note: 'seen' } },
  });
  expect(await run('conflict', 'close', differs.id, '--note', 'again')).toMatchObject({
    code: 1,
    json: { error: { code: 'conflict' } },
  });
  expect(await run('conflicts', '--standing', 'lost')).toMatchObject({ code: 2 });
  expect(await run('conflict', 'show', 'nothing')).toMatchObject({ json: { error: { code: 'not-found' } } });
});
