// A restoration that is interrupted anywhere: there is the ledger from before, or the restored one that says what it gave up.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { afterEach, expect, test } from 'vitest';
import { foldLedger, openLedger } from '../../../src-main/review/ledger.ts';
import { openLedgerFile } from '../../../src-main/review/open-ledger.ts';
import { restoreLedger } from '../../../src-main/review/restore.ts';
import { backUpLedger } from '../../../src-main/store/backups.ts';
import { writeHeadNote } from '../../../src-main/store/ledger/head-note.ts';
import { inspectLedger } from '../../../src-main/store/ledger/inspect.ts';
import { stoppedClock, temporaryFolder } from '../../support/workspace.ts';

const act = { type: 'unmask', subject: 'r', actor: 'rita', payload: {} } as const;
const clock = stoppedClock('2026-11-16T00:00:00Z');

/** Every step by which a file in the folder comes, goes or changes its name. */
const changing = ['renameSync', 'copyFileSync', 'writeFileSync', 'rmSync', 'linkSync', 'unlinkSync'] as const;
const genuine = Object.fromEntries(changing.map((name) => [name, fs[name]]));

function putBack(): void {
  Object.assign(fs, genuine);
  syncBuiltinESMExports();
}
afterEach(putBack);

/** The power fails before the step of this number, and stays away. */
function failBefore(wanted: number): { steps: () => number } {
  let steps = 0;
  for (const name of changing) {
    const run = genuine[name] as (...given: unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...given: unknown[]) => {
        steps += 1;
        if (steps > wanted) throw new Error('the power failed');
        return run(...given);
      },
    });
  }
  syncBuiltinESMExports();
  return { steps: () => steps };
}

function open(directory: string) {
  const { database, state } = openLedgerFile(directory, clock.nowMs);
  const ledger = openLedger(database, clock, () => ulid(), {
    ...(state === null ? {} : { state }),
    onAppended: ({ checkpointed }) => writeHeadNote(directory, checkpointed),
  });
  return { ledger, database };
}

/** A workspace with five entries, and a backup from when there were two. */
async function workspaceWithBackup() {
  const directory = temporaryFolder();
  const { ledger, database } = open(directory);
  ledger.append(() => [act, act]);
  const { file } = await backUpLedger(
    join(directory, 'ledger.sqlite'),
    temporaryFolder(),
    clock.nowMs(),
    (copy) => inspectLedger(copy, foldLedger),
  );
  ledger.append(() => [act, act, act]);
  database.close();
  return { directory, file };
}

function read(directory: string) {
  const { ledger, database } = open(directory);
  const entries = ledger.entries().map(({ entry }) => entry);
  database.close();
  return entries;
}

test('wherever it is interrupted, nothing is given up without a word, and it can be repeated', async () => {
  const seen = new Set<string>();
  for (let wanted = 0; ; wanted += 1) {
    const { directory, file } = await workspaceWithBackup();
    const request = { directory, file, discardNewer: true, clock, newId: () => ulid() };
    const counter = failBefore(wanted);
    const ended = await restoreLedger(request).then(
      () => 'restored',
      () => 'interrupted',
    );
    putBack();
    const entries = read(directory);
    const last = entries.at(-1)!;
    if (last.type === 'ledger-restored') {
      expect([entries.length, last.payload['discarded']]).toEqual([3, 3]);
      const kept = fs.readdirSync(directory).find((name) => name.includes('.replaced-'))!;
      expect(inspectLedger(join(directory, kept), foldLedger)).toMatchObject({ entries: 5 });
    } else expect(entries.length).toBe(5);
    seen.add(`${ended} with ${last.type}`);
    if (ended === 'restored') {
      expect(counter.steps()).toBe(wanted);
      break;
    }
    await restoreLedger(request);
    expect(read(directory).at(-1)).toMatchObject({ type: 'ledger-restored' });
  }
  // Before and after the ledger took its place.
  expect(seen).toEqual(
    new Set(['interrupted with unmask', 'interrupted with ledger-restored', 'restored with ledger-restored']),
  );
});

/** What SQLite leaves beside a file when it is killed while it writes without a write-ahead log. */
function hotJournalOf(file: string): Buffer {
  const copy = join(temporaryFolder(), 'copy.sqlite');
  fs.copyFileSync(file, copy);
  const database = new Database(copy);
  database.pragma('journal_mode = DELETE');
  // Too little memory for the change, so that the journal is flushed and the file is written before the commit.
  database.pragma('cache_size = 1');
  database.exec('BEGIN; CREATE TABLE filling (text); ');
  const fill = database.prepare('INSERT INTO filling VALUES (?)');
  for (let page = 0; page < 40; page += 1) fill.run('x'.repeat(4000));
  const journal = fs.readFileSync(`${copy}-journal`);
  database.close();
  return journal;
}

test('what an interrupted restoration of another backup left beside it is not played into this one', async () => {
  const { directory, file: older } = await workspaceWithBackup();
  const { ledger, database } = open(directory);
  // So many that the newer file has more pages than the older one.
  ledger.append(() => Array.from({ length: 40 }, () => act));
  const newer = await backUpLedger(
    join(directory, 'ledger.sqlite'),
    temporaryFolder(),
    clock.nowMs(),
    (copy) => inspectLedger(copy, foldLedger),
  );
  database.close();
  fs.writeFileSync(join(directory, 'ledger.sqlite.incoming-journal'), hotJournalOf(older));
  await restoreLedger({ directory, file: newer.file, discardNewer: true, clock, newId: () => ulid() });
  expect(read(directory).map(({ type }) => type)).toEqual([
    ...Array.from({ length: 45 }, () => 'unmask'),
    'ledger-restored',
  ]);
  expect(fs.readdirSync(directory).filter((name) => name.includes('incoming'))).toEqual([]);
});
