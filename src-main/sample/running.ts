// Finds out whether the server of a sample folder runs, and stops it.
import { realpath } from 'node:fs/promises';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Problem } from '#shared/model/problem.ts';
import { readLockFile, replacePid, type LockFile } from './lock-file.ts';
import { isAlive, isTaken, servesFolder } from './process-life.ts';
import { dataFolder, ownerUrl, type SampleState } from './state.ts';
import { hasCode } from './system-error.ts';

const pollMs = 50;
const longestWaitMs = 60_000;
/** “The database system is starting up” or “is shutting down”. */
const notYet = '57P03';
/** Beyond the largest process number of any system. */
const numberOfNobody = 2_147_483_646;

async function servedFolder(state: SampleState, port: number): Promise<string> {
  const connectionString = ownerUrl(state, 'postgres', port);
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  // A server that ends breaks the connection too; the query reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      "SELECT current_setting('data_directory') AS folder",
    );
    return rows[0]?.folder ?? '';
  } finally {
    await client.end();
  }
}

/** A server that will answer soon: it says so, or it was started a moment ago and does not listen yet. */
async function isComing(error: unknown, state: SampleState, lock: LockFile): Promise<boolean> {
  if (hasCode(error, notYet)) return true;
  if (!hasCode(error, 'ECONNREFUSED') || lock.ready) return false;
  return (await isAlive(lock.pid)) && (await servesFolder(lock.pid, dataFolder(state))) === 'yes';
}

/**
 * The lock file of the running server, or null. Its process number is trusted only when the server at its port
 * takes our password and serves our folder.
 */
export async function findRunning(state: SampleState): Promise<LockFile | null> {
  for (let waitedMs = 0; waitedMs < longestWaitMs; waitedMs += pollMs) {
    const lock = await readLockFile(dataFolder(state));
    if (lock === null) return null;
    try {
      const served = lock.port === null ? '' : await servedFolder(state, lock.port);
      return served !== '' && (await realpath(served)) === (await realpath(dataFolder(state))) ? lock : null;
    } catch (error) {
      if (!(await isComing(error, state, lock))) return null;
    }
    await sleep(pollMs);
  }
  return null;
}

/**
 * Lets PostgreSQL take over the lock file of a killed server. It does so by itself unless the process number in it
 * is taken, by somebody else or by the dead, which is common in containers. The rest of the file stays: PostgreSQL
 * finds in it whether parts of the killed server still live.
 * @throws Problem `locked` when the server is alive and does not answer
 */
export async function releaseLock(state: SampleState): Promise<void> {
  const lock = await readLockFile(dataFolder(state));
  if (lock === null || !isTaken(lock.pid)) return;
  const ours = (await isAlive(lock.pid)) ? await servesFolder(lock.pid, dataFolder(state)) : 'no';
  if (ours === 'yes') {
    throw new Problem('locked', 'The sample database is running but does not answer.', {
      next: 'Wait a minute and try again, or end its postgres process.',
    });
  }
  if (ours === 'no') await replacePid(dataFolder(state), numberOfNobody);
}

/** Fast shutdown: connections are closed, everything committed is kept. False when it was not running. */
export async function stopRunning(state: SampleState): Promise<boolean> {
  const lock = await findRunning(state);
  if (lock === null) return false;
  kill(lock.pid, 'SIGINT');
  for (let waitedMs = 0; waitedMs < longestWaitMs; waitedMs += pollMs) {
    const current = await readLockFile(dataFolder(state));
    if (current?.pid !== lock.pid || !(await isAlive(lock.pid))) return true;
    await sleep(pollMs);
  }
  throw new Problem('locked', 'The sample database did not stop within a minute.', {
    next: 'Close what is connected to it and stop it again.',
  });
}
