// Puts a backup of the ledger in the place of the one there is, which is kept beside it.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import type { LedgerRestoration, RestoredCampaigns } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import { syncFolder, writeFileAtomically } from '../evidence/atomic-file.ts';
import type { CheckpointedLedger } from '../evidence/checkpoint.ts';
import { backupsFolder, stampOf } from '../store/backups.ts';
import { openDatabase, type DatabaseHandle } from '../store/database.ts';
import { readHeadNote, writeHeadNote } from '../store/ledger/head-note.ts';
import { inspectLedger, ledgerPath } from '../store/ledger/inspect.ts';
import { readPresent, assertUnused, type PresentLedger } from '../store/ledger/present.ts';
import { ledgerMigrations } from '../store/ledger/schema.ts';
import { migrate } from '../store/migrate.ts';
import { restoreCampaignFiles } from './campaigns/backed-up-files.ts';
import { foldLedger, openLedger, type Clock } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export type RestoreRequest = {
  readonly directory: string;
  /** The backup, a ledger file. */
  readonly file: string;
  /** Gives up entries that the present ledger has and the backup has not; they stay in the file that is kept. */
  readonly discardNewer: boolean;
  readonly clock: Clock;
  readonly newId: () => string;
};

type Backup = { readonly bytes: Buffer; readonly state: LedgerState; readonly hashes: readonly string[] };

/**
 * Restores a backup into a workspace folder and puts that on record in it.
 * @throws Problem when the backup is no sound ledger of this workspace, when the present one has entries that it lacks, or
 * when another program has the workspace open; nothing is changed then.
 */
export async function restoreLedger(request: RestoreRequest): Promise<LedgerRestoration> {
  const { directory, clock } = request;
  const path = ledgerPath(directory);
  if (isSameFile(path, resolve(request.file))) throw ledgerItself();
  const backup = readBackup(resolve(request.file));
  const noted = readHeadNote(directory);
  const present = readPresent(path);
  assertSameWorkspace(backup, present.hashes[0] ?? noted?.firstHash ?? null);
  const discarded = countNewer(backup, present, noted?.size ?? null);
  if (discarded !== 0 && !request.discardNewer) throw refuseToDiscard(discarded);
  if (present.isSound) assertUnused(path);
  const kept = existsSync(path) ? keptPath(path, clock.nowMs()) : null;
  // First, so that the ledger never names files that were at hand and are not in their place.
  const campaigns = await placeCampaignFiles(request, backup);
  const incoming = `${path}.incoming`;
  for (const suffix of sideFiles) rmSync(incoming + suffix, { force: true });
  await writeFileAtomically(incoming, backup.bytes);
  const restored = recordRestoration(request, incoming, { discarded, kept });
  if (kept !== null) keep(path, kept, present.isSound);
  // Of both ledgers it is true that they reach as far as the backup.
  if (present.isSound && present.exists) writeHeadNote(directory, backup.state.checkpointed);
  renameSync(incoming, path);
  await syncFolder(directory);
  writeHeadNote(directory, restored);
  return { entries: backup.state.entries, discarded: discarded ?? 0, kept, campaigns };
}

/** @throws Problem `file-unreadable` where the folder cannot be written; the ledger is as it was then */
async function placeCampaignFiles(
  { directory, file, clock }: RestoreRequest,
  { state }: Backup,
): Promise<RestoredCampaigns> {
  const place = {
    workspace: directory,
    backup: resolve(file),
    backups: backupsFolder(directory),
    stamp: stampOf(clock.nowMs()),
  };
  try {
    return await restoreCampaignFiles(place, state.campaigns);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new Problem(
      'file-unreadable',
      'The files of campaigns could not be put in their place, so the ledger was not restored either.',
      { next: 'Check that both folders may be read and written and have room, then try again.', cause },
    );
  }
}

/** By whatever name or link it is called. */
function isSameFile(path: string, file: string): boolean {
  const [one, other] = [path, file].map((name) => statSync(name, { bigint: true, throwIfNoEntry: false }));
  if (one === undefined || other === undefined) return false;
  return one.dev === other.dev && one.ino === other.ino;
}

