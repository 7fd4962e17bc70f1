import { copyFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src-shared/model/problem.ts';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { cacheMigrations } from '../../../src-main/store/cache/schema.ts';
import { describingFailure, isInPlace, openDatabase } from '../../../src-main/store/database.ts';
import { ledgerMigrations } from '../../../src-main/store/ledger/schema.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import {
  ledgerWithReviewer,
  openCache,
  openLedgerFile,
  stoppedClock,
  temporaryFolder,
} from '../../support/workspace.ts';

const clock = stoppedClock('2026-11-16T00:00:00Z');
const refusal = { type: 'self-review-refused', subject: 'r', actor: 'rita', payload: {} } as const;

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('database files', () => {
  test('only their owner may read them, side files included', () => {
    const folder = temporaryFolder();
    ledgerWithReviewer(undefined, clock, openLedgerFile(folder));
    for (const suffix of ['', '-wal', '-shm'])
      expect(statSync(join(folder, `ledger.sqlite${suffix}`)).mode & 0o777).toBe(0o600);
  });

  test('the ledger is written through to the disk, the cache is not', () => {
    const synchronous = (database: ReturnType<typeof openCache>) =>
      database.pragma('synchronous', { simple: true });
    expect(synchronous(openLedgerFile())).toBe(2);
    expect(synchronous(openCache())).toBe(1);
    expect(openLedgerFile().pragma('journal_mode', { simple: true })).toBe('wal');
  });

  test('a full disk is said to be one, and the ledger goes on when there is room again', () => {
    const database = openLedgerFile();
    const ledger = ledgerWithReviewer(undefined, clock, database);
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages}`);
    const large = { ...refusal, payload: { text: 'x'.repeat(100_000) } };
    expect(problemOf(() => ledger.append(() => [refusal, large])).message).toMatch(/disk is full/);
    expect(ledger.state().entries).toBe(1);
    database.pragma('max_page_count = 1000000');
    ledger.append(() => [large]);
    expect(ledger.entries()).toHaveLength(2);
  });

  test.each([
    ['is a folder', (path: string) => mkdirSync(path)],
    [
      'lies below a file',
      (path: string) => (rmSync(join(path, '..'), { recursive: true }), writeFileSync(join(path, '..'), '')),
    ],
  ])('a path that %s gives a sentence', (_, prepare) => {
    const folder = join(temporaryFolder(), 'workspace');
    mkdirSync(folder);
    prepare(join(folder, 'cache.sqlite'));
    expect(problemOf(() => openDatabase(join(folder, 'cache.sqlite'), 'cache')).code).toBe('file-unreadable');
  });

  test('damage met while reading is called damage', () => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    cache.exec(
      'CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, hex(randomblob(50)) AS x FROM n',
    );
    cache.pragma('wal_checkpoint(TRUNCATE)');
    const copy = join(folder, 'copy.sqlite');
    copyFileSync(cache.name, copy);
    const size = statSync(copy).size;
    writeFileSync(copy, Buffer.alloc(size - 8192, 7), { flag: 'r+' });
    const problem = problemOf(() => {
      const broken = openDatabase(copy, 'cache');
      return describingFailure('cache', () => broken.prepare('SELECT count(*) FROM filler').get());
    });
    expect(problem.code).toBe('store-damaged');
  });

  test('a lock that is not given up is said to be one', () => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    const other = openDatabase(cache.name, 'cache');
    other.pragma('busy_timeout = 50');
    cache.exec('BEGIN IMMEDIATE');
    expect(problemOf(() => describingFailure('cache', () => other.exec('BEGIN IMMEDIATE'))).code).toBe(
      'locked',
    );
    cache.exec('COMMIT');
    other.close();
  });

  test('an error that is none of these passes unchanged', () => {
    const error = new Error('something else');
    expect(() =>
      describingFailure('cache', () => {
        throw error;
      }),
    ).toThrow(error);
  });

  test('a ledger that was moved away or replaced is not written to', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'ledger.sqlite');
    const database = openLedgerFile(folder);
    const ledger = ledgerWithReviewer(undefined, clock, database);
    expect(isInPlace(database)).toBe(true);
    renameSync(path, join(folder, 'elsewhere.sqlite'));
    expect(isInPlace(database)).toBe(false);
    expect(problemOf(() => ledger.append(() => [refusal])).message).toMatch(/moved, deleted or replaced/);
    writeFileSync(path, '');
    expect(problemOf(() => ledger.append(() => [refusal])).code).toBe('store-damaged');
    expect(ledger.entries()).toHaveLength(1);
  });
});

describe('the ledger file', () => {
  test('REPLACE deletes no entry either', () => {
    const database = openLedgerFile();
    ledgerWithReviewer(undefined, clock, database);
    const [{ id }] = database.prepare('SELECT id FROM entry').all() as [{ id: string }];
    expect(() => database.prepare("INSERT OR REPLACE INTO entry VALUES (2, ?, '{}', 'x')").run(id)).toThrow(
      /append-only/,
    );
    expect(database.prepare('SELECT seq FROM entry').all()).toEqual([{ seq: 1 }]);
  });

  test('an entry that could not be read back is refused before it is written', () => {
    const database = openLedgerFile();
    const ledger = ledgerWithReviewer(undefined, clock, database);
    const farAway = openLedger(
      database,
      { nowMs: () => Date.parse('+012000-01-01T00:00:00Z'), monotonicMs: () => 0 },
      () => ulid(),
    );
    expect(() => farAway.append(() => [refusal])).toThrow();
    expect(ledger.entries()).toHaveLength(1);
    ledger.append(() => [{ ...refusal, payload: { text: '\0 \u{1f47b} ] \u2028', zero: -0 } }]);
    expect(openLedger(database, clock, () => ulid()).state().entries).toBe(2);
  });
});

describe('migrations', () => {
  const next = { version: 99, name: 'more', sql: 'CREATE TABLE more (x INTEGER) STRICT;' };

  test('back up once before the first step on data, and not on a new file', () => {
    const database = openDatabase(join(temporaryFolder(), 'ledger.sqlite'), 'ledger');
    let backups = 0;
    const backUp = () => void (backups += 1);
    migrate(database, ledgerMigrations, backUp);
    migrate(database, ledgerMigrations, backUp);
    expect(backups).toBe(0);
    migrate(database, [...ledgerMigrations, next, { ...next, version: 100, sql: '' }], backUp);
    expect(backups).toBe(1);
    database.close();
  });

  test('a step that another program took in the meantime is not taken twice', () => {
    const database = openLedgerFile();
    const steps = [...ledgerMigrations, next];
    migrate(database, steps, () => {
      const other = openDatabase(database.name, 'ledger');
      migrate(other, steps, () => {});
      other.close();
    });
    expect(database.pragma('user_version', { simple: true })).toBe(99);
  });

  test('change nothing when the backup fails', () => {
    const database = openLedgerFile();
    expect(() =>
      migrate(database, [...ledgerMigrations, next], () => {
        throw new Error('no room');
      }),
    ).toThrow('no room');
    expect(database.pragma('user_version', { simple: true })).toBe(ledgerMigrations.at(-1)!.version);
  });

  test('refuse a file whose past steps were others, and steps out of order', () => {
    const database = openCache();
    const edited = cacheMigrations.map((step, index) =>
      index === 0 ? { ...step, sql: `${step.sql} ` } : step,
    );
    expect(problemOf(() => migrate(database, edited, () => {})).message).toMatch(/different build/);
    expect(() => migrate(database, [next, next], () => {})).toThrow(/out of order/);
  });
});
