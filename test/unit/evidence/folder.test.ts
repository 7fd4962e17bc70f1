import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPackAt, openPackFolder } from '../../../src-main/evidence/pack-reader.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { filesOf } from './forge.ts';
import { alice, generatedAt, sampleInput, signersFile } from './sample-input.ts';

const pack = await buildPack(sampleInput(), alice);
const trust = { signers: signersFile, now: generatedAt };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-folder-'));
  for (const [name, bytes] of filesOf(pack.bytes)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

test('an extracted pack is trusted like the file it came from', async () => {
  expect((await verifyPack(await openPackFolder(folder), trust)).verdict).toBe('trusted');
});

test('a changed and an added file are noticed', async () => {
  writeFileSync(join(folder, 'data', 'added'), '');
  expect((await verifyPack(await openPackFolder(folder), trust)).verdict).toBe('tampered');
});

test('a symbolic link is refused, even to the very content', async () => {
  const name = join(folder, 'data', 'report.html');
  renameSync(name, join(folder, '..', `${folder.split('/').at(-1)}-report`));
  symlinkSync(join(folder, '..', `${folder.split('/').at(-1)}-report`), name);
  try {
    await expect(openPackFolder(folder)).rejects.toThrow(/such as a link/);
  } finally {
    rmSync(join(folder, '..', `${folder.split('/').at(-1)}-report`));
  }
});

test('a link to a folder and a pipe are refused', async () => {
  symlinkSync(join(folder, 'data'), join(folder, 'more'));
  await expect(openPackFolder(folder)).rejects.toThrow(/such as a link/);
  rmSync(join(folder, 'more'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(openPackFolder(folder)).rejects.toThrow(/such as a link/);
  await expect(openPackAt(join(folder, 'pipe'))).rejects.toThrow(/neither a file nor a folder/);
});

test('names that another system reads differently are refused', async () => {
  linkSync(join(folder, 'VERIFY.txt'), join(folder, 'verify.txt'));
  await expect(openPackFolder(folder)).rejects.toThrow(/same name/);
  rmSync(join(folder, 'verify.txt'));
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]), '');
  await expect(openPackFolder(folder)).rejects.toThrow(/UTF-8/);
});
