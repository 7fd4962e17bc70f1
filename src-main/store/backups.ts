// Copies of the ledger: one before each migration, others on demand, each consistent and read back before it counts.
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BackupListing } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import { instant } from '#shared/time/instant.ts';
import { syncFolder } from '../evidence/atomic-file.ts';
import { describeFailure, type DatabaseHandle } from './database.ts';

const ownerOnlyFolder = 0o700;
const keptMigrationBackups = 3;
const migrationBackup = /^ledger-.*-before-migration\.sqlite$/;

export const backupsFolder = (directory: string): string => join(directory, 'backups');

/** A moment as part of a file’s name. */
export const stampOf = (nowMs: number): string => new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');

/** Copies a ledger that is about to be migrated; the newest three such copies are kept, others are left alone. */
export function backUpBeforeMigration(database: DatabaseHandle, directory: string, nowMs: number): void {
  const folder = backupsFolder(directory);
  mkdirSync(folder, { recursive: true, mode: ownerOnlyFolder });
  const copy = join(folder, `ledger-${stampOf(nowMs)}-before-migration.sqlite`);
  createForOwner(copy);
  database.prepare('VACUUM INTO ?').run(copy);
  const old = readdirSync(folder)
    .filter((name) => migrationBackup.test(name))
    .toSorted()
    .slice(0, -keptMigrationBackups);
  for (const name of old) rmSync(join(folder, name));
}

/**
 * Copies the ledger at `path` into `folder` as of one moment, while any process goes on appending.
 * `check` reads the finished copy, keeps what belongs to it, and throws when it is not sound; only then does the copy get its name.
 * @throws Problem `file-unreadable` when it cannot be written; no half copy is left.
 */
export async function backUpLedger<T>(
  path: string,
  folder: string,
  nowMs: number,
  check: (copy: string) => T | Promise<T>,
): Promise<{ file: string; bytes: number; checked: T }> {
  const file = join(folder, `ledger-${stampOf(nowMs)}.sqlite`);
  const partial = join(folder, `.ledger-${randomUUID()}.partial`);
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnlyFolder });
    createForOwner(partial);
    await copySnapshot(path, partial);
    const checked = await check(partial);
    renameSync(partial, file);
    await syncFolder(folder);
    return { file, bytes: statSync(file).size, checked };
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm'])
      if (existsSync(partial + suffix)) rmSync(partial + suffix);
    throw describeCopyFailure(error);
  }
}

const backupName = /^ledger-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z(-before-migration)?\.sqlite$/;

/** What lies in a folder under the name of a backup, newest first; nothing when there is no such folder. */
export function listBackups(folder: string): BackupListing[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const [, hour, minute, second, milliseconds, migration] = backupName.exec(name) ?? [];
      const at = instant.safeParse(`${hour}:${minute}:${second}.${milliseconds}Z`);
      const file = join(folder, name);
      const found = statSync(file, { throwIfNoEntry: false });
      if (!at.success || found === undefined) return [];
      return [{ name, file, bytes: found.size, at: at.data, beforeMigration: migration !== undefined }];
    })
    .toSorted((one, other) => (one.at < other.at ? 1 : -1));
}

/** SQLite fills an empty file that is there, and keeps its mode. */
function createForOwner(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

/** Another process's appends would start the copying over again and again; a held snapshot does not see them. */
async function copySnapshot(path: string, destination: string): Promise<void> {
  const source = new Database(path, { readonly: true, fileMustExist: true, timeout: 15_000 });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(destination);
  } finally {
    source.close();
  }
}

function describeCopyFailure(error: unknown): unknown {
  const described = describeFailure('ledger', error);
  if (described instanceof Problem && described.code !== 'file-unreadable') return described;
  if (described instanceof Problem || described instanceof Database.SqliteError || isSystemError(described))
    return new Problem(
      'file-unreadable',
      'The backup could not be written. The ledger itself is unaffected.',
      {
        next: 'Check that the folder may be written to and has room, then try again.',
        cause: described,
      },
    );
  return described;
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
