// Reads the data of a bag of work papers, and works out from the auditor's ledger what the rest of it must say.
import { z } from 'zod';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { AuditSample } from '#shared/model/work-papers.ts';
import { auditSamples } from '../../review/work-papers/assess.ts';
import { applyWorkPaperEntry, emptyWorkPapers, type WorkPaperState } from '../../review/work-papers/state.ts';
import { hashEntry } from '../entry-hash.ts';
import { parseJsonFile, parseJsonLines } from '../json-lines.ts';
import { archivedFile, readWhole, type PackArchive } from '../pack-archive.ts';
import type { LedgerLine } from '../pack-input.ts';
import { decodeText } from '../text-file.ts';
import { auditLedgerFile, keysFile } from './work-papers-files.ts';
import {
  workPapersStatement,
  workPapersStatementFile,
  type WorkPapersStatement,
} from './work-papers-statement.ts';

/** Work papers are written by people; a file of them this large was made to fill memory. */
const largestFileBytes = 2 ** 28;

export async function readBagFile(files: PackArchive, name: string): Promise<Buffer> {
  return readWhole(archivedFile(files, name), name, largestFileBytes);
}

/** @throws Problem `file-unreadable` */
export async function readWorkPapersStatement(files: PackArchive): Promise<WorkPapersStatement> {
  const name = workPapersStatementFile;
  return parseJsonFile(await readBagFile(files, name), name, workPapersStatement);
}

/** @throws Problem `file-unreadable` */
export async function readAuditLedger(files: PackArchive): Promise<LedgerLine[]> {
  const entries = parseJsonLines(await readBagFile(files, auditLedgerFile), auditLedgerFile, ledgerEntry);
  return entries.map((entry) => ({ entry, hash: hashEntry(entry) }));
}

/** @throws Problem `store-damaged` naming an entry without the particulars of one */
export function replayWork(ledger: readonly LedgerLine[]): WorkPaperState {
  const state = emptyWorkPapers();
  for (const { entry } of ledger) {
    try {
      applyWorkPaperEntry(state, entry);
    } catch (cause) {
      if (!(cause instanceof z.ZodError)) throw cause;
      throw new Problem(
        'store-damaged',
        `Ledger entry ${entry.seq} is of the type ${entry.type} without the particulars of one.`,
      );
    }
  }
  assertOnePack(ledger);
  assertDistinctReferences(state);
  return state;
}

/** An auditor’s workspace is about one pack, from its opening on. */
function assertOnePack(ledger: readonly LedgerLine[]): void {
  const [, second] = ledger.filter(({ entry }) => entry.type === 'pack-opened');
  if (second)
    throw new Problem(
      'store-damaged',
      `Ledger entry ${second.entry.seq} puts another pack in the place of the one opened before.`,
    );
}

function assertDistinctReferences({ papers, samples }: WorkPaperState): void {
  const references = [...papers.values(), ...samples.values()].map(({ reference }) =>
    reference.toLowerCase(),
  );
  if (new Set(references).size < references.length)
    throw new Problem('store-damaged', 'The ledger gives one reference to two work papers.');
}

/** The keys of the population of a sample, one a line. */
export async function readKeys(files: PackArchive, sample: AuditSample): Promise<string[]> {
  const name = keysFile(sample);
  const text = decodeText(await readBagFile(files, name), name);
  if (text !== '' && !text.endsWith('\n'))
    throw new Problem('file-unreadable', `${name} does not end in a line end; it is cut off.`);
  return text.split('\n').slice(0, -1);
}

export async function readSampleKeys(
  files: PackArchive,
  state: WorkPaperState,
): Promise<Map<string, readonly string[]>> {
  const keys = new Map<string, readonly string[]>();
  for (const sample of auditSamples(state)) keys.set(sample.reference, await readKeys(files, sample));
  return keys;
}