function ledgerItself(): Problem {
  return new Problem(
    'refused',
    'This file is the ledger of the workspace itself, and no backup of it. Nothing was changed.',
    { next: 'Choose a file in the backups folder of the workspace.' },
  );
}

function readBackup(file: string): Backup {
  if (!existsSync(file)) {
    throw new Problem('not-found', 'There is no such backup. Nothing was changed.', {
      next: 'Backups are in the backups folder of the workspace, unless another folder was named.',
    });
  }
  const backup = describingBackup(() =>
    inspectLedger(file, (database) => ({
      bytes: database.serialize(),
      state: foldLedger(database),
      hashes: hashesOf(database),
    })),
  );
  if (backup && backup.state.entries > 0) return backup;
  throw new Problem('file-unreadable', 'This file is an empty ledger, so nothing was restored.', {
    next: 'Choose another backup.',
  });
}

const hashesOf = (database: DatabaseHandle): string[] =>
  database.prepare<[], string>('SELECT hash FROM entry ORDER BY seq').pluck().all();

function describingBackup<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store-damaged') throw error;
    throw new Problem(
      'store-damaged',
      'This file is not a sound backup of a decision ledger, so nothing was restored or changed.',
      { next: 'Choose another backup.', cause: error },
    );
  }
}

function assertSameWorkspace(backup: Backup, firstHash: string | null): void {
  if (firstHash === null || firstHash === backup.hashes[0]) return;
  throw new Problem('conflict', 'This is a backup of another workspace. Nothing was restored or changed.', {
    next: 'Restore it into a folder of its own with --workspace.',
  });
}

/** How many entries would be given up; null when the present ledger cannot be read far enough to tell. */
function countNewer(backup: Backup, present: PresentLedger, noted: number | null): number | null {
  const differing = present.hashes.findIndex((hash, index) => hash !== backup.hashes[index]);
  const shared = differing === -1 ? present.hashes.length : differing;
  const reached = Math.max(present.hashes.length, noted ?? 0);
  if (differing !== -1) return reached - shared;
  if (!present.isSound && noted === null && present.exists) return null;
  return Math.max(0, reached - backup.hashes.length);
}

function refuseToDiscard(discarded: number | null): Problem {
  const what =
    discarded === null
      ? 'The present ledger cannot be read to its end, so it cannot be told whether it has entries that the backup lacks.'
      : `The present ledger has ${discarded === 1 ? 'an entry' : `${discarded} entries`} that the backup lacks.`;
  return new Problem('conflict', `${what} Nothing was restored or changed.`, {
    next: 'Choose a newer backup, or add --discard-newer; the present ledger is kept beside the restored one then.',
  });
}

/** What SQLite may leave beside a file when it is interrupted, and would play into whatever lies there next. */
const sideFiles = ['-journal', '-wal', '-shm'];

const keptPath = (path: string, nowMs: number): string => `${path}.replaced-${stampOf(nowMs)}`;

/**
 * A sound ledger stays in its place until the restored one takes it. Any other goes, with its write-ahead log, or a stranger's
 * would be played into the restored one.
 */
function keep(path: string, kept: string, isSound: boolean): void {
  if (isSound && !existsSync(`${path}-wal`)) {
    copyFileSync(path, kept);
    flush(kept);
    return;
  }
  for (const suffix of ['', ...sideFiles]) {
    if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Puts the restoring on record in the file that is about to take the ledger's place. */
function recordRestoration(
  { clock, newId }: RestoreRequest,
  incoming: string,
  { discarded, kept }: { discarded: number | null; kept: string | null },
): CheckpointedLedger {
  const database = openDatabase(incoming, 'ledger');
  try {
    // The backup itself is the copy from before the migration.
    migrate(database, ledgerMigrations, () => {});
    const ledger = openLedger(database, clock, newId);
    ledger.append((state) => [
      {
        type: 'ledger-restored',
        subject: null,
        actor: state.reviewer?.id ?? '',
        payload: { entries: state.entries, head: state.headHash, discarded, kept: kept !== null },
      },
    ]);
    // Nothing of it may stay behind in a log under another name.
    database.pragma('wal_checkpoint(TRUNCATE)');
    return ledger.state().checkpointed;
  } finally {
    database.close();
  }
}
