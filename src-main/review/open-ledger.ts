// Opens the ledger of a workspace: looked at from first to last entry before the first byte may be written.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import type { CheckpointClaim } from '../evidence/checkpoint.ts';
import { rootOf } from '../evidence/merkle.ts';
import { backUpBeforeMigration } from '../store/backups.ts';
import { openDatabase, type DatabaseHandle } from '../store/database.ts';
import { headNotePath, readHeadNote } from '../store/ledger/head-note.ts';
import { inspectLedger, ledgerPath } from '../store/ledger/inspect.ts';
import { ledgerMigrations } from '../store/ledger/schema.ts';
import { migrate } from '../store/migrate.ts';
import { foldLedger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export type OpenedLedgerFile = {
  readonly database: DatabaseHandle;
  /** What its entries add up to; null when it was just created. */
  readonly state: LedgerState | null;
};

/**
 * Opens the ledger file, creating it in a new workspace and migrating it where this release is newer.
 * @throws Problem `store-damaged` or `store-newer`; the file and its log are as they were then.
 */
export function openLedgerFile(directory: string, nowMs: () => number): OpenedLedgerFile {
  const path = ledgerPath(directory);
  // Looked for before the ledger: another process that is just creating the workspace writes the ledger first.
  const wasInUse = [headNotePath(directory), join(directory, 'cache.sqlite')].some((file) =>
    existsSync(file),
  );
  const noted = readHeadNote(directory);
  const state = inspectLedger(path, foldLedger);
  if (wasInUse && (state === null || state.entries === 0)) throw ledgerMissing();
  if (state !== null && noted !== null) assertReaches(state, noted);
  const database = openDatabase(path, 'ledger');
  try {
    migrate(database, ledgerMigrations, () => backUpBeforeMigration(database, directory, nowMs()));
    return { database, state };
  } catch (error) {
    database.close();
    throw error;
  }
}

function assertReaches({ checkpointed, entries }: LedgerState, noted: CheckpointClaim): void {
  if (noted.firstHash !== checkpointed.firstHash)
    throw notThisLedger('The decision ledger in this folder is that of another workspace.');
  if (noted.size > entries) {
    const missing = noted.size - entries;
    throw notThisLedger(
      `The newest ${missing === 1 ? 'entry is' : `${missing} entries are`} missing from the decision ledger: it has ${entries}, but had ${noted.size}.`,
    );
  }
  if (noted.size === entries && noted.root !== rootOf(checkpointed.tree).toString('hex'))
    throw notThisLedger('The decision ledger is not the one that was last written in this folder.');
}

const waysOut =
  'Keep the folder as it is. Put the missing file back, or restore the newest sound backup with “countersign restore FILE”.';

function notThisLedger(what: string): Problem {
  return new Problem('store-damaged', `${what} Nothing was written.`, { next: waysOut });
}

function ledgerMissing(): Problem {
  return new Problem(
    'store-damaged',
    'The decision ledger of this workspace is missing or empty, although the workspace was used before. Nothing was written.',
    { next: `${waysOut} To start anew, choose an empty folder with --workspace.` },
  );
}
