import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive, isTaken, servesFolder } from '../../../src-main/sample/process-life.ts';

describe('processes', () => {
  it('are alive until they end', async () => {
    expect(await isAlive(process.pid)).toBe(true);
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    expect(isTaken(gone)).toBe(false);
    expect(await isAlive(gone)).toBe(false);
  });

  it('that ended and were not collected are not alive', async () => {
    // The shell becomes a program that never collects its child, which ends at once.
    const parent = spawn('/bin/sh', ['-c', 'sh -c "echo \\$\\$" & exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [said] = await once(parent.stdout, 'data');
      const child = Number(String(said));
      await expect.poll(() => isAlive(child)).toBe(false);
      // Elsewhere than on Linux the system does not tell, and a number in use counts as alive.
      if (platform() === 'linux') expect(isTaken(child)).toBe(true);
    } finally {
      parent.kill();
    }
  });

  it('serve the folder named after -D', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-serves-'));
    const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', '-D', folder], {
      stdio: 'ignore',
    });
    try {
      await once(server, 'spawn');
      const known = platform() === 'linux';
      expect(await servesFolder(server.pid ?? 0, folder)).toBe(known ? 'yes' : 'unknown');
      expect(await servesFolder(server.pid ?? 0, tmpdir())).toBe(known ? 'no' : 'unknown');
      await rm(folder, { recursive: true });
      expect(await servesFolder(server.pid ?? 0, tmpdir())).toBe(known ? 'yes' : 'unknown');
      expect(await servesFolder(process.pid, tmpdir())).toBe(known ? 'no' : 'unknown');
    } finally {
      server.kill();
    }
  });
});
