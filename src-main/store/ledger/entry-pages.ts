// Reads a ledger some entries at a time, so that its length does not matter to memory.
import { Problem } from '#shared/model/problem.ts';
import { genesisHash } from '../../evidence/entry-hash.ts';
import { describingFailure, type DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';
import { readEntry, type EntryRow, type StoredEntry } from './entries.ts';

const entriesAtOnce = 500;

/**
 * The entries from the first to `last`, in order, each checked to follow from the one before.
 * @throws Problem `store-damaged` when one does not, or is missing
 */
export function* iterateEntries(database: DatabaseHandle, last: number): Generator<StoredEntry> {
  let previous = genesisHash;
  let seq = 0;
  while (seq < last) {
    const page = describingFailure('ledger', () =>
      rows<EntryRow>(
        database,
        'SELECT seq, id, body, hash FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
        seq,
        last,
        entriesAtOnce,
      ),
    );
    if (page.length === 0) throw brokenAt(seq + 1);
    for (const stored of page) {
      const read = readEntry(stored);
      seq += 1;
      if (!('entry' in read) || read.entry.seq !== seq || read.entry.prev !== previous) throw brokenAt(seq);
      previous = read.hash;
      yield read;
    }
  }
}

const brokenAt = (seq: number) =>
  new Problem(
    'store-damaged',
    `The ledger does not hold together from entry ${seq} on, so nothing was exported.`,
    { next: '“countersign ledger verify” says what is wrong.' },
  );
