import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { writeHeadNote } from '../../../src-main/store/ledger/head-note.ts';
import { verifyLedger } from '../../../src-main/review/verify-ledger.ts';
import {
  ledgerWithReviewer,
  openLedgerFile,
  stoppedClock,
  temporaryFolder,
} from '../../support/workspace.ts';

const act = { type: 'unmask', subject: 'r', actor: 'rita', payload: { text: 'x'.repeat(3000) } } as const;

/** A workspace of eleven entries, closed, with its note. */
function workspace(): { folder: string; path: string } {
  const folder = temporaryFolder();
  const database = openLedgerFile(folder);
  const ledger = ledgerWithReviewer(undefined, stoppedClock('2026-11-16T00:00:00Z'), database);
  ledger.append(() => Array.from({ length: 10 }, () => act));
  writeHeadNote(folder, ledger.state().checkpointed);
  database.close();
  return { folder, path: join(folder, 'ledger.sqlite') };
}

const change = (path: string, sql: string): void => {
  const raw = new Database(path);
  raw.exec(sql);
  raw.close();
};

describe('the ledger of a folder', () => {
  test('sound, holds, and is not written to', () => {
    const { folder, path } = workspace();
    const before = readFileSync(path);
    expect(verifyLedger(folder)).toMatchObject({ ok: true, entries: 11 });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('with all entries but without its rules, says so', () => {
    const { folder, path } = workspace();
    change(path, 'DROP TRIGGER entry_refuses_delete');
    expect(verifyLedger(folder)).toMatchObject({ ok: false, firstBad: { seq: null, fault: 'schema' } });
  });

  test('of a newer release is not called damaged', () => {
    const { folder, path } = workspace();
    change(path, 'CREATE TABLE more (x); PRAGMA user_version = 9000');
    expect(() => verifyLedger(folder)).toThrow(/newer version/);
  });

  test.each([0, 100, 4096, 9000, 20_000, 40_000])('cut to %i bytes names an entry', (length) => {
    const { folder, path } = workspace();
    truncateSync(path, length);
    const { ok, firstBad } = verifyLedger(folder);
    expect(ok).toBe(false);
    expect(firstBad?.seq).toBeGreaterThan(0);
    expect(readFileSync(path)).toHaveLength(length);
  });

  test('that lost its newest pages names the first entry in them', () => {
    const folder = temporaryFolder();
    const database = openLedgerFile(folder);
    const ledger = ledgerWithReviewer(undefined, stoppedClock('2026-11-16T00:00:00Z'), database);
    ledger.append(() => Array.from({ length: 120 }, () => act));
    database.close();
    const path = join(folder, 'ledger.sqlite');
    const whole = readFileSync(path);
    const firstBad = (kept: number) => {
      writeFileSync(path, whole.subarray(0, Math.round(whole.length * kept)));
      return verifyLedger(folder).firstBad?.seq ?? null;
    };
    expect(firstBad(1)).toBeNull();
    const [most, half] = [firstBad(0.9)!, firstBad(0.5)!];
    expect(most).toBeGreaterThan(90);
    expect(most).toBeLessThanOrEqual(121);
    expect(half).toBeGreaterThan(40);
    expect(half).toBeLessThan(80);
  });

  test('that is a text, or gone, is said to be', () => {
    const { folder, path } = workspace();
    writeFileSync(path, 'no database at all '.repeat(50));
    expect(verifyLedger(folder)).toMatchObject({ firstBad: { seq: 1, fault: 'unreadable' } });
    rmSync(path);
    expect(verifyLedger(folder)).toMatchObject({ firstBad: { seq: 1, fault: 'missing' } });
    rmSync(join(folder, 'ledger-head.txt'));
    expect(() => verifyLedger(folder)).toThrow(/no decision ledger/);
    expect(() => verifyLedger(folder, 'not a checkpoint')).toThrow(/not a checkpoint/);
  });
});
