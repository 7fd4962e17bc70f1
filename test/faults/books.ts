// Every ledger a reviewer ever had in a round: the one in use, and those that restorations set aside.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLedgerFile, type FileEntry, type LedgerFile } from './read-ledger.ts';

export type Books = {
  readonly current: LedgerFile;
  /** Oldest first. */
  readonly kept: readonly LedgerFile[];
  /** Each entry of any of them once. */
  readonly everyEntry: readonly FileEntry[];
};

const keptLedger = /^ledger\.sqlite\.replaced-.*Z$/;

export function readBooks(folder: string): Books {
  const current = readLedgerFile(join(folder, 'ledger.sqlite'));
  const kept = readdirSync(folder)
    .filter((name) => keptLedger.test(name))
    .toSorted()
    .map((name) => readLedgerFile(join(folder, name)));
  const byHash = new Map(
    [...kept, current].flatMap(({ entries }) => entries.map((entry) => [entry.hash, entry])),
  );
  return { current, kept, everyEntry: [...byHash.values()] };
}

/** How many entries two ledgers have in common, from the first on. */
export function sharedEntries(one: readonly FileEntry[], other: readonly FileEntry[]): number {
  const differing = one.findIndex(({ hash }, place) => hash !== other[place]?.hash);
  return differing === -1 ? one.length : differing;
}
