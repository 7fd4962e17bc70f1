// Who reviews: acts are those of the reviewer who was shown, known reviewers prove that they are it, and ids fit their column.
import { copyFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SyncReport } from '../../../src-shared/model/workspace.ts';
import {
  openStation,
  otto,
  passphrase,
  preparedStation,
  rita,
  runProgram,
  sampleDatabase,
  sampleEnd,
  workspaceFolder,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

const secretOfOtto = 'only Otto knows this one';
const asRita = (station: Station) => station.call.workspace.setReviewer({ ...rita, passphrase });
const asOtto = (station: Station) =>
  station.call.workspace.setReviewer({ ...otto, passphrase: secretOfOtto });
const typesSince = (station: Station, count: number) =>
  station.ledger
    .entries()
    .slice(count)
    .map(({ entry }) => entry.type);
const isNow = /The reviewer of this workspace is now Otto Other. Nothing was recorded./;

describe('an act that says as whom it was made', () => {
  test('is refused when the workspace has another reviewer by then, and recorded when it has the same', async () => {
    const station = await openStation();
    await asRita(station);
    await asOtto(station);
    const before = station.ledger.state().entries;
    const { independence, workspace, keys, privacy, evidence, detection } = station.call;
    const reason = 'as agreed';
    const { settings } = await detection.get();
    const refused = [
      independence.changeFourEyes({ rules: [], reason, as: rita.id }),
      independence.addAliases({ add: ['r2'], reason, as: rita.id }),
      workspace.setPrivilegedActions({ actions: ['x'], reason, as: rita.id }),
      keys.setIdle({ minutes: 5, as: rita.id }),
      privacy.setMask({ isMasked: true, purpose: reason, as: rita.id }),
      evidence.setControls({ controls: await evidence.controls(), reason, as: rita.id }),
      station.finish(detection.change({ settings, reason, as: rita.id })),
      station.finish(evidence.export({ passphrase: secretOfOtto, as: rita.id })),
      station.call.sync.start({ as: rita.id }),
      station.call.source.connect({ url: 'postgresql://nobody@127.0.0.1:1/none', as: rita.id }),
      station.call.trust.setTimestamps({ service: null, as: rita.id }),
      station.call.trust.removeFirstUse({ identity: 'x', reason, as: rita.id }),
      station.call.ledger.checkpoint({ passphrase: secretOfOtto, as: rita.id }),
      station.call.ledger.backup({ as: rita.id }),
      station.call.exported.table({ table: 'reviews', format: 'csv', as: rita.id }),
      station.call.exported.ocsf({ as: rita.id }),
    ];
    for (const act of refused) await expect(act).rejects.toThrow(isNow);
    expect(station.ledger.state().entries).toBe(before);
    await independence.changeFourEyes({ rules: [], reason, as: otto.id });
    await workspace.setPrivilegedActions({ actions: ['x'], reason });
    expect(station.ledger.entries().slice(before)).toMatchObject([
      { entry: { type: 'four-eyes-changed', actor: otto.id } },
      { entry: { type: 'configuration-changed', actor: otto.id } },
    ]);
  });
});

describe('becoming a reviewer who is known here', () => {
  test('takes the passphrase of their key, also where the key of another is unlocked', async () => {
    const station = await openStation();
    await asRita(station);
    await asOtto(station);
    await station.call.keys.unlock({ passphrase: secretOfOtto });
    const before = station.ledger.state().entries;
    for (const given of [{}, { passphrase: secretOfOtto }, { passphrase: 'wrong' }])
      await expect(station.call.workspace.setReviewer({ ...rita, ...given })).rejects.toMatchObject({
        data: { code: 'locked' },
        message: expect.stringMatching(/passphrase.*changed\./),
      });
    expect(station.ledger.state()).toMatchObject({ entries: before, reviewer: otto });
    expect((await station.call.keys.session()).isUnlocked).toBe(true);
    await asRita(station);
    expect(typesSince(station, before)).toEqual(['reviewer-changed', 'key-taken-up']);
    expect((await station.call.keys.session()).isUnlocked).toBe(false);
    expect(await station.call.ledger.verify({})).toMatchObject({ ok: true });
    expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
    expect(await station.call.keys.list()).toMatchObject([
      { use: 'signing', holder: { id: rita.id, name: rita.name } },
      { use: 'idle', holder: { id: otto.id, name: otto.name } },
    ]);
    expect((await station.finish(station.call.evidence.export({ passphrase }))) as object).toHaveProperty(
      'sha256',
    );
  });

  test('is not got around by another e-mail address, another case or an alias', async () => {
    const station = await openStation();
    await asOtto(station);
    await station.call.independence.addAliases({ add: ['o.other'], reason: 'HR list' });
    await asRita(station);
    const before = station.ledger.state().entries;
    const email = 'new@example.org';
    for (const id of [otto.id, otto.id.toUpperCase(), 'o.other']) {
      expect(await station.call.workspace.reviewerProof({ id, email })).toEqual({
        needsPassphrase: true,
        makesKey: true,
      });
      await expect(station.call.workspace.setReviewer({ ...otto, id, email, passphrase })).rejects.toThrow(
        /does not open/,
      );
    }
    await expect(station.call.workspace.setReviewer({ ...otto, id: 'new', passphrase })).rejects.toThrow(
      /does not open/,
    );
    expect(station.ledger.state().entries).toBe(before);
    expect(await station.call.workspace.keys()).toHaveLength(2);
    expect(await station.call.workspace.reviewerProof({ id: 'new', email })).toEqual({
      needsPassphrase: false,
      makesKey: true,
    });
  });

  test('with another address is endorsed by the key before, and one that was lost and found endorses what came meanwhile', async () => {
    const station = await openStation();
    await asRita(station);
    const moved = { ...rita, email: 'rita@new.example.org' };
    expect(await station.call.workspace.setReviewer({ ...moved, passphrase })).not.toHaveProperty(
      'isReplacement',
    );
    expect((await station.call.keys.list()).map(({ isEndorsed }) => isEndorsed)).toEqual([null, true]);
    const [keys, away] = [join(station.folder, 'keys'), join(station.folder, 'away')];
    renameSync(keys, away);
    const third = { ...rita, email: 'third@example.org', passphrase };
    expect(await station.call.workspace.setReviewer(third)).toMatchObject({ isReplacement: true });
    for (const name of readdirSync(away)) copyFileSync(join(away, name), join(keys, name));
    await expect(station.call.workspace.setReviewer({ ...third, passphrase: 'wrong' })).rejects.toThrow(
      /open/,
    );
    expect(await station.call.workspace.setReviewer(third)).not.toHaveProperty('isReplacement');
    expect(await station.call.workspace.status()).not.toHaveProperty('keyNotEndorsed');
    expect(await station.call.ledger.verify({})).toMatchObject({ ok: true });
    expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
  });

  test('is no way to take another’s e-mail address, whatever its letter case', async () => {
    const station = await openStation();
    await asRita(station);
    await asOtto(station);
    const before = station.ledger.state().entries;
    const taken = { ...otto, email: rita.email.toUpperCase(), passphrase: secretOfOtto };
    for (const who of [taken, { ...taken, id: 'somebody new' }])
      await expect(station.call.workspace.setReviewer(who)).rejects.toThrow(/another reviewer’s here/);
    expect(station.ledger.state().entries).toBe(before);
    expect(await station.call.workspace.keys()).toHaveLength(2);
  });

  test('is the same for the command line', async () => {
    const folder = workspaceFolder();
    const say = (who: typeof rita, secret: string) =>
      runProgram(folder, ['reviewer', '--name', who.name, '--id', who.id, '--email', who.email], {
        COUNTERSIGN_PASSPHRASE: secret,
      });
    expect((await say(rita, passphrase)).code).toBe(0);
    expect((await say(otto, secretOfOtto)).code).toBe(0);
    expect(await say(rita, secretOfOtto)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('locked'),
    });
    expect((await runProgram(folder, ['status'])).json).toMatchObject({ reviewer: { id: otto.id } });
    expect((await say(rita, passphrase)).code).toBe(0);
  });
});

