// A pack is on disk whole or not at all, also when the process is killed in the middle of writing it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '#shared/model/problem.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { sourceOf } from '../../../src-main/evidence/pack-source.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { writePack, type WritePackOptions } from '../../../src-main/evidence/write-pack.ts';
import { largeSource } from '../../support/large-pack.ts';
import { alice, generatedAt, sampleInput, signersFile } from '../../unit/evidence/sample-input.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const options = (changes: Partial<WritePackOptions> = {}): WritePackOptions => ({
  source: sourceOf(sampleInput()),
  signer: alice,
  fileFor: (name) => join(folder, name),
  workFolder: folder,
  progress: () => {},
  breathe: () => Promise.resolve(),
  signal: new AbortController().signal,
  ...changes,
});
const trust = { signers: signersFile, now: generatedAt };

test('written piece by piece it has the bytes of one built in memory, and leaves nothing else', async () => {
  const { name, file, sha256, counts } = await writePack(options());
  const built = await buildPack(sampleInput(), alice);
  expect({ name, sha256, counts }).toEqual({ name: built.name, sha256: built.sha256, counts: built.counts });
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256);
  expect(readdirSync(folder)).toEqual([name]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('it replaces what was there', async () => {
  const path = join(folder, 'pack.zip');
  writeFileSync(path, 'old');
  await writePack(options({ fileFor: () => path }));
  expect((await verifyPack(readFileSync(path), trust)).verdict).toBe('trusted');
});

test('a folder that is not there is a sentence', async () => {
  const missing = join(folder, 'no');
  await expect(
    writePack(options({ workFolder: missing, fileFor: (name) => join(missing, name) })),
  ).rejects.toMatchObject({ code: 'file-unreadable', next: expect.stringContaining('folder exists') });
});

test('a target that cannot be replaced leaves no partial file', async () => {
  const path = join(folder, 'taken');
  mkdirSync(path);
  writeFileSync(join(path, 'x'), '');
  await expect(writePack(options({ fileFor: () => path }))).rejects.toMatchObject({
    code: 'file-unreadable',
  });
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('cancelled between rows, or while it verifies what it wrote, it leaves nothing', async () => {
  for (const step of ['Writing the evidence', 'Packing', 'Verifying what was written']) {
    const abort = new AbortController();
    const stopped = new Problem('cancelled', 'Cancelled.');
    const progress = (now: string) => (now === step ? abort.abort(stopped) : undefined);
    const request = options({ source: largeSource(600, 0), progress, signal: abort.signal });
    await expect(writePack(request), step).rejects.toBe(stopped);
    expect(readdirSync(folder), step).toEqual([]);
  }
});

test('evidence that contradicts itself leaves nothing', async () => {
  const { ipe } = sampleInput();
  const source = sourceOf(sampleInput({ ipe: { ...ipe, rows: 7 } }));
  await expect(writePack(options({ source }))).rejects.toMatchObject({ code: 'store-damaged' });
  expect(readdirSync(folder)).toEqual([]);
});

const moduleAt = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);
const writer = (path: string) => `
  import { writePack } from ${moduleAt('src-main/evidence/write-pack.ts')};
  import { largeSource } from ${moduleAt('test/support/large-pack.ts')};
  import { alice } from ${moduleAt('test/unit/evidence/sample-input.ts')};
  const signal = new AbortController().signal;
  for (let round = 0; round < 50; round++) {
    await writePack({
      source: largeSource(1500, 5), signer: alice, fileFor: () => ${JSON.stringify(path)}, workFolder: ${JSON.stringify(folder)},
      progress: (step, done) => process.stdout.write(step + done + '\\n'), breathe: () => Promise.resolve(), signal,
    });
    process.stdout.write('WRITTEN\\n');
  }`;

test('a kill at any moment leaves the whole pack or none under its name', async () => {
  const path = join(folder, 'pack.zip');
  let partial = 0;
  for (let round = 0; round < 4; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer(path)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      // The last one is killed while it writes its second pack over its first.
      if (round < 3 ? said.split('\n').length > 1 + round * 30 : /WRITTEN\n[^]*\n/.test(said)) break;
    }
    child.kill('SIGKILL');
    await gone;
    partial += readdirSync(folder).filter((name) => name.endsWith('.partial')).length;
    if (existsSync(path)) expect((await verifyPack(readFileSync(path), trust)).verdict).toBe('trusted');
  }
  expect(partial).toBeGreaterThan(0);
  expect(existsSync(path)).toBe(true);
});
