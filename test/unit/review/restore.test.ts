import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, test } from 'vitest';
import { foldLedger, openLedger, type Ledger } from '../../../src-main/review/ledger.ts';
import { openLedgerFile } from '../../../src-main/review/open-ledger.ts';
import { restoreLedger } from '../../../src-main/review/restore.ts';
import { verifyLedger } from '../../../src-main/review/verify-ledger.ts';
import { backUpBeforeMigration, backUpLedger } from '../../../src-main/store/backups.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { writeHeadNote } from '../../../src-main/store/ledger/head-note.ts';
import { inspectLedger } from '../../../src-main/store/ledger/inspect.ts';
import { ledgerMigrations } from '../../../src-main/store/ledger/schema.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { openLedgerFile as newLedgerFile, stoppedClock, temporaryFolder } from '../../support/workspace.ts';

const act = { type: 'unmask', subject: 'r', actor: 'rita', payload: {} } as const;
const clock = stoppedClock('2026-11-16T00:00:00Z');
const newId = () => ulid();

type Opened = { directory: string; ledger: Ledger; database: DatabaseHandle };

/** A workspace with `entries` entries, open. */
function workspace(entries: number, directory = temporaryFolder()): Opened {
  const { database, state } = openLedgerFile(directory, clock.nowMs);
  const ledger = openLedger(database, clock, newId, {
    ...(state === null ? {} : { state }),
    onAppended: ({ checkpointed }) => writeHeadNote(directory, checkpointed),
  });
  if (entries > 0) ledger.append(() => Array.from({ length: entries }, () => act));
  return { directory, ledger, database };
}

async function backUp({ directory }: Opened): Promise<string> {
  const { file } = await backUpLedger(
    join(directory, 'ledger.sqlite'),
    temporaryFolder(),
    clock.nowMs(),
    (copy) => inspectLedger(copy, foldLedger),
  );
  return file;
}

const restore = (directory: string, file: string, discardNewer = false) =>
  restoreLedger({ directory, file, discardNewer, clock, newId });

const typesIn = (directory: string): string[] => {
  const { ledger, database } = workspace(0, directory);
  const types = ledger.entries().map(({ entry }) => entry.type);
  database.close();
  return types;
};

describe('a backup', () => {
  test('is the ledger as of one moment, for its owner only, and no half copy is left when it fails', async () => {
    const opened = workspace(3);
    const folder = join(temporaryFolder(), 'new', 'folder');
    const path = join(opened.directory, 'ledger.sqlite');
    const { file, checked } = await backUpLedger(path, folder, clock.nowMs(), (copy) =>
      inspectLedger(copy, foldLedger),
    );
    expect(checked).toMatchObject({ entries: 3, headHash: opened.ledger.state().headHash });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['ledger-2026-11-16T00-00-00-000Z.sqlite']);
    const other = temporaryFolder();
    const refused = backUpLedger(path, other, clock.nowMs(), () => {
      throw new Error('not sound');
    });
    await expect(refused).rejects.toThrow('not sound');
    expect(readdirSync(other)).toEqual([]);
    writeFileSync(join(other, 'file'), '');
    await expect(backUpLedger(path, join(other, 'file'), clock.nowMs(), () => {})).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });

  test('is taken before a migration; the newest three of these are kept, and all that were asked for', () => {
    const folder = temporaryFolder();
    const database = newLedgerFile(folder);
    openLedger(database, clock, newId).append(() => [act]);
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    for (const day of ['01', '02', '03'])
      writeFileSync(join(backups, `ledger-2026-01-${day}-before-migration.sqlite`), '');
    writeFileSync(join(backups, 'ledger-2025-01-01T00-00-00-000Z.sqlite'), '');
    const next = { version: 99, name: 'more', sql: 'CREATE TABLE more (x INTEGER) STRICT;' };
    migrate(database, [...ledgerMigrations, next], () =>
      backUpBeforeMigration(database, folder, clock.nowMs()),
    );
    expect(readdirSync(backups).toSorted()).toEqual([
      'ledger-2025-01-01T00-00-00-000Z.sqlite',
      'ledger-2026-01-02-before-migration.sqlite',
      'ledger-2026-01-03-before-migration.sqlite',
      'ledger-2026-11-16T00-00-00-000Z-before-migration.sqlite',
    ]);
    const copy = join(backups, 'ledger-2026-11-16T00-00-00-000Z-before-migration.sqlite');
    expect(inspectLedger(copy, foldLedger)).toMatchObject({ entries: 1 });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
  });
});

