import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packUploads } from '../../../src-main/api/pack-uploads.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { alice, generatedAt, sampleInput, signersFile } from '../evidence/sample-input.ts';

const pack = await buildPack(sampleInput(), alice);
const trust = { signers: signersFile, now: generatedAt };
const folder = () => join(temporaryFolder(), 'uploads');

async function handOver(uploads: ReturnType<typeof packUploads>, bytes: Uint8Array): Promise<string> {
  const upload = await uploads.begin(bytes.length);
  for (let offset = 0; offset < bytes.length; offset += 10_000)
    await uploads.add(upload, offset, bytes.subarray(offset, offset + 10_000));
  return upload;
}

test('a pack handed over in pieces is judged like the pack itself, and then forgotten', async () => {
  const directory = folder();
  const uploads = packUploads(directory);
  const upload = await handOver(uploads, pack.bytes);
  const verified = await uploads.use(upload, (opened) => verifyPack(opened, trust));
  expect(verified).toEqual(await verifyPack(pack.bytes, trust));
  expect(verified.verdict).toBe('trusted');
  expect(readdirSync(directory)).toEqual([]);
  await expect(uploads.use(upload, () => Promise.resolve())).rejects.toMatchObject({ code: 'not-found' });
});

test('pieces out of turn, too many, or missing are refused', async () => {
  const uploads = packUploads(folder());
  const upload = await uploads.begin(10);
  expect(await uploads.add(upload, 0, Buffer.alloc(4))).toBe(4);
  for (const offset of [0, 3, 5])
    await expect(uploads.add(upload, offset, Buffer.alloc(4))).rejects.toMatchObject({ code: 'conflict' });
  await expect(uploads.add(upload, 4, Buffer.alloc(7))).rejects.toMatchObject({ code: 'conflict' });
  await expect(uploads.use(upload, () => Promise.resolve())).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('not arrived as a whole'),
  });
  await expect(uploads.add('../x', 0, Buffer.alloc(1))).rejects.toMatchObject({ code: 'not-found' });
});

test('what was left unfinished makes room, and what an earlier run left is removed', async () => {
  const directory = folder();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'left'), 'x');
  const uploads = packUploads(directory);
  const first = await uploads.begin(10);
  expect(existsSync(join(directory, 'left'))).toBe(false);
  for (let count = 0; count < 4; count += 1) await uploads.begin(10);
  expect(readdirSync(directory)).toHaveLength(4);
  await expect(uploads.add(first, 0, Buffer.alloc(1))).rejects.toMatchObject({ code: 'not-found' });
  await uploads.discard(first);
});

test('a pack is forgotten also when its verification fails', async () => {
  const directory = folder();
  const uploads = packUploads(directory);
  const upload = await handOver(uploads, pack.bytes);
  await expect(uploads.use(upload, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(readdirSync(directory)).toEqual([]);
});

test('a kept pack can be used again, by its path, too, and stays until it is forgotten', async () => {
  const directory = folder();
  const uploads = packUploads(directory);
  const upload = await handOver(uploads, pack.bytes);
  await uploads.use(upload, () => Promise.resolve(), true);
  await expect(uploads.useFile(upload, () => Promise.reject(new Error('wrong')), true)).rejects.toThrow(
    'wrong',
  );
  const bytes = await uploads.useFile(upload, (path) => Promise.resolve(readFileSync(path)), true);
  expect(bytes.equals(pack.bytes)).toBe(true);
  await uploads.discard(upload);
  expect(readdirSync(directory)).toEqual([]);
});

test('a pack that somebody is at work with makes room for no other', async () => {
  const uploads = packUploads(folder());
  const busy = await handOver(uploads, pack.bytes);
  await uploads.useFile(busy, async (path) => {
    for (let count = 0; count < 6; count += 1) await uploads.begin(10);
    expect(existsSync(path)).toBe(true);
  });
  await expect(uploads.useFile(busy, () => Promise.resolve())).rejects.toMatchObject({ code: 'not-found' });
});
