// Opens the workspace's SQLite files with the care each deserves, and turns SQLite's failures into sentences.
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Problem } from '#shared/model/problem.ts';

export type DatabaseHandle = Database.Database;

/** `cache` may be rebuilt from the source, so it trades durability of the last moments for speed; `ledger` never does. */
export type DatabaseKind = 'cache' | 'ledger';

/** Opens (and creates, unless read-only) a database file with strict settings; only its owner may read it. */
export function openDatabase(
  path: string,
  kind: DatabaseKind,
  mode: 'write' | 'read' = 'write',
): DatabaseHandle {
  return describingFailure(kind, () => {
    const isNew = !existsSync(path);
    // SQLite gives its side files the mode of this one, so it has to be right before there are any.
    if (mode === 'write') createFile(path, kind);
    const database = new Database(path, {
      readonly: mode === 'read',
      fileMustExist: true,
      timeout: 15_000,
    });
    try {
      fileOf.set(database, fileIdentity(path));
      database.pragma('trusted_schema = OFF');
      database.pragma('foreign_keys = ON');
      if (mode === 'write') prepareForWriting(database, kind);
      if (mode === 'write' && kind === 'ledger' && !isNew) assertSound(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Another connection to a ledger that is open here, for writing beside it. It never waits for a lock, and leaves it to the others to
 * bring what it wrote from the log into the file.
 */
export function openAnother(ledger: DatabaseHandle): DatabaseHandle {
  return describingFailure('ledger', () => {
    const database = new Database(ledger.name, { fileMustExist: true, timeout: 0 });
    fileOf.set(database, fileOf.get(ledger) ?? null);
    database.pragma('trusted_schema = OFF');
    database.pragma('foreign_keys = ON');
    prepareForWriting(database, 'ledger');
    database.pragma('wal_autocheckpoint = 0');
    // The index over hashes is filled all over: with few pages each would be written again and again, and once more at the end.
    database.pragma(`cache_size = -${seriesPagesKibibytes}`);
    return database;
  });
}

function createFile(path: string, kind: DatabaseKind): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw unopenable(kind, error);
  }
}

function prepareForWriting(database: DatabaseHandle, kind: DatabaseKind): void {
  database.pragma('journal_mode = WAL');
  if (kind === 'ledger') {
    database.pragma('synchronous = FULL');
    // Without it, INSERT OR REPLACE would delete an entry and fire no trigger.
    database.pragma('recursive_triggers = ON');
    return;
  }
  database.pragma('synchronous = NORMAL');
  // Indexes on random ids: with the usual 2 MB of pages, every batch would be read from and written to disk many times.
  database.pragma(`cache_size = -${cachePagesKibibytes}`);
  database.pragma('wal_autocheckpoint = 8000');
}

const cachePagesKibibytes = 65_536;
const seriesPagesKibibytes = 32_768;

/** Which file a handle was opened on: its path may hold another one by now. */
const fileOf = new WeakMap<DatabaseHandle, string | null>();

/** False when the file was deleted or replaced since it was opened; what is written then is written into the void. */
export function isInPlace(database: DatabaseHandle): boolean {
  return fileOf.get(database) === fileIdentity(database.name);
}

function fileIdentity(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}

function assertSound(database: DatabaseHandle): void {
  const result = database.pragma('quick_check(1)', { simple: true });
  if (result !== 'ok') throw damaged('ledger', new Error(String(result)));
}

/** Runs `work`; a failure of the file or the disk becomes a {@link Problem}, anything else passes through. */
export function describingFailure<T>(kind: DatabaseKind, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw describeFailure(kind, error);
  }
}

/** The {@link Problem} a failure of SQLite comes down to, or the error itself. */
export function describeFailure(kind: DatabaseKind, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const found = sqliteFailures.find(([code]) => error.code === code || error.code.startsWith(`${code}_`));
  return found ? found[1](kind, error) : error;
}

type Describe = (kind: DatabaseKind, cause: unknown) => Problem;

/** By the first words of SQLite's extended codes. */
const sqliteFailures: readonly (readonly [code: string, Describe])[] = [
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_NOTADB', damaged],
  ['SQLITE_FORMAT', damaged],
  ['SQLITE_BUSY', busy],
  ['SQLITE_LOCKED', busy],
  ['SQLITE_CANTOPEN', unopenable],
  ['SQLITE_READONLY', unopenable],
  ['SQLITE_PERM', unopenable],
  ['SQLITE_FULL', full],
  ['SQLITE_IOERR', unreliable],
];

export function isDamage(error: unknown): boolean {
  return error instanceof Problem && error.code === 'store-damaged';
}

export function damaged(kind: DatabaseKind, cause: unknown): Problem {
  return kind === 'cache'
    ? new Problem(
        'store-damaged',
        'The local copy of the audit events is damaged. Your decisions are kept elsewhere and are not affected.',
        {
          next: 'Delete cache.sqlite from the workspace folder and refresh.',
          cause,
        },
      )
    : new Problem(
        'store-damaged',
        'The decision ledger of this workspace is damaged, so it was opened no further and nothing was written to it.',
        {
          next: 'Keep the folder as it is and restore the newest sound backup of its backups folder with “countersign restore FILE”. “countersign ledger verify” says what is wrong.',
          cause,
        },
      );
}

function busy(_kind: DatabaseKind, cause: unknown): Problem {
  return new Problem('locked', 'Another program is using this workspace right now. Nothing was changed.', {
    next: 'Wait for it to finish, then try again.',
    cause,
  });
}

function full(_kind: DatabaseKind, cause: unknown): Problem {
  return new Problem(
    'locked',
    'The disk is full. What was saved before is kept; this last step was not saved.',
    {
      next: 'Free some space, then try again.',
      cause,
    },
  );
}

function unopenable(_kind: DatabaseKind, cause: unknown): Problem {
  return new Problem('file-unreadable', 'The workspace folder cannot be written to.', {
    next: 'Check that the folder exists and that you may write in it, or choose another with --workspace.',
    cause,
  });
}

function unreliable(_kind: DatabaseKind, cause: unknown): Problem {
  return new Problem(
    'store-damaged',
    'The disk did not store or return what it should. What was saved before is kept; this last step was not saved.',
    { next: 'Check the disk and the connection to it, then try again.', cause },
  );
}

/** The ledger was deleted or swapped while it was open; anything recorded now would be lost with the old file. */
export function ledgerMoved(): Problem {
  return new Problem(
    'store-damaged',
    'The decision ledger of this workspace was moved, deleted or replaced while it was open. Nothing was recorded.',
    { next: 'Put ledger.sqlite back, or close Countersign and open the workspace again.' },
  );
}
