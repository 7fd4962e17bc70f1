// Looking through a ledger at every door: words, narrowing, one entry in full, and the copies there are.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LedgerPage } from '../../../src-shared/model/ledger.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, otto, passphrase, rita, workspaceFolder } from '../../support/station.ts';

async function filled() {
  const station = await openStation();
  const { call } = station;
  await call.workspace.setReviewer({ ...rita, passphrase });
  for (const action of ['alpha', 'beta', 'gamma'])
    await call.workspace.setPrivilegedActions({ actions: [action], reason: `because of ${action}` });
  await call.workspace.setReviewer({ ...otto, passphrase });
  await call.workspace.setPrivilegedActions({ actions: ['delta'], reason: 'Otto’s ⟪reason⟫' });
  return station;
}

const said = ({ entries }: LedgerPage) =>
  entries.map(({ saying }) => saying.map(({ text }) => text).join(''));

test('lists entries newest first, and counts kinds and people over the whole ledger', async () => {
  const { call, ledger } = await filled();
  const page = await call.ledger.entries({ limit: 2 });
  const size = ledger.state().entries;
  expect(page).toMatchObject({ size, hasEarlier: true });
  expect(page.entries.map(({ seq, actorName }) => [seq, actorName])).toEqual([
    [size, otto.name],
    [size - 1, otto.name],
  ]);
  expect(page.kinds[0]).toEqual({ type: 'configuration-changed', count: 4 });
  expect(page.people.find(({ actor }) => actor === rita.id)).toMatchObject({ name: rita.name });
  const rest = await call.ledger.entries({ before: size - 1 });
  expect(rest.hasEarlier).toBe(false);
  expect(rest.entries.map(({ seq }) => seq)).toEqual(
    Array.from({ length: size - 2 }, (_, index) => size - 2 - index),
  );
});

test('narrows by kind, person and text together, without regard to letter case', async () => {
  const { call } = await filled();
  const type = 'configuration-changed' as const;
  expect(said(await call.ledger.entries({ type, actor: rita.id, text: 'BECAUSE of b' }))).toEqual([
    'Changed the list of privileged actions. Added: beta. Removed: alpha. Reason: because of beta',
  ]);
  expect(said(await call.ledger.entries({ text: 'otto’s ⟪' }))).toHaveLength(1);
  expect((await call.ledger.entries({ actor: '' })).entries.map(({ type: kind }) => kind)).toEqual([
    'workspace-created',
  ]);
  expect((await call.ledger.entries({ text: 'no such thing' })).entries).toEqual([]);
});

test('counts what was appended since, by this and by another process', async () => {
  const { call, folder } = await filled();
  const countOf = async () =>
    (await call.ledger.entries({})).kinds.find(({ type }) => type === 'checkpoint')?.count ?? 0;
  const before = await countOf();
  await call.ledger.checkpoint({ passphrase });
  expect((await runProgramHere(folder, ['ledger', 'checkpoint'])).code).toBe(0);
  expect(await countOf()).toBe(before + 2);
});

test('gives one entry with its hash, which the next one names', async () => {
  const { call } = await filled();
  const [second, third] = [await call.ledger.entry({ seq: 2 }), await call.ledger.entry({ seq: 3 })];
  expect(third.entry.prev).toBe(second.hash);
  expect(second.line).toMatchObject({ seq: 2, type: 'reviewer-changed' });
  await expect(call.ledger.entry({ seq: 999 })).rejects.toThrow(/no entry 999/);
});

test('lists backups newest first, and nothing else that lies there', async () => {
  const { call, folder } = await filled();
  expect(await call.ledger.backups()).toEqual([]);
  await call.ledger.backup();
  await call.ledger.backup();
  const names = readdirSync(join(folder, 'backups')).toSorted().toReversed();
  expect((await call.ledger.backups()).map(({ name }) => name)).toEqual(names);
});

test('is the same on the command line, with values in quotation marks', async () => {
  const { close, folder } = await filled();
  await close();
  const { json } = await runProgramHere(folder, [
    'ledger',
    'entries',
    '--text',
    'gamma',
    '--type',
    'configuration-changed',
  ]);
  expect(said(json as LedgerPage)).toEqual([
    expect.stringContaining('Removed: gamma'),
    expect.stringContaining('Added: gamma'),
  ]);
  expect((await runProgramHere(folder, ['ledger', 'entry', '1'])).json).toMatchObject({ entry: { seq: 1 } });
  const wrong = [
    ['entry', 'x'],
    ['entries', '--type', 'nonsense'],
    ['verify', '--text', 'x'],
    ['verify', '3'],
  ];
  const codes = await Promise.all(
    wrong.map(async (words) => (await runProgramHere(folder, ['ledger', ...words])).code),
  );
  expect(codes).toEqual([2, 2, 2, 2]);
  expect((await runProgramHere(workspaceFolder(), ['ledger', 'backups'])).json).toEqual([]);
});
