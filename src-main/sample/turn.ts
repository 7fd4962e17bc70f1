// One start or stop at a time for a sample folder, across processes.
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pid as ownPid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '#shared/model/problem.ts';
import { isAlive } from './process-life.ts';
import { throwIfCancelled } from './progress.ts';
import { ignoring } from './system-error.ts';

const pollMs = 100;
const longestWaitMs = 300_000;

async function takeLock(file: string): Promise<boolean> {
  const handle = await open(file, 'wx', 0o600).catch(ignoring('EEXIST'));
  if (handle === undefined) return false;
  await handle.writeFile(`${ownPid}\n`);
  await handle.close();
  return true;
}

async function dropLockOfTheDead(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(ignoring('ENOENT'));
  const holder = Number(text);
  if (text === undefined || text === '' || !Number.isInteger(holder) || (await isAlive(holder))) return;
  await rm(file, { force: true });
}

/**
 * Runs work while nobody else starts or stops this sample; waits for those who do.
 * @throws Problem `locked` after five minutes of waiting
 */
export async function takeTurn<T>(
  directory: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const file = join(directory, 'busy.lock');
  for (let waitedMs = 0; !(await takeLock(file)); waitedMs += pollMs) {
    throwIfCancelled(signal);
    if (waitedMs >= longestWaitMs) {
      throw new Problem('locked', 'Another program has been starting this sample database for minutes.', {
        next: 'End it, or delete busy.lock in the sample folder if no such program is left.',
      });
    }
    await dropLockOfTheDead(file);
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
