// Reads postmaster.pid, the file in which a running PostgreSQL server says who it is.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoring } from './system-error.ts';

export interface LockFile {
  pid: number;
  port: number | null;
  /** False while the server starts, recovers or stops. */
  ready: boolean;
}

const lockFile = 'postmaster.pid';

/** Lines of the file: process, data folder, start time, port, socket folder, address, shared memory, status. */
export async function readLockFile(dataFolder: string): Promise<LockFile | null> {
  const text = await readFile(join(dataFolder, lockFile), 'utf8').catch(ignoring('ENOENT'));
  if (text === undefined) return null;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const port = Number(lines[3]);
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null, ready: lines[7] === 'ready' };
}

/** Writes in place, so that the file keeps its owner. */
export async function replacePid(dataFolder: string, pid: number): Promise<void> {
  const file = join(dataFolder, lockFile);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^[^\n]*/, String(pid)));
}
