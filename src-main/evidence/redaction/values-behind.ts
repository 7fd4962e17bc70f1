// Which values the tokens of a redacted pack can stand for: those its profile hides in what it was made of.
import type { LedgerLine } from '../pack-input.ts';
import type { PackArchive } from '../pack-archive.ts';
import { chooseValues } from './choose-values.ts';
import { readRowsToRedact } from './redact-pack.ts';
import type { RedactionStatement } from './redacted-contents.ts';

/** Those of the full pack: all that were hidden. */
export async function valuesOfPack(
  files: PackArchive,
  { profile, preparer }: RedactionStatement,
): Promise<ReadonlySet<string>> {
  return chooseValues(await readRowsToRedact(files), profile, new Set([preparer.identity])).values;
}

/** Those of the ledger alone: all that were hidden in its entries, and what of them stands in other rows. */
export function valuesOfLedger(
  ledger: readonly LedgerLine[],
  { profile, preparer }: RedactionStatement,
): ReadonlySet<string> {
  return chooseValues({ ledger, views: new Map(), named: [] }, profile, new Set([preparer.identity])).values;
}
