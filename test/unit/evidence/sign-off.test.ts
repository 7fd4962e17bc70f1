// Signing off a pack: beside the payload, by somebody else than who prepared it or is judged in it, and bound to this very pack.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SignOffRole } from '#shared/model/evidence.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { signOffPack } from '../../../src-main/evidence/sign-off-pack.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import type { Signer } from '../../../src-main/evidence/sshsig.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { edit, filesOf } from './forge.ts';
import {
  alice,
  chain,
  generatedAt,
  sampleDrafts,
  sampleInput,
  signerOf,
  signersFile,
} from './sample-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-sign-off-'));
afterAll(() => rmSync(folder, { recursive: true }));

const boss = signerOf(7);
const bossLine = `${allowedSignersLine('boss@example.org', boss.publicKey)}\n`;
const later = '2026-11-22T09:00:00.000Z';
const trust = { signers: signersFile + bossLine, now: later };
const pack = await buildPack(sampleInput(), alice);

let number = 0;
const packAt = (bytes: Uint8Array = pack.bytes): string => {
  const path = join(folder, `${(number += 1)}.zip`);
  writeFileSync(path, bytes);
  return path;
};

type Person = { readonly id: string; readonly identity: string; readonly signer: Signer };
const theBoss: Person = { id: 'boss', identity: 'boss@example.org', signer: boss };

const signOff = (path: string, { id, identity, signer }: Person, role: SignOffRole = 'approver') =>
  signOffPack({
    path,
    role,
    note: 'Seen, “agreed”.\nQ4',
    reviewer: { id, name: 'Somebody', email: identity },
    identity,
    signer,
    trust,
  });

test('an approver signs off; the payload and everything signed stay byte for byte', async () => {
  const path = packAt();
  const { added, before, sha256 } = await signOff(path, theBoss);
  expect([added, before]).toEqual([3, pack.sha256]);
  expect(sha256).not.toBe(before);
  const [old, now] = [filesOf(pack.bytes), filesOf(readFileSync(path))];
  for (const [name, bytes] of old) expect(Buffer.from(now.get(name) ?? []), name).toEqual(Buffer.from(bytes));
  expect([...now.keys()].filter((name) => !old.has(name))).toEqual([
    expect.stringMatching(/^sign-offs\/approver-[0-9a-f]{8}\.json$/),
    expect.stringMatching(/^sign-offs\/approver-[0-9a-f]{8}\.json\.sig$/),
    expect.stringMatching(/^signatures\/approver-[0-9a-f]{8}\.sig$/),
  ]);
  const { verdict, checks, signers } = await verifyPack(readFileSync(path), trust);
  expect(verdict).toBe('trusted');
  expect(signers.map(({ identity }) => identity)).toEqual(['alice@example.org', 'boss@example.org']);
  expect(checks.find(({ name }) => name === 'sign-offs')?.detail).toMatch(
    /^Prepared by alice@example\.org\. Approved by boss@example\.org \(Somebody\), 2026-11-22T09:00:00\.000Z by their own clock: “Seen/,
  );
});

test('without a sign-off the check says that nobody approved', async () => {
  const { checks } = await verifyPack(pack.bytes, trust);
  expect(checks.find(({ name }) => name === 'sign-offs')?.detail).toBe(
    'Prepared by alice@example.org. Nobody has approved it.',
  );
});

test('the preparer signs off as such, and only so', async () => {
  const path = packAt();
  const preparer = { id: 'alice', identity: 'alice@example.org', signer: alice };
  await expect(signOff(path, preparer)).rejects.toThrow(/nobody approves their own pack/);
  expect((await signOff(path, preparer, 'preparer')).added).toBe(2);
  expect((await verifyPack(readFileSync(path), trust)).verdict).toBe('trusted');
  await expect(signOff(path, preparer, 'preparer')).rejects.toThrow(/already/);
  await expect(signOff(path, theBoss, 'preparer')).rejects.toThrow(/another key/);
});

