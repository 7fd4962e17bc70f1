// A ledger cut anywhere, or with any byte changed: a sentence and not one byte written, or everything that was recorded.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson, genesisHash } from '../../../../src-main/evidence/entry-hash.ts';
import { openLedgerFile } from '../../../../src-main/review/open-ledger.ts';
import { openDatabase } from '../../../../src-main/store/database.ts';
import { writeHeadNote } from '../../../../src-main/store/ledger/head-note.ts';
import { readEntries } from '../../../../src-main/store/ledger/entries.ts';
import { ledgerMigrations } from '../../../../src-main/store/ledger/schema.ts';
import { migrate } from '../../../../src-main/store/migrate.ts';
import { Problem } from '../../../../src-shared/model/problem.ts';
import {
  ledgerWithReviewer,
  openLedgerFile as newLedgerFile,
  stoppedClock,
  temporaryFolder,
} from '../../../support/workspace.ts';

const clock = stoppedClock('2026-11-16T00:00:00Z');
const nowMs = clock.nowMs;
const refusal = (text: string) =>
  ({ type: 'self-review-refused', subject: 'r', actor: 'rita', payload: { text } }) as const;

type Files = { readonly main: Buffer; readonly log: Buffer | null };
let closed: Files;
let crashed: Files;
let headHash: string;
let entries: number;
let note: Buffer;

/** One ledger as it lies there after it was closed, and as a crash leaves it: most of it still in the log. */
beforeAll(() => {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-damage-'));
  const path = join(directory, 'ledger.sqlite');
  const database = openDatabase(path, 'ledger');
  try {
    migrate(database, ledgerMigrations, () => {});
    const ledger = ledgerWithReviewer(undefined, clock, database);
    for (let round = 0; round < 12; round += 1)
      ledger.append(() => [refusal('x'.repeat(round * 300)), refusal(`ü ${round}`)]);
    const state = ledger.state();
    ({ headHash, entries } = state);
    writeHeadNote(directory, state.checkpointed);
    note = readFileSync(join(directory, 'ledger-head.txt'));
    crashed = { main: readFileSync(path), log: readFileSync(`${path}-wal`) };
    database.close();
    closed = { main: readFileSync(path), log: null };
  } finally {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

const folderOf = (files: Files, withNote: boolean, folder: string): string => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'ledger.sqlite'), files.main);
  if (files.log !== null) writeFileSync(join(folder, 'ledger.sqlite-wal'), files.log);
  if (withNote) writeFileSync(join(folder, 'ledger-head.txt'), note);
  return folder;
};

type Outcome = { readonly problem: Problem } | { readonly headHash: string; readonly entries: number };

function open(folder: string): Outcome {
  try {
    const { database, state } = openLedgerFile(folder, nowMs);
    const read = readEntries(database, 0, genesisHash);
    database.close();
    return { headHash: state?.headHash ?? genesisHash, entries: read.length };
  } catch (error) {
    if (error instanceof Problem) return { problem: error };
    throw error;
  }
}

/** Refused with a sentence and untouched, or whole. Returns which. */
function refusedOrWhole(files: Files, folder: string): 'refused' | 'whole' {
  folderOf(files, true, folder);
  const outcome = open(folder);
  if (!('problem' in outcome)) {
    expect(outcome).toEqual({ headHash, entries });
    return 'whole';
  }
  expect(['store-damaged', 'store-newer']).toContain(outcome.problem.code);
  expect(outcome.problem.message).toMatch(/^[A-Z].*\.$/);
  expect(outcome.problem.next).toMatch(/^[A-Z].*\.$/);
  const path = join(folder, 'ledger.sqlite');
  expect(readFileSync(path).equals(files.main)).toBe(true);
  if (files.log !== null) expect(readFileSync(`${path}-wal`).equals(files.log)).toBe(true);
  return 'refused';
}

function* cuts(length: number): Generator<number> {
  for (let at = 0; at < length; at += 509) yield at;
  for (let page = 4096; page < length; page += 4096) yield* [page - 1, page, page + 1];
  yield* [1, 15, 16, 17, 99, 100, 101, 511, 512, 513, length - 1];
}

