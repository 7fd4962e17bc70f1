// Removes what a killed export left behind: its hidden folder beside the packs.
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const partialName = /^\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.partial$/;
/** An export that is alive writes all the time. */
export const idleMs = 3_600_000;

async function newestMs(folder: string): Promise<number> {
  const names = await readdir(folder);
  const paths = [folder, ...names.map((name) => join(folder, name))];
  const times = await Promise.all(paths.map((path) => lstat(path)));
  return Math.max(...times.map(({ mtimeMs }) => mtimeMs));
}

const isFromDisk = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** What ends, or may not be touched, while it is looked at is somebody else’s and alive. */
async function sweepOne(folder: string, nowMs: number): Promise<boolean> {
  try {
    if (nowMs - (await newestMs(folder)) < idleMs) return false;
    await rm(folder, { recursive: true, force: true });
    return true;
  } catch (error) {
    if (!isFromDisk(error)) throw error;
    return false;
  }
}

/**
 * Deletes partial folders in which nothing was written for an hour.
 * @returns how many were deleted
 */
export async function sweepPartial(directory: string, nowMs: number): Promise<number> {
  const found = await readdir(directory, { withFileTypes: true });
  let swept = 0;
  for (const entry of found)
    if (entry.isDirectory() && partialName.test(entry.name))
      swept += (await sweepOne(join(directory, entry.name), nowMs)) ? 1 : 0;
  return swept;
}