test.each([
  ['the preparer with another key', { ...theBoss, id: 'Alice' }, /The approver is the preparer/],
  [
    'the preparer by e-mail address',
    { ...theBoss, identity: 'ALICE@example.org' },
    /The approver is the preparer/,
  ],
  ['who an item is about', { ...theBoss, id: 'bob' }, /subject of an item/],
])('%s cannot approve, and the pack stays as it was', async (_, person, reason) => {
  const path = packAt();
  await expect(signOff(path, person)).rejects.toThrow(reason);
  expect(readFileSync(path).equals(pack.bytes)).toBe(true);
});

test('an alias of the preparer in the ledger cannot approve either', async () => {
  const drafts = [
    ...sampleDrafts,
    {
      id: 'E13',
      type: 'aliases-changed',
      subject: 'alice',
      actor: 'alice',
      payload: { reviewer: 'alice', before: [], after: ['boss'], reason: 'one person' },
    } as const,
  ];
  const path = packAt((await buildPack(sampleInput({ ledger: chain(drafts) }), alice)).bytes);
  await expect(signOff(path, theBoss)).rejects.toThrow(/The approver is the preparer/);
});

const forged = async (change: (files: ReturnType<typeof filesOf>, stem: string) => void) => {
  const path = packAt();
  await signOff(path, theBoss);
  const files = filesOf(readFileSync(path));
  const name = [...files.keys()].find((one) => /^sign-offs\/.*\.json$/.test(one))!;
  change(files, name.replace('.json', '').replace('sign-offs/', ''));
  return verifyPack(files, trust);
};

test.each<[string, Parameters<typeof forged>[0]]>([
  [
    'a changed note',
    (files, stem) => edit(files, `sign-offs/${stem}.json`, (text) => text.replace('Q4', 'Q3')),
  ],
  ['a sign-off without its signature', (files, stem) => files.delete(`sign-offs/${stem}.json.sig`)],
  ['a sign-off without a signature of the pack', (files, stem) => files.delete(`signatures/${stem}.sig`)],
  [
    'the role in the name changed',
    (files, stem) => {
      for (const [folderName, end] of [
        ['sign-offs', '.json'],
        ['sign-offs', '.json.sig'],
        ['signatures', '.sig'],
      ]) {
        const bytes = files.get(`${folderName}/${stem}${end}`)!;
        files.delete(`${folderName}/${stem}${end}`);
        files.set(`${folderName}/${stem.replace('approver', 'preparer')}${end}`, bytes);
      }
    },
  ],
  [
    'the signature of the pack in the place of that of the sign-off',
    (files, stem) => files.set(`sign-offs/${stem}.json.sig`, files.get(`signatures/${stem}.sig`)!),
  ],
])('%s is noticed', async (_, change) => {
  expect((await forged(change)).verdict).toBe('tampered');
});

test('a sign-off of another pack is worthless in this one', async () => {
  const other = packAt((await buildPack(sampleInput({ packId: '01K9ZZZZZZZZZZZZZZ99999999' }), alice)).bytes);
  await signOff(other, theBoss);
  const files = filesOf(pack.bytes);
  for (const [name, bytes] of filesOf(readFileSync(other)))
    if (name.includes('approver-')) files.set(name, bytes);
  expect((await verifyPack(files, trust)).verdict).toBe('tampered');
});

test('an approver whom the list knows by another name is not believed', async () => {
  const path = packAt();
  await signOff(path, theBoss);
  const signers = signersFile + bossLine.replace('boss@', 'janitor@');
  expect((await verifyPack(readFileSync(path), { signers, now: later })).verdict).toBe('unpinned');
});

test('a pack that was changed cannot be signed off', async () => {
  const bytes = Buffer.from(pack.bytes);
  const at = bytes.indexOf('"certify"');
  bytes.write('"CERTIFY"', at);
  const path = packAt(bytes);
  await expect(signOff(path, theBoss)).rejects.toThrow(/stays as it was|Changed/);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(generatedAt < later).toBe(true);
});
