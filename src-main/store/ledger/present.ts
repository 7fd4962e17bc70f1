// What is left of a ledger that is about to be replaced, and whether anybody still works with it.
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Problem } from '#shared/model/problem.ts';
import { readingLedger } from './inspect.ts';
import { ledgerRows, verifyEntries } from './verify.ts';

export type PresentLedger = {
  readonly exists: boolean;
  /** Whether the file can be read to its end and every entry holds. */
  readonly isSound: boolean;
  /** Of the entries that can be read, in order, sound or not. */
  readonly hashes: readonly string[];
};

export function readPresent(path: string): PresentLedger {
  const hashes: string[] = [];
  try {
    const verified = readingLedger(path, (database) =>
      verifyEntries(noting(ledgerRows(database), hashes), []),
    );
    return { exists: existsSync(path), isSound: verified?.ok ?? true, hashes };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store-damaged') throw error;
    return { exists: true, isSound: false, hashes };
  }
}

function* noting<Row extends { readonly hash: string }>(entries: Iterable<Row>, hashes: string[]) {
  for (const row of entries) {
    hashes.push(row.hash);
    yield row;
  }
}

/** @throws Problem `locked` while another process has the ledger open. */
export function assertUnused(path: string): void {
  if (!existsSync(path)) return;
  const database = new Database(path, { fileMustExist: true, timeout: 1000 });
  try {
    // An exclusive lock is granted only while nobody else has a write-ahead log open.
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN IMMEDIATE; COMMIT');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (cause) {
    throw new Problem('locked', 'Another program has this workspace open. Nothing was restored or changed.', {
      next: 'Close Countersign everywhere, then try again.',
      cause,
    });
  } finally {
    database.close();
  }
}