test('an unlocked key does not replace itself: that takes the passphrase again', async () => {
  const station = await openStation();
  await asRita(station);
  await station.call.keys.unlock({ passphrase });
  const before = station.ledger.state().entries;
  const rotation = { reason: 'yearly', newPassphrase: 'another passphrase' };
  await expect(station.call.keys.rotate(rotation)).rejects.toMatchObject({ data: { code: 'locked' } });
  expect(station.ledger.state().entries).toBe(before);
  await station.call.keys.rotate({ ...rotation, passphrase });
  expect(typesSince(station, before)).toContain('key-rotated');
});

describe('with a database', () => {
  let database: SampleDatabase;
  beforeAll(async () => {
    database = await sampleDatabase({ events: 6_000 });
  });
  const noUuid = { name: 'Rita Reviewer', id: 'rita', email: null, passphrase };
  const cannotHold =
    /review table cannot hold the reviewer id “rita”: its column reviewer_id has the type uuid/;

  test('decisions, dispositions and taking back are those of the reviewer who was shown', async () => {
    const station = await preparedStation(database.url);
    const { reviews, findings } = station.call;
    const pending = (await reviews.list({ status: 'pending' })).filter(({ actor }) => actor !== rita.id);
    const [one, other] = pending;
    await reviews.decide({
      reviews: [{ id: one!.id }],
      decision: 'certify',
      reason: 'as agreed',
      as: rita.id,
    });
    const finding = (await findings.list({})).at(0)!;
    await asOtto(station);
    const before = station.ledger.state().entries;
    const note = { note: 'seen', as: rita.id };
    await expect(
      reviews.decide({ reviews: [{ id: other!.id }], decision: 'certify', reason: 'as agreed', as: rita.id }),
    ).rejects.toThrow(isNow);
    await expect(reviews.undo({ id: one!.id, as: rita.id })).rejects.toThrow(isNow);
    await expect(findings.dispose({ id: finding.id, disposition: 'acknowledged', ...note })).rejects.toThrow(
      isNow,
    );
    expect(station.ledger.state().entries).toBe(before);
    await reviews.decide({
      reviews: [{ id: other!.id }],
      decision: 'certify',
      reason: 'as agreed',
      as: otto.id,
    });
    // Each in the name of who made it.
    expect((await station.call.sync.dryRun()).wouldSend).toMatchObject([
      { review: one!.id, reviewerName: rita.name },
      { review: other!.id, reviewerName: otto.name },
    ]);
  });

  test('an id that its columns cannot hold is refused at once', async () => {
    const station = await openStation();
    await station.call.source.connect({ url: database.url });
    const before = station.ledger.state().entries;
    await expect(station.call.workspace.setReviewer(noUuid)).rejects.toMatchObject({
      data: { code: 'invalid-input' },
      message: expect.stringMatching(cannotHold),
    });
    expect(station.ledger.state().entries).toBe(before);
    expect(await station.call.workspace.keys()).toEqual([]);
    await station.call.workspace.setReviewer({ ...noUuid, id: rita.id });
  });

  test('one that was set before is warned of when connecting, and holds the sending of its decisions', async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer(noUuid);
    const { warnings } = await station.call.source.connect({ url: database.url });
    expect(warnings).toContainEqual(expect.stringMatching(cannotHold));
    await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
    await station.call.independence.changeFourEyes({ rules: [], reason: 'a team of one' });
    const [item] = await station.call.reviews.list({ status: 'pending' });
    await station.call.reviews.decide({
      reviews: [{ id: item!.id }],
      decision: 'certify',
      reason: 'as agreed',
    });
    expect((await station.call.sync.dryRun()).held).toEqual([expect.stringMatching(cannotHold)]);
    await asRita(station);
    await station.call.reviews.decide({
      reviews: [{ id: item!.id }],
      decision: 'certify',
      reason: 'again, under the right id',
    });
    expect((await station.call.sync.dryRun()).held).toEqual([]);
    const report = (await station.finish(station.call.sync.start({}))) as SyncReport;
    expect(report.items).toMatchObject([{ review: item!.id, outcome: 'applied' }]);
  });
});
