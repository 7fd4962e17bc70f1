// What people began to write: kept in the workspace folder, beside the ledger and not in it.
import { join } from 'node:path';
import { z } from 'zod';
import { draft, type Draft } from '#shared/model/triage.ts';
import { readLocalFile, writeLocalFile } from '../store/local-file.ts';

const fileName = 'drafts.json';
const drafts = z.array(draft);
/** More than anybody comes back to; the oldest go first. */
const mostDrafts = 1000;

/** Latest last. */
export function readDrafts(directory: string): Draft[] {
  return readLocalFile(join(directory, fileName), drafts, []);
}

/** Kept in place of an earlier one about the same; an empty text forgets it. */
export function keepDraft(directory: string, kept: Draft): Draft | null {
  const before = readDrafts(directory);
  const others = before.filter(({ subject }) => subject !== kept.subject);
  const isForgotten = kept.text === '';
  if (isForgotten && others.length === before.length) return null;
  writeLocalFile(join(directory, fileName), isForgotten ? others : [...others, kept].slice(-mostDrafts));
  return isForgotten ? null : kept;
}
