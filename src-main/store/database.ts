// Opens the workspace's SQLite files with the care each deserves, and turns SQLite's failures into sentences.
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Problem } from '#shared/model/problem.ts';

export type DatabaseHandle = Database.Database;

/** `cache` may be rebuilt from the source, so it trades durability of the last moments for speed; `ledger` never does. */
export type DatabaseKind = 'cache' | 'ledger';

const damagedCodes = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT', 'SQLITE_CORRUPT_INDEX']);

/** Opens (and creates, unless read-only) a database file with strict settings. */
export function openDatabase(
  path: string,
  kind: DatabaseKind,
  mode: 'write' | 'read' = 'write',
): DatabaseHandle {
  return describingFailure(kind, () => {
    const isNew = !existsSync(path);
    const database = new Database(path, {
      readonly: mode === 'read',
      fileMustExist: mode === 'read',
      timeout: 15_000,
    });
    try {
      database.pragma('trusted_schema = OFF');
      database.pragma('foreign_keys = ON');
      if (mode === 'write') {
        database.pragma('journal_mode = WAL');
        database.pragma(`synchronous = ${kind === 'ledger' ? 'FULL' : 'NORMAL'}`);
        if (kind === 'ledger' && !isNew) assertSound(database);
      }
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function assertSound(database: DatabaseHandle): void {
  const result = database.pragma('quick_check(1)', { simple: true });
  if (result !== 'ok') throw damaged('ledger', new Error(String(result)));
}

/** Runs `work`; a damaged or locked file becomes a {@link Problem}, anything else passes through. */
export function describingFailure<T>(kind: DatabaseKind, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Database.SqliteError) {
      if (damagedCodes.has(error.code)) throw damaged(kind, error);
      if (error.code === 'SQLITE_BUSY') throw busy(error);
      if (error.code === 'SQLITE_CANTOPEN' || error.code === 'SQLITE_READONLY') throw unopenable(error);
      if (error.code === 'SQLITE_FULL') throw full(error);
    }
    throw error;
  }
}

export function isDamage(error: unknown): boolean {
  return error instanceof Problem && error.code === 'store-damaged';
}

function damaged(kind: DatabaseKind, cause: unknown): Problem {
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
          next: 'Keep the folder as it is and restore ledger.sqlite from the newest file in its backups folder.',
          cause,
        },
      );
}

function busy(cause: unknown): Problem {
  return new Problem('locked', 'Another program is using this workspace right now. Nothing was changed.', {
    next: 'Wait for it to finish, then try again.',
    cause,
  });
}

function full(cause: unknown): Problem {
  return new Problem(
    'locked',
    'The disk is full. What was saved before is kept; this last step was not saved.',
    {
      next: 'Free some space, then try again.',
      cause,
    },
  );
}

function unopenable(cause: unknown): Problem {
  return new Problem('file-unreadable', 'The workspace folder cannot be written to.', {
    next: 'Check that the folder exists and that you may write in it, or choose another with --workspace.',
    cause,
  });
}
