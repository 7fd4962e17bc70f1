// Aliases, second persons and accounts through the doors: contract, command line, sync and evidence.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { SyncReport } from '../../../src-shared/model/workspace.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { readFileSync } from 'node:fs';
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
  const decide = station.call.reviews.decide({ reviews: [{ id: item!.id }], decision: 'certify' });
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
  const [made] = await asOtto.call.reviews.decide({ reviews: [{ id: item!.id }], decision: 'certify' });
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
