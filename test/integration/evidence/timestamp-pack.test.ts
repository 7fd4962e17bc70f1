// Timestamps put into a finished pack file: nothing else in it changes, and a failure changes nothing at all.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { addTimestamps } from '../../../src-main/evidence/timestamp-pack.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { filesOf } from '../../unit/evidence/forge.ts';
import { regular, writeForeignZip } from '../../unit/evidence/foreign-writer.ts';
import { alice, generatedAt, sampleInput, signersFile } from '../../unit/evidence/sample-input.ts';

const pack = await buildPack(sampleInput(), alice);
const token = Buffer.from('a reply');
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-stamp-'));
  file = join(folder, 'pack.zip');
  writeFileSync(file, pack.bytes);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('one token is added for each signature, over its very bytes, and the rest is as it was', async () => {
  const asked: Uint8Array[] = [];
  const answer = (signature: Uint8Array) => {
    asked.push(signature);
    return Promise.resolve(token);
  };
  expect(await addTimestamps(file, answer)).toMatchObject({ added: 1, before: pack.sha256 });
  const before = filesOf(pack.bytes);
  const after = filesOf(readFileSync(file));
  const [name = ''] = [...before.keys()].filter((one) => one.startsWith('signatures/'));
  expect(asked).toEqual([Buffer.from(before.get(name) ?? [])]);
  const stamp = name.replace('signatures/', 'timestamps/').replace('.sig', '.tsr');
  expect(Buffer.from(after.get(stamp) ?? [])).toEqual(token);
  after.delete(stamp);
  expect(after).toEqual(before);
  const verified = await verifyPack(readFileSync(file), { signers: signersFile, now: generatedAt });
  expect(verified.verdict).toBe('trusted');
  expect(verified.checks[0]?.detail).toMatch(/every byte of the pack file is accounted for/);
  expect(await addTimestamps(file, answer)).toMatchObject({ added: 0 });
  expect(asked).toHaveLength(1);
});

test('when nobody answers, the pack is as it was and nothing lies beside it', async () => {
  await expect(addTimestamps(file, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(readFileSync(file).equals(pack.bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual(['pack.zip']);
});

test('a folder and a pack packed by another program are refused, and nobody is asked', async () => {
  const nobody = () => Promise.reject(new Error('asked'));
  mkdirSync(join(folder, 'extracted'));
  await expect(addTimestamps(join(folder, 'extracted'), nobody)).rejects.toThrow(/as Countersign wrote it/);
  const files = [...filesOf(pack.bytes)];
  const foreign = writeForeignZip(
    files.map(([name, content]) => ({ name, content, attributes: regular, deflate: true })),
  );
  writeFileSync(file, foreign);
  await expect(addTimestamps(file, nobody)).rejects.toThrow(/as Countersign wrote it/);
  expect(readFileSync(file).equals(foreign)).toBe(true);
});
