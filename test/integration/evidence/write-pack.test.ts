// A pack is on disk whole or not at all, also when the process is killed in the middle of writing it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writePack } from '../../../src-main/evidence/write-pack.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('it is written for its owner only, replaces what was there, and leaves nothing else', async () => {
  const path = join(folder, 'pack.zip');
  writeFileSync(path, 'old');
  await writePack(path, Buffer.from('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['pack.zip']);
});

test('a folder that is not there is a sentence', async () => {
  await expect(writePack(join(folder, 'no', 'pack.zip'), Buffer.from('x'))).rejects.toMatchObject({
    code: 'file-unreadable',
    next: expect.stringContaining('folder exists'),
  });
});

test('a target that cannot be replaced leaves no partial file', async () => {
  const path = join(folder, 'taken');
  mkdirSync(path);
  await expect(writePack(path, Buffer.from('x'))).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(readdirSync(folder)).toEqual(['taken']);
});

const megabytes = 48;
const writer = (path: string) => `
  import { writePack } from ${JSON.stringify(new URL('../../../src-main/evidence/write-pack.ts', import.meta.url).href)};
  const bytes = Buffer.alloc(${megabytes} * 1024 * 1024, 7);
  for (let round = 0; round < 50; round++) await writePack(${JSON.stringify(path)}, bytes);`;

/** Resolves once the folder has seen this many changes, such as a partial file appearing or growing. */
async function seeChanges(directory: string, count: number): Promise<void> {
  const watcher = watch(directory);
  try {
    for (let seen = 0; seen < count; seen++) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
}

test('a kill at any moment leaves the whole pack or none under its name', async () => {
  const path = join(folder, 'pack.zip');
  let partial = 0;
  for (let round = 0; round < 8; round++) {
    const changes = seeChanges(folder, 1 + round * 25);
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer(path)], { stdio: 'ignore' });
    const gone = once(child, 'exit');
    try {
      await Promise.race([changes, gone]);
    } finally {
      child.kill('SIGKILL');
    }
    await gone;
    partial += readdirSync(folder).filter((name) => name.endsWith('.partial')).length;
    if (!existsSync(path)) continue;
    const bytes = readFileSync(path);
    expect(bytes.length).toBe(megabytes * 1024 * 1024);
    expect(bytes.every((byte) => byte === 7)).toBe(true);
  }
  expect(partial).toBeGreaterThan(0);
});
