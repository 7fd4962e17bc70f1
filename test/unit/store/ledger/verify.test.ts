// The first bad entry is named, whatever was done to the ledger, and the newest checkpoint that still holds.
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  parseCheckpoint,
  checkpointText,
  type CheckpointClaim,
} from '../../../../src-main/evidence/checkpoint.ts';
import { canonicalJson, genesisHash, hashEntry } from '../../../../src-main/evidence/entry-hash.ts';
import type { EntryRow } from '../../../../src-main/store/ledger/entries.ts';
import { ledgerRows, verifyEntries } from '../../../../src-main/store/ledger/verify.ts';
import { recordCheckpoint } from '../../../../src-main/review/checkpoints.ts';
import type { Ledger } from '../../../../src-main/review/ledger.ts';
import { ledgerEntry } from '../../../../src-shared/model/evidence.ts';
import { ledgerWithReviewer, openLedgerFile, stoppedClock } from '../../../support/workspace.ts';

const act = { type: 'unmask', subject: 'r', actor: 'rita', payload: { text: 'seen' } } as const;

let ledger: Ledger;
let rows: EntryRow[];
let outside: CheckpointClaim;

/** Ten entries: the fourth and the eighth are checkpoints. */
beforeEach(() => {
  const clock = stoppedClock('2026-11-16T00:00:00Z');
  const database = openLedgerFile();
  ledger = ledgerWithReviewer(undefined, clock, database);
  ledger.append(() => [act, act]);
  recordCheckpoint(ledger, 'daily', null);
  ledger.append(() => [act, act, act]);
  recordCheckpoint(ledger, 'daily', null);
  ledger.append(() => [act, act]);
  rows = [...ledgerRows(database)];
  outside = parseCheckpoint(checkpointText(ledger.state().checkpointed).toString());
});

const changed = (seq: number, change: (row: EntryRow) => Partial<EntryRow>): EntryRow[] =>
  rows.map((row) => (row.seq === seq ? { ...row, ...change(row) } : row));

/** What somebody does who knows the format: changes an entry and chains everything after it anew. */
function rechained(from: readonly EntryRow[], seq: number, note: string): EntryRow[] {
  let prev = genesisHash;
  return from.map((row) => {
    const entry = ledgerEntry.parse(JSON.parse(row.body));
    const payload = row.seq === seq ? { ...entry.payload, text: note } : entry.payload;
    const next = { ...entry, prev, payload };
    prev = hashEntry(next);
    return { ...row, body: canonicalJson(next), hash: prev };
  });
}

const note = () => [{ claim: outside, name: 'the note' }];

test('a sound ledger holds, with its checkpoints', () => {
  expect(verifyEntries(rows, note())).toMatchObject({
    ok: true,
    entries: 10,
    firstBad: null,
    checkpoints: 2,
    newestCheckpoint: { seq: 8, size: 7, fingerprint: null },
    summary: expect.stringMatching(/^All 10 entries hold.*newest checkpoint that holds is entry 8/),
  });
});

describe('the first bad entry is', () => {
  test.each([
    [
      'one whose text was changed',
      5,
      'hash',
      () => changed(5, (row) => ({ body: row.body.replace('seen', 'SEEN') })),
    ],
    ['one that cannot be read', 6, 'unreadable', () => changed(6, () => ({ body: '{' }))],
    ['one that is missing', 5, 'gap', () => rows.filter(({ seq }) => seq !== 5)],
    ['the first, when it is missing', 1, 'gap', () => rows.slice(1)],
    ['one in the place of another', 5, 'unreadable', () => changed(5, () => ({ ...rows[5]!, seq: 5 }))],
    [
      'the one after a changed one that was hashed anew',
      6,
      'link',
      () =>
        changed(5, (row) => {
          const entry = ledgerEntry.parse(JSON.parse(row.body));
          const next = { ...entry, payload: { text: 'never seen' } };
          return { body: canonicalJson(next), hash: hashEntry(next) };
        }),
    ],
    ['the checkpoint over a ledger chained anew', 8, 'checkpoint', () => rechained(rows, 6, 'x')],
  ] as const)('%s', (_, seq, kind, make) => {
    const verified = verifyEntries(make(), []);
    expect(verified).toMatchObject({ ok: false, entries: seq - 1, firstBad: { seq, fault: kind } });
    expect(verified.newestCheckpoint?.seq ?? null).toBe(seq > 4 ? 4 : null);
    expect(verified.summary).toContain(verified.firstBad!.detail);
  });

  test('a kind that this version does not know, said as that', () => {
    const tail = changed(10, (row) => {
      const next = { ...(JSON.parse(row.body) as object), type: 'sabbatical-granted' };
      return { body: canonicalJson(next), hash: hashEntry(next as never) };
    });
    expect(verifyEntries(tail, [])).toMatchObject({ firstBad: { seq: 10, fault: 'unknown-type' } });
  });

  test('the one on a page that cannot be read', () => {
    const database = openLedgerFile();
    const failing = (function* () {
      yield* rows.slice(0, 6);
      throw new Database.SqliteError('damaged', 'SQLITE_CORRUPT');
    })();
    expect(verifyEntries(failing, [])).toMatchObject({ firstBad: { seq: 7, fault: 'unreadable' } });
    database.close();
  });
});

test('a clock that runs backwards is not bad', () => {
  const clock = stoppedClock('2026-11-16T00:00:00Z');
  const database = openLedgerFile();
  const other = ledgerWithReviewer(undefined, clock, database);
  clock.advance(-86_400_000);
  other.append(() => [act]);
  expect(verifyEntries(ledgerRows(database), []).ok).toBe(true);
});

describe('a checkpoint kept outside', () => {
  test('notices that the newest entries are gone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), (left) => {
        const verified = verifyEntries(rows.slice(0, left), note());
        expect(verified).toMatchObject({
          ok: false,
          entries: left,
          firstBad: { seq: left + 1, fault: 'missing' },
        });
        expect(verified.summary).toContain(
          left === 9 ? 'newest entry is missing' : `newest ${10 - left} entries`,
        );
      }),
    );
    expect(verifyEntries(rows.slice(0, 9), []).ok).toBe(true);
  });

  test('notices a tail chained anew behind the last checkpoint, and says between which entries', () => {
    const forged = rechained(rows, 9, 'never');
    expect(verifyEntries(forged, []).ok).toBe(true);
    expect(verifyEntries(forged, note())).toMatchObject({
      ok: false,
      firstBad: { seq: 8, fault: 'checkpoint', detail: expect.stringMatching(/entries 8 to 10/) },
    });
  });

  test('of fewer entries than there are now holds, too; one of another ledger does not', () => {
    ledger.append(() => [act]);
    expect(verifyEntries(rows, note()).ok).toBe(true);
    const stranger = { ...outside, firstHash: 'ab'.repeat(32) };
    expect(verifyEntries(rows, [{ claim: stranger, name: 'the note' }])).toMatchObject({
      firstBad: { detail: 'the note is about another ledger than this one.' },
    });
  });
});
