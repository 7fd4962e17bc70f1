import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLockFile, replacePid } from '../../../src-main/sample/lock-file.ts';

let folder = '';
const running = [
  '4711',
  '/data',
  '1763251200',
  '54321',
  '',
  '127.0.0.1',
  '  5432001    163841',
  'ready   ',
  '',
];

async function write(lines: string[]): Promise<void> {
  await writeFile(join(folder, 'postmaster.pid'), lines.join('\n'));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the lock file of a server', () => {
  it('names its process, port and readiness', async () => {
    await write(running);
    expect(await readLockFile(folder)).toEqual({ pid: 4711, port: 54_321, ready: true });
  });

  it('may be half written', async () => {
    await write(['4711', '/data', '1763251200', '54321', '']);
    expect(await readLockFile(folder)).toEqual({ pid: 4711, port: 54_321, ready: false });
    await write(['4711']);
    expect(await readLockFile(folder)).toEqual({ pid: 4711, port: null, ready: false });
    await write(['']);
    expect(await readLockFile(folder)).toBeNull();
  });

  it('may be missing', async () => {
    expect(await readLockFile(folder)).toBeNull();
    expect(await readLockFile(join(folder, 'missing'))).toBeNull();
  });

  it('keeps everything but the process number', async () => {
    await write(running);
    await replacePid(folder, 99);
    expect(await readLockFile(folder)).toEqual({ pid: 99, port: 54_321, ready: true });
  });
});
