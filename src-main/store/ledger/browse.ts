// Reads the ledger for looking through it: newest first, a stretch at a time, and never the whole of a long one for a page of it.
import type { LedgerEntryType } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { readEntry, type EntryRow, type StoredEntry } from './entries.ts';

export type EntryFilter = {
  readonly type?: LedgerEntryType | undefined;
  readonly actor?: string | undefined;
  /** Only entries with a smaller number. */
  readonly before?: number | undefined;
};

const stretch = 500;

/** Entries that match, newest first. Each is checked against its own hash; the chain is what opening the ledger checks. */
export function* newestFirst(database: DatabaseHandle, filter: EntryFilter): Generator<StoredEntry> {
  let before = filter.before ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const found = rows<EntryRow>(
      database,
      `SELECT seq, id, body, hash FROM entry
        WHERE seq < $before AND ($type IS NULL OR body ->> 'type' = $type) AND ($actor IS NULL OR body ->> 'actor' = $actor)
        ORDER BY seq DESC LIMIT ${stretch}`,
      { before, type: filter.type ?? null, actor: filter.actor ?? null },
    );
    for (const stored of found) yield sound(stored);
    if (found.length < stretch) return;
    before = found.at(-1)!.seq;
  }
}

/** One entry by its number; null when there is none. */
export function entryAt(database: DatabaseHandle, seq: number): StoredEntry | null {
  const found = row<EntryRow>(database, 'SELECT seq, id, body, hash FROM entry WHERE seq = ?', seq);
  return found ? sound(found) : null;
}

function sound(stored: EntryRow): StoredEntry {
  const read = readEntry(stored);
  if ('entry' in read) return read;
  throw new Problem(
    'store-damaged',
    `Entry ${stored.seq} of the ledger ${read.detail}, so it is not shown. Nothing was changed.`,
    { next: 'Verify the ledger; it says what is wrong from where on.', cause: read.cause },
  );
}

export type EntryCensus = {
  readonly kinds: ReadonlyMap<LedgerEntryType, number>;
  readonly actors: ReadonlyMap<string, number>;
  /** The newest name of each reviewer id. */
  readonly names: ReadonlyMap<string, string>;
};

type Counted = { seq: number; type: LedgerEntryType; actor: string; id: string | null; name: string | null };
type Census = {
  seq: number;
  kinds: Map<LedgerEntryType, number>;
  actors: Map<string, number>;
  names: Map<string, string>;
};

/** Entries are never changed, so only those that are new since the last time need to be counted. */
const counted = new WeakMap<DatabaseHandle, Census>();

/** How many entries there are of each kind and by each actor, in the whole ledger. */
export function entryCensus(database: DatabaseHandle): EntryCensus {
  const census = counted.get(database) ?? { seq: 0, kinds: new Map(), actors: new Map(), names: new Map() };
  counted.set(database, census);
  const fresh = rows<Counted>(
    database,
    `SELECT seq, body ->> 'type' AS type, body ->> 'actor' AS actor,
            iif(body ->> 'type' = 'reviewer-changed', body ->> '$.payload.id', NULL) AS id,
            iif(body ->> 'type' = 'reviewer-changed', body ->> '$.payload.name', NULL) AS name
       FROM entry WHERE seq > ? ORDER BY seq`,
    census.seq,
  );
  for (const { seq, type, actor, id, name } of fresh) {
    census.seq = seq;
    census.kinds.set(type, (census.kinds.get(type) ?? 0) + 1);
    census.actors.set(actor, (census.actors.get(actor) ?? 0) + 1);
    if (id !== null && name !== null) census.names.set(id, name);
  }
  return census;
}
