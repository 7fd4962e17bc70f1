// Looking through the ledger: what was done, in words, narrowed by kind, person and text.
import type { LedgerEntryDetail, LedgerLine, LedgerPage, LedgerQuery } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import { entryAt, entryCensus, newestFirst, type EntryCensus } from '../store/ledger/browse.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';
import { sayEntry } from './entry-words.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export function browseLedger(ledger: Ledger, query: LedgerQuery): LedgerPage {
  const state = ledger.state();
  return ledger.read((database) => {
    const census = entryCensus(database);
    const wanted = query.text?.trim().toLowerCase() ?? '';
    const entries: LedgerLine[] = [];
    let hasEarlier = false;
    for (const stored of newestFirst(database, query)) {
      const line = lineOf(stored, state, census);
      if (wanted !== '' && !mentions(stored, line, wanted)) continue;
      hasEarlier = entries.length === query.limit;
      if (hasEarlier) break;
      entries.push(line);
    }
    return { size: state.entries, entries, hasEarlier, ...counts(census) };
  });
}

/** @throws Problem `not-found`, or `store-damaged` when the entry is not what was hashed */
export function readLedgerEntry(ledger: Ledger, seq: number): LedgerEntryDetail {
  const state = ledger.state();
  return ledger.read((database) => {
    const stored = entryAt(database, seq);
    if (stored === null)
      throw new Problem('not-found', `The ledger has no entry ${seq}.`, {
        next: `Its entries have the numbers 1 to ${state.entries}.`,
      });
    return { line: lineOf(stored, state, entryCensus(database)), ...stored };
  });
}

function lineOf({ entry }: StoredEntry, state: LedgerState, { names }: EntryCensus): LedgerLine {
  const { seq, id, type, wall_time: at, actor } = entry;
  return { seq, id, type, at, actor, actorName: names.get(actor) ?? null, saying: sayEntry(entry, state) };
}

function mentions({ entry, hash }: StoredEntry, line: LedgerLine, wanted: string): boolean {
  const said = line.saying.map(({ text }) => text).join('');
  return [said, line.actor, line.actorName, entry.id, entry.subject, entry.type, hash].some(
    (text) => text?.toLowerCase().includes(wanted) === true,
  );
}

function counts({ kinds, actors, names }: EntryCensus): Pick<LedgerPage, 'kinds' | 'people'> {
  return {
    kinds: [...kinds].map(([type, count]) => ({ type, count })).toSorted((a, b) => b.count - a.count),
    people: [...actors]
      .map(([actor, count]) => ({ actor, name: names.get(actor) ?? null, count }))
      .toSorted((a, b) => b.count - a.count),
  };
}
