// A note beside the ledger of how far it reached, so that newest entries that are gone are missed.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import {
  checkpointText,
  parseCheckpoint,
  type CheckpointClaim,
  type CheckpointedLedger,
} from '../../evidence/checkpoint.ts';

export const headNotePath = (directory: string): string => join(directory, 'ledger-head.txt');

/**
 * Notes how far the ledger reaches. Only after entries are durably recorded: the note may lag behind, never run ahead.
 * It is not flushed: the ledger itself is what must survive a power cut.
 */
export function writeHeadNote(directory: string, ledger: CheckpointedLedger): void {
  const path = headNotePath(directory);
  const aside = `${path}.${randomUUID()}.new`;
  try {
    writeFileSync(aside, checkpointText(ledger), { mode: 0o600 });
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/** What was noted last; null when nothing was, or the note itself was damaged. */
export function readHeadNote(directory: string): CheckpointClaim | null {
  const path = headNotePath(directory);
  if (!existsSync(path)) return null;
  try {
    return parseCheckpoint(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