describe('a ledger file', () => {
  test('whole, it opens, closed in order or crashed', () => {
    const folder = temporaryFolder();
    expect(refusedOrWhole(closed, folder)).toBe('whole');
    expect(refusedOrWhole(crashed, folder)).toBe('whole');
  });

  test('cut at any length it is refused and not written to', () => {
    const folder = temporaryFolder();
    for (const at of cuts(closed.main.length)) {
      const outcome = refusedOrWhole({ ...closed, main: closed.main.subarray(0, at) }, folder);
      expect(outcome, `${at} bytes`).toBe('refused');
    }
  });

  test('with its log cut at any length it is refused and not written to, or whole', () => {
    const folder = temporaryFolder();
    const log = crashed.log ?? Buffer.alloc(0);
    const outcomes = [...cuts(log.length)].map((at) =>
      refusedOrWhole({ ...crashed, log: log.subarray(0, at) }, folder),
    );
    expect(outcomes.filter((outcome) => outcome === 'whole')).toEqual([]);
  });

  test('with any bytes changed it is refused and not written to, or says what it said', () => {
    const folder = temporaryFolder();
    const outcomes = { refused: 0, whole: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom('closed', 'crashed', 'log'),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        (which, where, difference) => {
          const files = which === 'closed' ? closed : crashed;
          const changed = Buffer.from(which === 'log' ? (crashed.log ?? []) : files.main);
          const at = Math.floor(where * changed.length);
          changed[at] = (changed[at] ?? 0) ^ difference;
          const outcome = refusedOrWhole(
            which === 'log' ? { ...files, log: changed } : { ...files, main: changed },
            folder,
          );
          outcomes[outcome] += 1;
        },
      ),
      { numRuns: 900 },
    );
    expect(outcomes.refused).toBeGreaterThan(100);
  });

  test('every byte of the head of the file may be changed', () => {
    const folder = temporaryFolder();
    for (let at = 0; at < 100; at += 1) {
      for (const difference of [1, 0x80, 0xff]) {
        const main = Buffer.from(closed.main);
        main[at] = (main[at] ?? 0) ^ difference;
        refusedOrWhole({ ...closed, main }, folder);
      }
    }
  });

  test.each([
    ['text', Buffer.from('not a database, but long enough to be looked at as one '.repeat(100))],
    ['zeros', Buffer.alloc(40_960)],
    ['a zip', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(8192, 7)])],
  ])('that is %s is refused, with and without a note', (_, main) => {
    const folder = temporaryFolder();
    expect(refusedOrWhole({ main, log: null }, folder)).toBe('refused');
    folderOf({ main, log: null }, false, folder);
    expect(open(folder)).toMatchObject({ problem: { code: 'store-damaged' } });
    expect(readFileSync(join(folder, 'ledger.sqlite')).equals(main)).toBe(true);
  });

  test('without a note, a cut log leaves a beginning of what was recorded, never anything else', () => {
    const folder = temporaryFolder();
    const log = crashed.log ?? Buffer.alloc(0);
    const lengths = [...cuts(log.length)].map((at) => {
      folderOf({ ...crashed, log: log.subarray(0, at) }, false, folder);
      const outcome = open(folder);
      return 'problem' in outcome ? 0 : outcome.entries;
    });
    expect(Math.max(...lengths)).toBeLessThan(entries);
    expect(new Set(lengths).size).toBeGreaterThan(3);
  });
});

