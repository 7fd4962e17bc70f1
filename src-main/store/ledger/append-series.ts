// Appends more entries than one step may take: one transaction on a connection of its own, filled bit by bit, kept whole or not at all.
import { open } from 'node:fs/promises';
import { describingFailure, isInPlace, ledgerMoved, openAnother, type DatabaseHandle } from '../database.ts';
import { newestEntry, putEntry, type EntryClock, type EntryDraft, type StoredEntry } from './entries.ts';

export type OpenSeries = {
  readonly add: (clock: EntryClock, drafts: readonly EntryDraft[]) => void;
  /** Brings what was added so far to the disk, so that little is left to do for `commit`; nothing counts before that. */
  readonly settle: () => Promise<void>;
  /** From here on all of it is recorded. */
  readonly commit: () => void;
  /** Takes all of it back, at once; where it was committed or taken back already nothing happens. */
  readonly rollBack: () => void;
};

/**
 * Takes the write lock of a ledger and keeps it until `commit` or `rollBack`. What another program waits for meanwhile, it waits for.
 * @returns null while another program holds the lock
 * @throws Problem as the ledger does
 */
export function beginSeries(ledger: DatabaseHandle): OpenSeries | null {
  const database = openAnother(ledger);
  if (!takeLock(database)) return null;
  let isOpen = true;
  const end = (how: 'COMMIT' | 'ROLLBACK') => {
    if (!isOpen) return;
    isOpen = false;
    try {
      describingFailure('ledger', () => void database.exec(how));
    } finally {
      // What could not be committed is taken back by closing.
      database.close();
    }
  };
  let previous: StoredEntry | null;
  try {
    previous = newestEntry(database);
  } catch (error) {
    end('ROLLBACK');
    throw error;
  }
  return {
    add: (clock, drafts) =>
      describingFailure('ledger', () => {
        for (const draft of drafts) previous = putEntry(database, draft, clock, previous);
      }),
    settle: () => flush(`${ledger.name}-wal`),
    commit: () => end('COMMIT'),
    rollBack: () => end('ROLLBACK'),
  };
}

function takeLock(database: DatabaseHandle): boolean {
  try {
    database.exec('BEGIN IMMEDIATE');
    if (!isInPlace(database)) throw ledgerMoved();
    return true;
  } catch (error) {
    database.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return false;
    return describingFailure('ledger', () => {
      throw error;
    });
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
