// Appends to and reads from the hash-chained ledger.
import { ledgerEntry, type LedgerEntry, type LedgerEntryType } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson, genesisHash, hashEntry } from '../../evidence/entry-hash.ts';
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

/**
 * Appends drafts in one durable transaction, in order: all of them or none.
 * `draft` runs under the write lock, so what it decides on cannot change before it is recorded; it may throw to refuse.
 */
export function appendEntries(
  database: DatabaseHandle,
  clock: EntryClock,
  draft: () => readonly EntryDraft[],
): StoredEntry[] {
  return describingFailure('ledger', () =>
    database
      .transaction(() => {
        if (!isInPlace(database)) throw ledgerMoved();
        const drafts = draft();
        const head = row<Row>(database, 'SELECT seq, id, body, hash FROM entry ORDER BY seq DESC LIMIT 1');
        let previous = head ? decode(head) : null;
        return drafts.map((next) => {
          const stored = chain(next, clock, previous);
          const { seq, id } = stored.entry;
          const body = canonicalJson(stored.entry);
          run(
            database,
            'INSERT INTO entry (seq, id, body, hash) VALUES (?, ?, ?, ?)',
            seq,
            id,
            body,
            stored.hash,
          );
          previous = stored;
          return stored;
        });
      })
      .immediate(),
  );
}

function chain(draft: EntryDraft, clock: EntryClock, previous: StoredEntry | null): StoredEntry {
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
  return { entry, hash: hashEntry(entry) };
}

/** Hybrid logical clock: physical milliseconds and a counter, never running backwards even when the wall clock does. */
export function nextHybridClock(previous: string | null, wallMs: number): string {
  const [lastMs = 0, lastCounter = 0] = (previous ?? '0-0').split('-').map(Number);
  const [ms, counter] = wallMs > lastMs ? [wallMs, 0] : [lastMs, lastCounter + 1];
  return `${String(ms).padStart(15, '0')}-${String(counter).padStart(6, '0')}`;
}

/** Reads the entries after `seq`, checking that each follows from the one before. */
export function readEntries(database: DatabaseHandle, seq: number, previousHash: string): StoredEntry[] {
  return describingFailure('ledger', () => {
    const found = rows<Row>(
      database,
      'SELECT seq, id, body, hash FROM entry WHERE seq > ? ORDER BY seq',
      seq,
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
  let body: unknown;
  try {
    body = JSON.parse(stored.body);
  } catch (cause) {
    throw brokenAt(stored.seq, cause);
  }
  const parsed = ledgerEntry.safeParse(body);
  if (!parsed.success || parsed.data.seq !== stored.seq || parsed.data.id !== stored.id)
    throw brokenAt(stored.seq, parsed.error);
  if (hashEntry(parsed.data) !== stored.hash) throw brokenAt(stored.seq);
  return { entry: parsed.data, hash: stored.hash };
}

function brokenAt(seq: number, cause?: unknown): Problem {
  return new Problem(
    'store-damaged',
    `The ledger does not hold together from entry ${seq} on: it was changed outside Countersign. Nothing was written.`,
    {
      next: 'Keep the folder as it is and restore ledger.sqlite from the newest sound backup.',
      cause,
    },
  );
}
