// Brings what was written to a ledger’s log into its file, in a thread of its own: after very many entries it takes a second or more.
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { DatabaseHandle } from '../database.ts';

/** Called in the thread. Entries are durable in the log already, so nothing is lost where it does not come to its end. */
export function settleLog(path: string): void {
  const database = new Database(path, { fileMustExist: true, timeout: 0 });
  try {
    database.pragma('synchronous = FULL');
    // Never waits for anybody: what others are still reading or writing stays in the log for later.
    database.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    database.close();
  }
}

/** @param workerUrl the script of threads. Resolves when it is done; rejects with what ended the thread. */
export function settleLogApart(workerUrl: URL, ledger: DatabaseHandle): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(workerUrl, { workerData: { role: 'ledger-log', path: ledger.name } });
  worker.once('error', reject).once('exit', () => resolve());
  return promise;
}