describe('a database that is not our ledger', () => {
  function changed(change: (database: Database.Database) => void): string {
    const folder = folderOf(closed, true, temporaryFolder());
    const raw = new Database(join(folder, 'ledger.sqlite'));
    change(raw);
    raw.pragma('journal_mode = DELETE');
    raw.close();
    return folder;
  }

  function refuses(folder: string, code: string): Problem {
    const path = join(folder, 'ledger.sqlite');
    const before = readFileSync(path);
    const outcome = open(folder);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(outcome).toMatchObject({ problem: { code } });
    return (outcome as { problem: Problem }).problem;
  }

  test.each([
    [
      'tables of somebody else',
      (raw: Database.Database) => raw.exec('DROP TABLE entry; CREATE TABLE notes (x)'),
    ],
    ['no rule against changes', (raw: Database.Database) => raw.exec('DROP TRIGGER entry_refuses_update')],
    [
      'a rule that does nothing',
      (raw: Database.Database) =>
        raw.exec(
          'DROP TRIGGER entry_refuses_delete; CREATE TRIGGER entry_refuses_delete BEFORE DELETE ON entry BEGIN SELECT 1; END',
        ),
    ],
    ['a further table', (raw: Database.Database) => raw.exec('CREATE TABLE more (x)')],
    ['no version', (raw: Database.Database) => raw.pragma('user_version = 0')],
    [
      'no history',
      (raw: Database.Database) => raw.exec('DELETE FROM schema_migration; DROP TABLE schema_migration'),
    ],
  ])('with %s it is refused unchanged', (_, change) => {
    refuses(changed(change), 'store-damaged');
  });

  test('of a newer schema it is refused unchanged', () => {
    const problem = refuses(
      changed((raw) => void raw.pragma('user_version = 9000')),
      'store-newer',
    );
    expect(problem.next).toMatch(/Update Countersign/);
  });

  test.each([
    ['a kind of entry', { type: 'sabbatical-granted' }],
    ['a form of entry', { v: 2 }],
    ['a payload', { type: 'detection-changed', payload: { after: { mode: 'clairvoyant' } } }],
  ])('with %s that only a newer release knows it is refused unchanged', (_, fields) => {
    const folder = changed((raw) => {
      const last = raw.prepare('SELECT body, hash FROM entry ORDER BY seq DESC LIMIT 1').get() as {
        body: string;
        hash: string;
      };
      const body = canonicalJson({
        ...(JSON.parse(last.body) as object),
        seq: entries + 1,
        id: 'next',
        prev: last.hash,
        ...fields,
      });
      const hash = createHash('sha256').update('\0').update(body).digest('hex');
      raw.prepare('INSERT INTO entry VALUES (?, ?, ?, ?)').run(entries + 1, 'next', body, hash);
    });
    refuses(folder, 'store-newer');
  });
});

describe('a workspace that was used before', () => {
  test('does not get a new ledger in the place of one that is gone', () => {
    const folder = folderOf(closed, true, temporaryFolder());
    rmSync(join(folder, 'ledger.sqlite'));
    expect(open(folder)).toMatchObject({ problem: { message: expect.stringMatching(/missing or empty/) } });
    expect(existsSync(join(folder, 'ledger.sqlite'))).toBe(false);
  });

  test('refuses the ledger of another workspace, and an older one of its own', () => {
    const other = temporaryFolder();
    const stranger = newLedgerFile(other);
    ledgerWithReviewer(undefined, stoppedClock('2026-11-17T00:00:00Z'), stranger);
    stranger.close();
    const folder = folderOf(closed, true, temporaryFolder());
    copyFileSync(join(other, 'ledger.sqlite'), join(folder, 'ledger.sqlite'));
    expect(open(folder)).toMatchObject({ problem: { message: expect.stringMatching(/another workspace/) } });
    const longer = note.toString().replace(`\n${entries}\n`, `\n${entries + 2}\n`);
    writeFileSync(join(folderOf(closed, true, folder), 'ledger-head.txt'), longer);
    expect(open(folder)).toMatchObject({
      problem: { message: expect.stringMatching(/newest 2 entries are missing/) },
    });
  });

  test('opens without a note, and with one that was itself damaged', () => {
    const folder = folderOf(closed, false, temporaryFolder());
    expect(open(folder)).toEqual({ headHash, entries });
    writeFileSync(join(folder, 'ledger-head.txt'), note.subarray(0, 50));
    expect(open(folder)).toEqual({ headHash, entries });
  });
});
