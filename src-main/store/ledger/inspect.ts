// Looks at a ledger file without writing a byte: whether it is one, whole, and not of a newer release.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Problem } from '#shared/model/problem.ts';
import { damaged, describeFailure, type DatabaseHandle } from '../database.ts';
import { assertReadable, migrate } from '../migrate.ts';
import { rows } from '../query.ts';
import { ledgerMigrations } from './schema.ts';

export const ledgerPath = (directory: string): string => join(directory, 'ledger.sqlite');

const attempts = 3;

/**
 * Opens the ledger read-only, checks that it is sound, and returns what `read` makes of it; null when there is none yet.
 * @throws Problem `store-damaged`, `store-newer`, or what `read` throws. The file is as it was, whatever happens.
 */
export function inspectLedger<T>(path: string, read: (database: DatabaseHandle) => T): T | null {
  return readingLedger(path, (database) => {
    if (isBlank(database)) return null;
    assertReadable(database, ledgerMigrations);
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged('ledger', null);
    if (!hasExpectedSchema(database)) throw damaged('ledger', null);
    return read(database);
  });
}

/** As {@link inspectLedger}, but taking the file as it is: for those who want to know what is wrong with it. */
export function readingLedger<T>(path: string, read: (database: DatabaseHandle) => T): T | null {
  for (let attempt = 1; ; attempt += 1) {
    const before = stampOf(path);
    try {
      const database = openReadOnly(path);
      if (database === null) return null;
      try {
        return read(database);
      } finally {
        database.close();
      }
    } catch (error) {
      // Another process may have been writing into what was being read.
      if (attempt < attempts && stampOf(path) !== before) continue;
      throw describeDamage(error);
    }
  }
}

function describeDamage(error: unknown): unknown {
  const described = describeFailure('ledger', error);
  return described instanceof Database.SqliteError ? damaged('ledger', described) : described;
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function stampOf(path: string): string {
  return [path, `${path}-wal`]
    .map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }))
    .map((found) => (found ? `${found.ino}:${found.size}:${found.mtimeNs}` : 'none'))
    .join(' ');
}

/** Bytes 18 and 19 of a database say how it is journalled: 1 by a rollback journal, 2 by a write-ahead log. */
const journalBytes = [18, 19] as const;

/**
 * With a write-ahead log beside it, the file itself is opened, which writes to neither. Without, a copy in memory will do:
 * opening the file would leave side files there.
 */
function openReadOnly(path: string): DatabaseHandle | null {
  if (bytesOf(`${path}-wal`) > 0) {
    // SQLite would throw the log away.
    if (bytesOf(path) === 0) throw damaged('ledger', null);
    return new Database(path, { readonly: true, fileMustExist: true, timeout: 15_000 });
  }
  if (!existsSync(path) || bytesOf(path) === 0) return null;
  const bytes = readFileOf(path);
  const [written, read] = journalBytes.map((at) => bytes[at]);
  if (written !== read || (written !== 1 && written !== 2)) throw damaged('ledger', null);
  for (const at of journalBytes) bytes[at] = 1;
  declareWhatIsThere(bytes);
  return new Database(bytes, { readonly: true });
}

/** Where the header of a database says how large a page is, and how many there are. */
const [pageSizeAt, pageCountAt] = [16, 28];

/** SQLite reads nothing at all of a file that is shorter than its header says; so what is left of one can be read. */
function declareWhatIsThere(bytes: Buffer): void {
  if (bytes.length < 100) return;
  const written = bytes.readUInt16BE(pageSizeAt);
  const pages = Math.floor(bytes.length / (written === 1 ? 65_536 : Math.max(written, 512)));
  if (pages > 0 && bytes.readUInt32BE(pageCountAt) > pages) bytes.writeUInt32BE(pages, pageCountAt);
}

function readFileOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Problem('file-unreadable', 'The decision ledger cannot be opened. Nothing was changed.', {
      next: 'Check that the file is there and that you may read it.',
      cause,
    });
  }
}

type SchemaPart = { type: string; name: string; sql: string | null };

const schemaOf = (database: DatabaseHandle): string =>
  JSON.stringify(
    rows<SchemaPart>(database, 'SELECT type, name, sql FROM sqlite_schema ORDER BY type, name, sql'),
  );

const versionOf = (database: DatabaseHandle): number =>
  Number(database.pragma('user_version', { simple: true }));

/** Just created, by us or by another process that is about to fill it. */
const isBlank = (database: DatabaseHandle): boolean =>
  versionOf(database) === 0 && schemaOf(database) === '[]';

/** Whether tables and triggers are exactly those that the migrations so far make. */
export function hasExpectedSchema(database: DatabaseHandle): boolean {
  const expected = new Database(':memory:');
  try {
    const version = versionOf(database);
    migrate(
      expected,
      ledgerMigrations.filter((migration) => migration.version <= version),
      () => {},
    );
    return schemaOf(expected) === schemaOf(database);
  } finally {
    expected.close();
  }
}
