// The composition root: opens a workspace folder, wires the rooms, closes them in order.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { Problem } from '#shared/model/problem.ts';
import type { NamedText } from './analytics/build-detectors.ts';
import { createJobs, type Jobs } from './api/jobs.ts';
import type { KeySeal } from './evidence/keys.ts';
import { openLedger, type Clock, type Ledger } from './review/ledger.ts';
import { cacheMigrations } from './store/cache/schema.ts';
import { readLastRun } from './store/cache/runs.ts';
import {
  describingFailure,
  isDamage,
  isInPlace,
  openDatabase,
  type DatabaseHandle,
} from './store/database.ts';
import { ledgerMigrations } from './store/ledger/schema.ts';
import { migrate } from './store/migrate.ts';
import type { SecretSeal } from './store/sealed-secrets.ts';

export type WorkstationOptions = {
  /** The workspace folder; created when missing. */
  readonly directory: string;
  /** Version of this release, printed in packs. */
  readonly version: string;
  /** Zone for people here, until a connection names another. */
  readonly zone: string;
  readonly clock: Clock;
  /** The engine's worker script: `analytics/worker.ts`, or its built form. */
  readonly engineWorkerUrl: URL;
  /** Rules in the Sigma language that come with the program. */
  readonly shippedRules: readonly NamedText[];
  readonly secretSeal: SecretSeal;
  /** Seal of the signing key: the system keychain, or one made from a passphrase. */
  readonly keySeal: (passphrase: string | undefined) => KeySeal;
  /** Receives what people never see: errors with their stacks. Must not receive secrets. */
  readonly log: (message: string, error: unknown) => void;
};

export type Workstation = WorkstationOptions & {
  readonly ledger: Ledger;
  /** The local copy of the source as its file is now: it may be deleted at any time, so ask for it anew each time. */
  readonly cache: DatabaseHandle;
  readonly cachePath: string;
  readonly keysDirectory: string;
  readonly packsDirectory: string;
  readonly sampleDirectory: string;
  readonly jobs: Jobs;
  readonly close: () => Promise<void>;
};

/**
 * Opens (and creates, where missing) a workspace.
 * @throws Problem `store-damaged`, `store-newer`, `locked` or `file-unreadable`; the folder is then left as it was.
 */
export async function openWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const { directory, clock } = options;
  createWorkspaceFolder(directory);
  const newId = ulidSource(clock);
  const ledgerDatabase = openLedgerFile(directory, clock);
  try {
    const ledger = openLedger(ledgerDatabase, clock, newId);
    if (ledger.state().entries === 0) recordCreation(ledger, options);
    const cachePath = join(directory, 'cache.sqlite');
    let cache = openCacheFile(cachePath, clock);
    const offsetMs = readLastRun(cache)?.provenance.clockOffsetMs;
    if (offsetMs !== undefined) ledger.setClockOffset(offsetMs);
    const jobs = createJobs(clock, newId, options.log);
    return {
      ...options,
      ledger,
      get cache() {
        if (isInPlace(cache)) return cache;
        cache.close();
        cache = openCacheFile(cachePath, clock);
        return cache;
      },
      cachePath,
      keysDirectory: join(directory, 'keys'),
      packsDirectory: join(directory, 'packs'),
      sampleDirectory: join(directory, 'sample'),
      jobs,
      close: async () => {
        await jobs.close();
        cache.close();
        ledgerDatabase.close();
      },
    };
  } catch (error) {
    ledgerDatabase.close();
    throw error;
  }
}

/** @throws Problem `file-unreadable` */
export function createWorkspaceFolder(directory: string): void {
  try {
    // Others may pass through (the sample database may run as another user) but see nothing.
    mkdirSync(directory, { recursive: true, mode: 0o711 });
  } catch (cause) {
    throw new Problem('file-unreadable', 'The workspace folder cannot be created.', {
      next: 'Choose another folder with --workspace.',
      cause,
    });
  }
}

function openLedgerFile(directory: string, clock: Clock): DatabaseHandle {
  const path = join(directory, 'ledger.sqlite');
  const database = openDatabase(path, 'ledger');
  try {
    migrate(database, ledgerMigrations, () => backUp(database, directory, clock));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function backUp(database: DatabaseHandle, directory: string, clock: Clock): void {
  const folder = join(directory, 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(clock.nowMs()).toISOString().replaceAll(/[:.]/g, '-');
  database.prepare('VACUUM INTO ?').run(join(folder, `ledger-${stamp}.sqlite`));
  const old = readdirSync(folder)
    .filter((name) => name.startsWith('ledger-'))
    .toSorted()
    .slice(0, -3);
  for (const name of old) rmSync(join(folder, name));
}

/** The cache can be pulled again, so a damaged one is set aside and replaced; decisions live elsewhere. */
function openCacheFile(path: string, clock: Clock): DatabaseHandle {
  try {
    return openMigratedCache(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    for (const suffix of ['', ...sideFiles]) {
      if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.damaged-${clock.nowMs()}${suffix}`);
    }
    return openMigratedCache(path);
  }
}

const sideFiles = ['-wal', '-shm'];

function openMigratedCache(path: string): DatabaseHandle {
  // Whoever deletes a cache may leave its side files; another program may even hold them open.
  if (!existsSync(path)) for (const suffix of sideFiles) rmSync(path + suffix, { force: true });
  const database = openDatabase(path, 'cache');
  try {
    return describingFailure('cache', () => {
      migrate(database, cacheMigrations, () => {});
      readLastRun(database);
      return database;
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

function ulidSource(clock: Clock): () => string {
  const next = monotonicFactory();
  return () => next(clock.nowMs());
}

function recordCreation(ledger: Ledger, options: WorkstationOptions): void {
  ledger.append((state) =>
    state.entries > 0
      ? []
      : [
          {
            type: 'workspace-created',
            subject: null,
            actor: '',
            payload: { version: options.version, zone: options.zone },
          },
        ],
  );
}
