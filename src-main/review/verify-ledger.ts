// Verifies the ledger of a workspace folder as it lies there, opened by nobody or by others, sound or not.
import type { LedgerVerification } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseCheckpoint } from '../evidence/checkpoint.ts';
import { readHeadNote } from '../store/ledger/head-note.ts';
import { hasExpectedSchema, ledgerPath, readingLedger } from '../store/ledger/inspect.ts';
import { ledgerMigrations } from '../store/ledger/schema.ts';
import { ledgerRows, verifyEntries, type OutsideCheckpoint } from '../store/ledger/verify.ts';
import { assertNotNewer } from '../store/migrate.ts';

/**
 * Walks the ledger of a workspace; nothing is written. The note beside it counts as a checkpoint kept outside.
 * @param kept text of a checkpoint from elsewhere: `data/checkpoint.txt` of a pack, or an earlier note.
 * @throws Problem `not-found` without a ledger, `store-newer` for one whose tables only a newer release knows,
 * `file-unreadable` for a checkpoint that is none.
 */
export function verifyLedger(directory: string, kept?: string): LedgerVerification {
  // Read before the ledger, so that what others append meanwhile cannot make it look short.
  const outside = outsideCheckpoints(directory, kept);
  const found = readingOrReporting(ledgerPath(directory), outside);
  if (found) return found;
  if (outside.length > 0) return verifyEntries([], outside);
  throw new Problem('not-found', 'There is no decision ledger in this folder.', {
    next: 'Choose the workspace with --workspace.',
  });
}

function outsideCheckpoints(directory: string, kept: string | undefined): OutsideCheckpoint[] {
  const note = readHeadNote(directory);
  return [
    ...(note === null ? [] : [{ claim: note, name: 'the note beside the ledger' }]),
    ...(kept === undefined ? [] : [{ claim: parseCheckpoint(kept), name: 'the given checkpoint' }]),
  ];
}

function readingOrReporting(path: string, outside: readonly OutsideCheckpoint[]): LedgerVerification | null {
  try {
    return readingLedger(path, (database) => {
      const verified = verifyEntries(ledgerRows(database), outside);
      if (!verified.ok || hasExpectedSchema(database)) return verified;
      assertNotNewer(database, ledgerMigrations);
      return withoutRules(verified);
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store-damaged') throw error;
    const detail = 'Entry 1 cannot be read: the file is not a database, or its beginning is damaged.';
    return {
      ok: false,
      entries: 0,
      firstBad: { seq: 1, fault: 'unreadable', detail },
      checkpoints: 0,
      newestCheckpoint: null,
      summary: detail,
    };
  }
}

function withoutRules(verified: LedgerVerification): LedgerVerification {
  const detail =
    'Every entry holds, but the tables of the file are not as Countersign makes them: the rules that refuse changes may be gone.';
  return { ...verified, ok: false, firstBad: { seq: null, fault: 'schema', detail }, summary: detail };
}
