// Aliases, second persons and accounts through the doors: contract, command line, sync and evidence.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { SyncReport } from '../../../src-shared/model/workspace.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  otto,
  packFile,
  passphrase,
  preparedStation,
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
    `UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE notes LIKE '[rv1 %'`,
  );
});

const sync = async (station: Station) => (await station.finish(station.call.sync.start())) as SyncReport;
const become = (station: Station, reviewer: typeof rita) =>
  station.call.workspace.setReviewer({ ...reviewer, passphrase });

/** A revoked grant of a role, which the default rules want a second person for. */
async function revokedGrant(station: Station) {
  const pending = await station.call.reviews.list({ status: 'pending' });
  const item = pending.find(({ action, actor }) => action === 'role_grant' && actor !== otto.id)!;
  await station.call.reviews.decide({
    reviews: [{ id: item.id }],
    decision: 'revoke',
    reason: 'nobody asked',
  });
  return item;
}

describe('a decision that needs a second person', () => {
  test('waits in the list of those, leaves only once seconded, and names both reviewers in the pack', async () => {
    const station = await preparedStation(database.url);
    const { id } = await revokedGrant(station);
    expect(await sync(station)).toMatchObject({ sent: 0 });
    expect(await station.call.workspace.status()).toMatchObject({ awaitingSecond: 1, unsent: 0 });
    const alone = await station.call.reviews.get({ id });
    expect(alone.independence).toMatchObject({
      isOwnAction: false,
      canConcur: false,
      rules: [{ id: 'revoke-privileged-role' }],
    });
    await become(station, otto);
    expect((await station.call.independence.awaiting()).reviews.map((review) => review.id)).toEqual([id]);
    expect((await station.call.reviews.get({ id })).independence.canConcur).toBe(true);
    await station.call.reviews.concur({
      id,
      agree: true,
      reason: 'ticket 12 says so',
      shown: alone.review.digest,
    });
    expect(await station.call.workspace.status()).toMatchObject({ awaitingSecond: 0, unsent: 1 });
    expect(await sync(station)).toMatchObject({ sent: 1, applied: 1 });
    const { rows } = await database.owner.query(
      'SELECT reviewer_id::text AS reviewer FROM np_audit_privileged_reviews WHERE id = $1',
      [id],
    );
    expect(rows).toEqual([{ reviewer: rita.id }]);
    const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    const [header = '', ...lines] = packFile(file, 'data/decisions.csv').split('\r\n');
    expect(header).toMatch(/second_state.*second_reviewer.*second_reviewer_name/);
    expect(lines.find((line) => line.includes(id))).toMatch(/Rita Reviewer.*agreed.*Otto Other/);
    const signers = (await station.call.workspace.keys()).map((key) => key.allowedSigners).join('\n');
    const verified = await verifyPack(readFileSync(file), {
      signers,
      now: '2026-11-21T00:00:00.000Z',
      zone: 'UTC',
    });
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('is shown with both opinions where the second one disagrees', async () => {
    const station = await preparedStation(database.url);
    const { id } = await revokedGrant(station);
    await become(station, otto);
    const after = await station.call.reviews.concur({ id, agree: false, reason: 'she was asked to' });
    expect(after).toMatchObject({ status: 'pending', sync: 'disagreed', decision: 'revoke' });
    const { decisions } = await station.call.reviews.get({ id });
    expect(decisions).toMatchObject([
      {
        reviewer: rita.id,
        reason: 'nobody asked',
        second: { state: 'disagreed', concurrences: [{ reviewer: otto.id, reason: 'she was asked to' }] },
      },
    ]);
    expect(await sync(station)).toMatchObject({ sent: 0 });
  });
});

test('an alias of the reviewer is refused everywhere, and shown as their own action', async () => {
  const station = await preparedStation(database.url);
  const [item] = await station.call.reviews.list({ status: 'pending' });
  await station.call.independence.addAliases({ add: [item!.actor!.toUpperCase()], reason: 'admin account' });
  expect((await station.call.reviews.get({ id: item!.id })).independence.isOwnAction).toBe(true);
  const decide = station.call.reviews.decide({
    reviews: [{ id: item!.id }],
    decision: 'certify',
    reason: 'as agreed',
  });
  await expect(decide).rejects.toThrow(/You took this action yourself/);
  expect(station.ledger.entries().at(-1)!.entry).toMatchObject({
    type: 'self-review-refused',
    subject: item!.id,
  });
});

test('a profile is bound to account and key; another account is said in decisions until it is confirmed', async () => {
  const folder = workspaceFolder();
  const asRita = await openStation(folder, undefined, { name: 'rita', uid: 1000 });
  await asRita.call.source.connect({ url: database.url, zone: 'UTC' });
  const { key } = await become(asRita, rita);
  await asRita.finish(asRita.call.refresh.start({ asOf: '2026-11-16T00:00:00.000Z' }));
  expect(
    asRita.ledger.entries().find(({ entry }) => entry.type === 'reviewer-changed')!.entry.payload,
  ).toEqual({
    ...rita,
    keyFingerprint: key.fingerprint,
    osUser: { name: 'rita', uid: 1000 },
  });
  const count = asRita.ledger.state().entries;
  await become(asRita, rita);
  expect(asRita.ledger.state().entries).toBe(count);
  await asRita.close();
  const asOtto = await openStation(folder, undefined, { name: 'otto', uid: 1001 });
  expect(await asOtto.call.workspace.status()).toMatchObject({ confirmReviewer: true });
  const [item] = await asOtto.call.reviews.list({ status: 'pending' });
  const [made] = await asOtto.call.reviews.decide({
    reviews: [{ id: item!.id }],
    decision: 'certify',
    reason: 'as agreed',
  });
  expect(asOtto.ledger.state().decisionsById.get(made!.id)!.payload.osUser).toEqual({
    name: 'otto',
    uid: 1001,
  });
  await become(asOtto, rita);
  expect(await asOtto.call.workspace.status()).toMatchObject({ confirmReviewer: false });
  expect(await asOtto.call.independence.get()).toMatchObject({
    boundOsUser: { name: 'otto', uid: 1001 },
    boundKey: key.fingerprint,
  });
});

test('the command line states aliases, changes rules, lists what waits, and concurs', async () => {
  const station = await preparedStation(database.url);
  const { id } = await revokedGrant(station);
  const { folder } = station;
  await station.close();
  const say = async (...args: string[]) => {
    const { code, json, stderr } = await runProgramHere(folder, args);
    return { code, json, stderr };
  };
  expect(await say('aliases', 'rita.admin', 'r2', '--reason', 'HR list')).toMatchObject({
    code: 0,
    json: [{ reviewer: rita.id, aliases: ['rita.admin', 'r2'] }],
  });
  expect(await say('concur', id, '--reason', 'fine')).toMatchObject({
    code: 1,
    json: { error: { code: 'refused' } },
  });
  await say('reviewer', '--name', otto.name, '--id', otto.id, '--email', otto.email);
  expect(await say('awaiting')).toMatchObject({ code: 0, json: { reviews: [{ id }], findings: [] } });
  expect(await say('concur', id)).toMatchObject({ code: 2 });
  expect(await say('concur', id, '--disagree', '--reason', 'she was asked to')).toMatchObject({
    json: { sync: 'disagreed' },
  });
  expect(await say('concur', id, '--reason', 'on second thought')).toMatchObject({
    json: { sync: 'unsent' },
  });
  expect((await say('four-eyes')).json).toHaveLength(4);
  expect(await say('four-eyes', '--off', '--defaults', '--reason', 'x')).toMatchObject({ code: 2 });
  expect(await say('four-eyes', '--off')).toMatchObject({ code: 2 });
  expect(await say('four-eyes', '--off', '--reason', 'a team of one')).toMatchObject({ code: 0, json: [] });
});

describe('a key that took the place of a reviewer’s own', () => {
  const made = 'made by somebody else';
  const unproven = /nothing shows that it is of the same person/;
  const fingerprintOf = async (station: Station, id: string) =>
    (await station.call.keys.list()).find(({ holder }) => holder?.id === id)!.fingerprint;
  /** Otto takes Rita's name, after whatever took her key out of the way. */
  const takeName = (station: Station) => station.call.workspace.setReviewer({ ...rita, passphrase: made });
  const judge = async (station: Station, signers?: string) => {
    const { file } = (await station.finish(
      station.call.evidence.export({ passphrase: made }),
    )) as ExportReport;
    const listed =
      signers ?? (await station.call.workspace.keys()).map((key) => key.allowedSigners).join('\n');
    const { verdict, checks } = await verifyPack(readFileSync(file), {
      signers: listed,
      now: '2027-11-21T00:00:00.000Z',
    });
    return { verdict, detail: checks.find(({ name }) => name === 'reviewers')!.detail };
  };

  test.each(['reported as compromised', 'deleted'])('is no second person where that was %s', async (how) => {
    const station = await preparedStation(database.url);
    const old = await fingerprintOf(station, rita.id);
    await become(station, otto);
    const { id } = await revokedGrant(station);
    if (how === 'deleted') rmSync(join(station.folder, 'keys'), { recursive: true });
    else {
      const { key, line } = await station.call.keys.revoke({ fingerprint: old, reason: 'so I say' });
      expect({ key, line }).toMatchObject({
        line: '',
        key: { revocation: null, report: { reason: 'so I say' } },
      });
      expect(station.ledger.entries().at(-1)!.entry).toMatchObject({ type: 'key-reported', actor: otto.id });
    }
    expect(await station.call.workspace.reviewerProof(rita)).toMatchObject({ isReplacement: true });
    expect(await takeName(station)).toMatchObject({ isReplacement: true });
    expect(await station.call.workspace.status()).toMatchObject({ keyNotEndorsed: true });
    expect(JSON.stringify((await station.call.ledger.entries({})).entries[0]!.saying)).toContain(
      'without proof that it is of the same person',
    );
    const before = station.ledger.state().entries;
    await expect(station.call.reviews.concur({ id, agree: true, reason: 'fine' })).rejects.toThrow(unproven);
    expect(station.ledger.state().entries).toBe(before);
    expect(await sync(station)).toMatchObject({ sent: 0 });
    expect(await station.call.ledger.verify({})).toMatchObject({
      ok: true,
      summary: expect.stringContaining(
        `Not endorsed: nothing here shows that the person before holds the key of ${rita.id}`,
      ),
    });
    expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
  });

  test('is no first person of a decision that needs a second one either, and packs name what was done with it', async () => {
    const station = await preparedStation(database.url);
    const ritas = (await station.call.workspace.keys())[0]!.allowedSigners;
    await become(station, otto);
    await station.call.keys.revoke({
      fingerprint: await fingerprintOf(station, rita.id),
      reason: 'so I say',
    });
    await takeName(station);
    const { id } = await revokedGrant(station);
    const named = await judge(station, ritas);
    expect(named.verdict).toBe('unpinned');
    expect(named.detail).toContain(`the decision of ${rita.id} about ${id}`);
    expect(named.detail).toContain('the preparation of this pack by rita@example.org');
    // Whoever verifies and knows the key as hers by another way is told all the same.
    expect(await judge(station)).toMatchObject({
      verdict: 'trusted',
      detail: expect.stringMatching(/Not endorsed.*The list that this pack was verified with names the key/),
    });
    await become(station, otto);
    await expect(station.call.reviews.concur({ id, agree: true, reason: 'fine' })).rejects.toThrow(unproven);
  });
});

describe('an alias that is stated after a decision', () => {
  test('makes it an own action, which is listed until somebody else decides, and named in the pack', async () => {
    const station = await preparedStation(database.url, otto);
    const [item] = await station.call.reviews.list({ status: 'pending' });
    const { id, actor } = item!;
    await station.call.reviews.decide({ reviews: [{ id }], decision: 'certify', reason: 'as agreed' });
    expect(await sync(station)).toMatchObject({ applied: 1 });
    expect(await station.call.workspace.status()).toMatchObject({ awaitingSecond: 0 });
    await station.call.independence.addAliases({ add: [actor!], reason: 'my admin account' });
    expect((await station.call.independence.awaiting()).reviews).toMatchObject([{ id, ownByAlias: true }]);
    expect(await station.call.workspace.status()).toMatchObject({ awaitingSecond: 1 });
    expect((await station.call.reviews.get({ id })).review).toMatchObject({ ownByAlias: true });
    const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    const signers = (await station.call.workspace.keys()).map((key) => key.allowedSigners).join('\n');
    const verified = await verifyPack(readFileSync(file), { signers, now: '2027-11-21T00:00:00.000Z' });
    expect(verified.checks.find(({ name }) => name === 'population')!.detail).toContain(
      `1 item was decided by the person it is about, as an alias in the ledger shows: ${id} by Otto Other.`,
    );
    await become(station, rita);
    await station.call.reviews.decide({
      reviews: [{ id }],
      decision: 'certify',
      reason: 'looked at it anew',
    });
    expect((await station.call.independence.awaiting()).reviews).toEqual([]);
  });
});
