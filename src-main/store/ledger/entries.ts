// Appends to and reads from the hash-chained ledger.
import { z } from 'zod';
import {
  ledgerEntry,
  ledgerEntryType,
  type LedgerEntry,
  type LedgerEntryType,
} from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson, genesisHash, hashCanonical, hashEntry } from '../../evidence/entry-hash.ts';
import { describingFailure, isInPlace, ledgerMoved, type DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';

/** What the caller knows of a new entry; position, clocks and chain are added when it is appended. */
export type EntryDraft = {
  readonly id: string;
  readonly type: LedgerEntryType;
  readonly tenant: string | null;
  readonly subject: string | null;
  readonly actor: string;
  readonly payload: Record<string, unknown>;
};

export type EntryClock = {
  readonly wallTime: string;
  readonly wallMs: number;
  readonly offsetMs: number | null;
  readonly monotonicMs: number;
};

export type StoredEntry = { readonly entry: LedgerEntry; readonly hash: string };

type Row = { seq: number; id: string; body: string; hash: string };

/** What this process appended last through a handle: reading it back to go on from it would cost as much as writing it. */
const appendedLast = new WeakMap<DatabaseHandle, StoredEntry>();

/**
 * Appends drafts in one durable transaction, in order: all of them or none.
 * `draft` runs under the write lock, so what it decides on cannot change before it is recorded; it may throw to refuse.
 */
export function appendEntries(
  database: DatabaseHandle,
  clock: EntryClock,
  draft: () => readonly EntryDraft[],
): StoredEntry[] {
  return describingFailure('ledger', () => {
    const appended = database
      .transaction(() => {
        if (!isInPlace(database)) throw ledgerMoved();
        const drafts = draft();
        let previous: StoredEntry | null = drafts.length === 0 ? null : newestEntry(database);
        return drafts.map((next) => {
          previous = putEntry(database, next, clock, previous);
          return previous;
        });
      })
      .immediate();
    const last = appended.at(-1);
    if (last) appendedLast.set(database, last);
    return appended;
  });
}

/** Chains a draft to the entry before it, and writes it; within the caller’s transaction. */
export function putEntry(
  database: DatabaseHandle,
  draft: EntryDraft,
  clock: EntryClock,
  previous: StoredEntry | null,
): StoredEntry {
  const { body, ...stored } = chain(draft, clock, previous);
  const { seq, id } = stored.entry;
  run(database, 'INSERT INTO entry (seq, id, body, hash) VALUES (?, ?, ?, ?)', seq, id, body, stored.hash);
  return stored;
}

export function newestEntry(database: DatabaseHandle): StoredEntry | null {
  const known = appendedLast.get(database);
  const head = row<Pick<Row, 'seq' | 'hash'>>(
    database,
    'SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1',
  );
  if (!head) return null;
  if (known?.entry.seq === head.seq && known.hash === head.hash) return known;
  const stored = row<Row>(database, 'SELECT seq, id, body, hash FROM entry WHERE seq = ?', head.seq);
  return stored ? decode(stored) : null;
}

function chain(
  draft: EntryDraft,
  clock: EntryClock,
  previous: StoredEntry | null,
): StoredEntry & { body: string } {
  // Checked before it is written: an entry that cannot be read back would close the whole ledger for good.
  const entry = ledgerEntry.parse({
    v: 1,
    seq: (previous?.entry.seq ?? 0) + 1,
    id: draft.id,
    type: draft.type,
    tenant: draft.tenant,
    subject: draft.subject,
    actor: draft.actor,
    wall_time: clock.wallTime,
    offset_ms: clock.offsetMs,
    mono: clock.monotonicMs,
    hlc: nextHybridClock(previous?.entry.hlc ?? null, clock.wallMs),
    payload: draft.payload,
    prev: previous?.hash ?? genesisHash,
  } satisfies LedgerEntry);
  const body = canonicalJson(entry);
  return { entry, hash: hashCanonical(body), body };
}

/** Hybrid logical clock: physical milliseconds and a counter, never running backwards even when the wall clock does. */
export function nextHybridClock(previous: string | null, wallMs: number): string {
  const [lastMs = 0, lastCounter = 0] = (previous ?? '0-0').split('-').map(Number);
  const [ms, counter] = wallMs > lastMs ? [wallMs, 0] : [lastMs, lastCounter + 1];
  return `${String(ms).padStart(15, '0')}-${String(counter).padStart(6, '0')}`;
}

/** Reads the entries after `seq`, checking that each follows from the one before. @param atMost all of them when absent */
export function readEntries(
  database: DatabaseHandle,
  seq: number,
  previousHash: string,
  atMost = -1,
): StoredEntry[] {
  return describingFailure('ledger', () => {
    const found = rows<Row>(
      database,
      'SELECT seq, id, body, hash FROM entry WHERE seq > ? ORDER BY seq LIMIT ?',
      seq,
      atMost,
    );
    let expectedSeq = seq + 1;
    let expectedPrevious = previousHash;
    return found.map((next) => {
      const stored = decode(next);
      if (stored.entry.seq !== expectedSeq || stored.entry.prev !== expectedPrevious)
        throw brokenAt(next.seq);
      expectedSeq += 1;
      expectedPrevious = stored.hash;
      return stored;
    });
  });
}

function decode(stored: Row): StoredEntry {
  const read = readEntry(stored);
  if ('entry' in read) return read;
  throw read.fault === 'unknown-type' ? newerAt(stored.seq) : brokenAt(stored.seq, read.cause);
}

export type EntryFault = {
  readonly fault: 'unreadable' | 'hash' | 'unknown-type';
  readonly detail: string;
  readonly cause?: unknown;
};

export type EntryRow = Readonly<Row>;

/** Reads one row for itself: what it says, and whether that is what was hashed. */
export function readEntry(stored: EntryRow): StoredEntry | EntryFault {
  let body: unknown;
  try {
    body = JSON.parse(stored.body);
    if (hashEntry(asEntry(body)) !== stored.hash)
      return { fault: 'hash', detail: 'does not have the hash that was recorded for it' };
  } catch (cause) {
    return { fault: 'unreadable', detail: 'cannot be read', cause };
  }
  const parsed = ledgerEntry.safeParse(body);
  if (parsed.success && parsed.data.seq === stored.seq && parsed.data.id === stored.id)
    return { entry: parsed.data, hash: stored.hash };
  if (parsed.success) return { fault: 'unreadable', detail: 'stands in the place of another entry' };
  return isForeign(body)
    ? { fault: 'unknown-type', detail: 'is of a kind that this version of Countersign does not know' }
    : { fault: 'unreadable', detail: 'does not have the form of an entry', cause: parsed.error };
}

/** Any JSON can be hashed; whether it is an entry is asked afterwards. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the hash is of the text, whatever it holds
const asEntry = (body: unknown): LedgerEntry => body as LedgerEntry;

/** Intact, but written by a release with further kinds of entries, or with entries of another form. */
function isForeign(body: unknown): boolean {
  const head = z.object({ v: z.number(), type: z.string() }).safeParse(body);
  return head.success && (head.data.v !== 1 || !ledgerEntryType.safeParse(head.data.type).success);
}

function newerAt(seq: number): Problem {
  return new Problem(
    'store-newer',
    `Entry ${seq} of the decision ledger was recorded by a newer version of Countersign. Nothing was changed.`,
    { next: 'Update Countersign on this computer, then open the workspace again.' },
  );
}

function brokenAt(seq: number, cause?: unknown): Problem {
  return new Problem(
    'store-damaged',
    `The ledger does not hold together from entry ${seq} on: it was changed outside Countersign. Nothing was written.`,
    {
      next: 'Keep the folder as it is and restore the newest sound backup of its backups folder with “countersign restore FILE”. “countersign ledger verify” says what is wrong.',
      cause,
    },
  );
}
