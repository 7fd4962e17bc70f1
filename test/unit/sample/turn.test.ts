import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeTurn } from '../../../src-main/sample/turn.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-turn-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('turns', () => {
  it('never overlap', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      for (let round = 0; round < 20; round += 1) await nextRound();
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => takeTurn(folder, undefined, work)));
    expect(most).toBe(1);
  });

  it('end when the work fails', async () => {
    const failing = takeTurn(folder, undefined, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('are taken over from a process that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(join(folder, 'busy.lock'), `${gone}\n`);
    expect(await takeTurn(folder, undefined, () => Promise.resolve('done'))).toBe('done');
  });

  it('stop waiting when cancelled', async () => {
    await writeFile(join(folder, 'busy.lock'), `${process.pid}\n`);
    const work = takeTurn(folder, AbortSignal.abort(), () => Promise.resolve('done'));
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });
});
