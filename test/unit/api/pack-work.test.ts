// Packs after their export: signed off, deleted and labelled, each on record; the controls they are meant for; what a kill left behind.
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deletedPack } from '../../../src-shared/model/evidence.ts';
import { sweepPartial } from '../../../src-main/evidence/sweep-partial.ts';
import { openStation, packFile, passphrase, rita, workspaceFolder } from '../../support/station.ts';

async function exported({ retention }: { retention?: string } = {}) {
  const station = await openStation();
  await station.call.workspace.setReviewer({ ...rita, passphrase });
  await station.finish(
    station.call.evidence.export({ passphrase, ...(retention !== undefined && { retention }) }),
  );
  const [pack] = await station.call.evidence.packs();
  if (pack === undefined) throw new Error('No pack was exported.');
  const entriesOf = (type: string) =>
    station.ledger
      .entries()
      .map(({ entry }) => entry)
      .filter((entry) => entry.type === type);
  return { ...station, pack, entriesOf };
}

test('a label of retention stands in the pack, its statement and the ledger', async () => {
  const { pack, entriesOf } = await exported({ retention: '7 years (R-12)' });
  expect(packFile(pack.file, 'bag-info.txt')).toContain('\nRetention: 7 years (R-12)\n');
  expect(packFile(pack.file, 'data/statement.json')).toContain('"retention":"7 years (R-12)"');
  expect(entriesOf('export')[0]?.payload).toMatchObject({ retention: '7 years (R-12)' });
});

test('signing off is on record, and the next pack names the file as it is then', async () => {
  const { call, finish, pack, entriesOf } = await exported();
  const signed = await call.evidence.signOff({
    name: pack.name,
    role: 'preparer',
    note: 'Complete.',
    passphrase,
  });
  expect(signed.added).toBe(2);
  expect(entriesOf('pack-signed-off')[0]?.payload).toMatchObject({
    name: pack.name,
    role: 'preparer',
    note: 'Complete.',
    before: pack.sha256,
    sha256: signed.sha256,
  });
  await finish(call.evidence.export({ passphrase }));
  const next = (await call.evidence.packs()).find(({ name }) => name !== pack.name);
  expect(packFile(next?.file ?? '', 'bag-info.txt')).toContain(`Previous-Pack-SHA256: ${signed.sha256}`);
});

test('nobody approves their own pack, and a refusal changes nothing and records nothing', async () => {
  const { call, pack, entriesOf } = await exported();
  const before = readFileSync(pack.file);
  await expect(
    call.evidence.signOff({ name: pack.name, role: 'approver', note: null, passphrase }),
  ).rejects.toThrow(/nobody approves their own pack/);
  expect(readFileSync(pack.file).equals(before)).toBe(true);
  expect(entriesOf('pack-signed-off')).toEqual([]);
});

test('a deletion takes a reason and stays on record with the hash of what was deleted', async () => {
  const { call, pack, entriesOf } = await exported({ retention: 'until 2033' });
  await expect(call.evidence.deletePack({ name: pack.name, reason: ' ' })).rejects.toThrow(/needs a reason/);
  expect(existsSync(pack.file)).toBe(true);
  const gone = deletedPack.parse(await call.evidence.deletePack({ name: pack.name, reason: 'sent twice' }));
  expect(gone).toEqual({ name: pack.name, sha256: pack.sha256, retention: 'until 2033' });
  expect(existsSync(pack.file)).toBe(false);
  expect(entriesOf('pack-deleted')[0]?.payload).toEqual({ ...gone, reason: 'sent twice' });
  await expect(call.evidence.deletePack({ name: '../ledger.sqlite', reason: 'x' })).rejects.toThrow(
    /no pack of this name/,
  );
});

test('the controls of a workspace are kept in its ledger and go into its packs and reports', async () => {
  const { call, finish, close, folder } = await exported();
  expect(await call.evidence.controls()).toHaveLength(10);
  const controls = [{ framework: 'House rules', control: 'HR-1', title: 'Look <twice>.' }];
  await expect(call.evidence.setControls({ controls, reason: '' })).rejects.toThrow(/needs a reason/);
  await call.evidence.setControls({ controls, reason: 'ours' });
  await finish(call.evidence.export({ passphrase }));
  const packs = await call.evidence.packs();
  const texts = packs.map(({ file }) => packFile(file, 'data/controls.json'));
  expect(
    texts.filter(
      (text) =>
        text ===
        `${JSON.stringify([{ control: 'HR-1', framework: 'House rules', title: 'Look <twice>.' }])}\n`,
    ),
  ).toHaveLength(1);
  expect(packs.some(({ file }) => packFile(file, 'data/report.html').includes('Look &lt;twice&gt;.'))).toBe(
    true,
  );
  await close();
  expect(await (await openStation(folder)).call.evidence.controls()).toEqual(controls);
});

test('the next export removes what a killed one left, and nothing that is still written', async () => {
  const folder = workspaceFolder();
  const nowMs = Date.parse('2026-11-20T12:00:00Z');
  const left = (name: string, ageMs: number): string => {
    const path = join(folder, name);
    mkdirSync(path);
    writeFileSync(join(path, 'part'), 'x');
    for (const one of [join(path, 'part'), path])
      utimesSync(one, (nowMs - ageMs) / 1000, (nowMs - ageMs) / 1000);
    return path;
  };
  const old = left('.0b54a1a0-6f3f-4a55-9b1c-0d6a3c1c2f11.partial', 7_200_000);
  const young = left('.0b54a1a0-6f3f-4a55-9b1c-0d6a3c1c2f12.partial', 60_000);
  const other = left('mine.partial', 7_200_000);
  expect(await sweepPartial(folder, nowMs)).toBe(1);
  expect([old, young, other].map((path) => existsSync(path))).toEqual([false, true, true]);
});