describe('restoring', () => {
  test('into an empty folder gives the ledger back, and is put on record', async () => {
    const file = await backUp(workspace(3));
    const directory = temporaryFolder();
    expect(await restore(directory, file)).toEqual({
      entries: 3,
      discarded: 0,
      kept: null,
      campaigns: { inPlace: 0, restored: 0, missing: [] },
    });
    expect(typesIn(directory)).toEqual(['unmask', 'unmask', 'unmask', 'ledger-restored']);
    expect(verifyLedger(directory)).toMatchObject({ ok: true, entries: 4 });
  });

  test('refuses to give up newer entries unless told to, and keeps what it replaces', async () => {
    const opened = workspace(3);
    const file = await backUp(opened);
    opened.ledger.append(() => [act, act]);
    opened.database.close();
    const path = join(opened.directory, 'ledger.sqlite');
    await expect(restore(opened.directory, file)).rejects.toThrow(/has 2 entries that the backup lacks/);
    expect(inspectLedger(path, foldLedger)).toMatchObject({ entries: 5 });
    const restored = await restore(opened.directory, file, true);
    expect(restored).toMatchObject({ entries: 3, discarded: 2 });
    expect(inspectLedger(restored.kept!, foldLedger)).toMatchObject({ entries: 5 });
    expect(typesIn(opened.directory)).toHaveLength(4);
    expect(verifyLedger(opened.directory).ok).toBe(true);
  });

  test('gives up nothing where the backup has all there is, or more', async () => {
    const opened = workspace(3);
    const early = join(temporaryFolder(), 'early');
    opened.database.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(join(opened.directory, 'ledger.sqlite'), early);
    opened.ledger.append(() => [act]);
    const file = await backUp(opened);
    opened.database.close();
    expect(await restore(opened.directory, file)).toMatchObject({ entries: 4, discarded: 0 });
    const shorter = temporaryFolder();
    copyFileSync(early, join(shorter, 'ledger.sqlite'));
    expect(await restore(shorter, file)).toMatchObject({ entries: 4, discarded: 0 });
  });

  test('replaces a damaged ledger: freely where the note says nothing newer is lost, else only when told to', async () => {
    const opened = workspace(3);
    const file = await backUp(opened);
    opened.database.close();
    const path = join(opened.directory, 'ledger.sqlite');
    const whole = readFileSync(path);
    truncateSync(path, 5000);
    expect(() => workspace(0, opened.directory)).toThrow(/damaged/);
    const { kept } = await restore(opened.directory, file);
    expect(readFileSync(kept!).equals(whole.subarray(0, 5000))).toBe(true);
    expect(typesIn(opened.directory)).toHaveLength(4);
    const unnoted = temporaryFolder();
    writeFileSync(join(unnoted, 'ledger.sqlite'), whole.subarray(0, 5000));
    await expect(restore(unnoted, file)).rejects.toThrow(/cannot be told/);
    expect(await restore(unnoted, file, true)).toMatchObject({ entries: 3 });
  });

  test('a damaged ledger that reached further is not given up silently', async () => {
    const opened = workspace(3);
    const file = await backUp(opened);
    opened.ledger.append(() => [act]);
    opened.database.close();
    truncateSync(join(opened.directory, 'ledger.sqlite'), 5000);
    await expect(restore(opened.directory, file)).rejects.toThrow(/has an entry that the backup lacks/);
    expect(await restore(opened.directory, file, true)).toMatchObject({ discarded: 1 });
  });

  test('a ledger left by a crash is compared and kept with its log', async () => {
    const opened = workspace(2);
    const file = await backUp(opened);
    opened.ledger.append(() => [act]);
    const crashed = temporaryFolder();
    for (const suffix of ['', '-wal'])
      copyFileSync(join(opened.directory, `ledger.sqlite${suffix}`), join(crashed, `ledger.sqlite${suffix}`));
    await expect(restore(crashed, file)).rejects.toThrow(/has an entry that the backup lacks/);
    const { kept } = await restore(crashed, file, true);
    expect(inspectLedger(kept!, foldLedger)).toMatchObject({ entries: 3 });
    expect(typesIn(crashed)).toHaveLength(3);
  });

  test('the log of a damaged ledger is set aside with it, not played into the restored one', async () => {
    const opened = workspace(2);
    const file = await backUp(opened);
    opened.database.pragma('wal_checkpoint(TRUNCATE)');
    opened.ledger.append(() => [act]);
    const crashed = temporaryFolder();
    for (const suffix of ['', '-wal'])
      copyFileSync(join(opened.directory, `ledger.sqlite${suffix}`), join(crashed, `ledger.sqlite${suffix}`));
    const path = join(crashed, 'ledger.sqlite');
    writeFileSync(path, 'no database at all '.repeat(500));
    const log = readFileSync(`${path}-wal`);
    expect(log.length).toBeGreaterThan(0);
    const { kept } = await restore(crashed, file, true);
    expect(readFileSync(`${kept}-wal`).equals(log)).toBe(true);
    expect(typesIn(crashed)).toEqual(['unmask', 'unmask', 'ledger-restored']);
  });

  test.each([
    ['another workspace', async () => backUp(workspace(5)), 'conflict', /another workspace/],
    ['nothing', async () => join(temporaryFolder(), 'none'), 'not-found', /no such backup/],
    ['a text', async () => textFile(), 'store-damaged', /not a sound backup/],
    ['an empty file', async () => emptyFile(), 'file-unreadable', /empty ledger/],
  ])('a backup of %s changes nothing', async (_, make, code, sentence) => {
    const opened = workspace(2);
    opened.database.close();
    const path = join(opened.directory, 'ledger.sqlite');
    const before = readFileSync(path);
    await expect(restore(opened.directory, await make(), true)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(sentence),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(opened.directory).toSorted()).toEqual(['ledger-head.txt', 'ledger.sqlite']);
  });

  test('the ledger itself, under whatever name, is no backup of it', async () => {
    const opened = workspace(2);
    opened.database.close();
    const path = join(opened.directory, 'ledger.sqlite');
    const before = readFileSync(path);
    const link = join(temporaryFolder(), 'backup.sqlite');
    symlinkSync(path, link);
    for (const file of [path, link])
      await expect(restore(opened.directory, file, true)).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringMatching(/ledger of the workspace itself/),
      });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(opened.directory).toSorted()).toEqual(['ledger-head.txt', 'ledger.sqlite']);
  });

  test('while the workspace is open it is refused', async () => {
    const opened = workspace(2);
    const file = await backUp(opened);
    await expect(restore(opened.directory, file)).rejects.toMatchObject({ code: 'locked' });
    opened.ledger.append(() => [act]);
    expect(opened.ledger.state().entries).toBe(3);
    expect(existsSync(join(opened.directory, 'ledger.sqlite.incoming'))).toBe(false);
  });
});

function textFile(): string {
  const path = join(temporaryFolder(), 'text');
  writeFileSync(path, 'no ledger at all '.repeat(100));
  return path;
}

function emptyFile(): string {
  const path = join(temporaryFolder(), 'empty');
  writeFileSync(path, '');
  return path;
}
