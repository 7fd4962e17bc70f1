import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { describe, expect, test } from 'vitest';
import { canonicalJson, genesisHash, hashEntry } from '../../../src-main/evidence/entry-hash.ts';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { nextHybridClock, readEntries } from '../../../src-main/store/ledger/entries.ts';
import { ledgerMigrations } from '../../../src-main/store/ledger/schema.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import {
  ledgerWithReviewer,
  openLedgerFile,
  stoppedClock,
  temporaryFolder,
} from '../../support/workspace.ts';

const clock = stoppedClock('2026-11-16T00:00:00Z');
const act = {
  type: 'disposition',
  subject: 'f',
  actor: 'rita',
  payload: {
    finding: 'f',
    disposition: 'acknowledged',
    note: 'seen',
    digest: 'd',
    shown: {},
    reviewerName: 'Rita',
  },
} as const;

describe('ledger', () => {
  test('chains entries from a fixed beginning', () => {
    const database = openLedgerFile();
    const ledger = ledgerWithReviewer(undefined, clock, database);
    ledger.append(() => [act, act]);
    const entries = readEntries(database, 0, genesisHash);
    expect(entries.map(({ entry }) => entry.seq)).toEqual([1, 2, 3]);
    expect(entries[0]!.entry.prev).toBe(genesisHash);
    expect(entries[2]!.entry.prev).toBe(entries[1]!.hash);
  });

  test.each([
    'UPDATE entry SET body = body',
    'DELETE FROM entry',
    "INSERT INTO entry VALUES (9, 'x', '{}', 'y')",
  ])('refuses %s', (sql) => {
    const database = openLedgerFile();
    ledgerWithReviewer(undefined, clock, database);
    expect(() => database.exec(sql)).toThrow(/append-only|follow each other/);
    expect(readEntries(database, 0, genesisHash)).toHaveLength(1);
  });

  test('records nothing when the decision to append throws', () => {
    const database = openLedgerFile();
    const ledger = ledgerWithReviewer(undefined, clock, database);
    expect(() =>
      ledger.append(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(ledger.state().entries).toBe(1);
  });

  test('lets two processes append in turn without losing either', () => {
    const folder = temporaryFolder();
    const first = ledgerWithReviewer(undefined, clock, openLedgerFile(folder));
    const second = openLedger(openDatabase(join(folder, 'ledger.sqlite'), 'ledger'), clock, () => ulid());
    for (let round = 0; round < 5; round += 1) {
      first.append(() => [act]);
      second.append((state) => {
        expect(state.entries).toBe(2 + round * 2);
        return [act];
      });
    }
    expect(first.state().entries).toBe(11);
    expect(first.entries().map(({ hash }) => hash)).toEqual(second.entries().map(({ hash }) => hash));
  });

  test('names the entry that was changed behind its back, and opens no further', () => {
    const folder = temporaryFolder();
    const database = openLedgerFile(folder);
    const ledger = ledgerWithReviewer(undefined, clock, database);
    ledger.append(() => [act, act]);
    database.pragma('wal_checkpoint(TRUNCATE)');
    const forged = join(folder, 'forged.sqlite');
    copyFileSync(join(folder, 'ledger.sqlite'), forged);
    const raw = new Database(forged);
    raw.exec(
      "DROP TRIGGER entry_refuses_update; UPDATE entry SET body = replace(body, 'seen', 'SEEN') WHERE seq = 2",
    );
    raw.close();
    expect(() => openLedger(openDatabase(forged, 'ledger'), clock, () => ulid())).toThrow(/from entry 2 on/);
  });

  test('an entry exchanged for another, sound in itself, breaks the chain after it', () => {
    const folder = temporaryFolder();
    const database = openLedgerFile(folder);
    const ledger = ledgerWithReviewer(undefined, clock, database);
    ledger.append(() => [act, act]);
    const [, second] = ledger.entries();
    const forged = { ...second!.entry, payload: { ...act.payload, note: 'never seen' } };
    database.exec('DROP TRIGGER entry_refuses_update');
    database
      .prepare('UPDATE entry SET body = ?, hash = ? WHERE seq = 2')
      .run(canonicalJson(forged), hashEntry(forged));
    expect(() => openLedger(database, clock, () => ulid())).toThrow(/from entry 3 on/);
  });

  test('an outcome for a decision that is not there is no reason to refuse the ledger', () => {
    const ledger = ledgerWithReviewer(undefined, clock);
    const item = { review: 'r', decisionId: 'none', outcome: 'applied', detail: null, server: null };
    ledger.append(() => [
      { type: 'sync-outcome', subject: null, actor: '', payload: { items: [item] } },
      { type: 'sync-sent', subject: null, actor: '', payload: { decisions: ['none'] } },
    ]);
    expect(ledger.state()).toMatchObject({ entries: 3, decisions: new Map() });
  });

  test('a file that is no database, or is cut off, gives a sentence and is left as it was', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'ledger.sqlite');
    writeFileSync(path, 'this is not a database, but long enough to look like a file with pages in it');
    expect(() => openDatabase(path, 'ledger')).toThrow(/ledger of this workspace is damaged/);
    expect(readFileSync(path, 'utf8')).toMatch(/^this is not/);
    const sound = openLedgerFile(temporaryFolder());
    ledgerWithReviewer(undefined, clock, sound).append(() => Array.from({ length: 200 }, () => act));
    sound.pragma('wal_checkpoint(TRUNCATE)');
    const cut = join(folder, 'cut.sqlite');
    copyFileSync(sound.name, cut);
    truncateSync(cut, 40_960);
    expect(() => openDatabase(cut, 'ledger')).toThrow(/damaged/);
  });

  test('a workspace of a newer version is refused unchanged', () => {
    const database = openLedgerFile();
    database.pragma('user_version = 9999');
    expect(() => migrate(database, ledgerMigrations, () => {})).toThrow(/newer version/);
    expect(database.pragma('user_version', { simple: true })).toBe(9999);
  });
});

test('the hybrid clock never runs backwards', () => {
  const first = nextHybridClock(null, 1000);
  const second = nextHybridClock(first, 900);
  const third = nextHybridClock(second, 1000);
  const fourth = nextHybridClock(third, 1001);
  expect([first, second, third, fourth].toSorted()).toEqual([first, second, third, fourth]);
  expect(new Set([first, second, third, fourth]).size).toBe(4);
});
