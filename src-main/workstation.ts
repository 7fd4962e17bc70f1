// The composition root: opens a workspace folder, wires the rooms, closes them in order.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import type { OsUser } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { NamedText } from './analytics/build-detectors.ts';
import { createJobs, type Jobs } from './api/jobs.ts';
import type { CheckpointedLedger } from './evidence/checkpoint.ts';
import type { KeySeal } from './evidence/keys.ts';
import type { AgentTransport } from './evidence/ssh-agent.ts';
import { keepCheckpoints } from './review/keep-checkpoints.ts';
import { createKeySession, type KeySession } from './review/key-session.ts';
import type { ClockComparison } from './review/clock-jump.ts';
import { openLedger, type Clock, type Ledger } from './review/ledger.ts';
import { openLedgerFile } from './review/open-ledger.ts';
import { hideFrom } from './store/erasure/erased-people.ts';
import { beforeIndexing } from './review/campaigns/item-index.ts';
import { erasedPeople } from './review/privacy/erase-person.ts';
import { noteClockComparison, readClockComparison } from './store/cache/clock-comparison.ts';
import { cacheMigrations } from './store/cache/schema.ts';
import { readLastRun } from './store/cache/runs.ts';
import {
  describingFailure,
  isDamage,
  isInPlace,
  openDatabase,
  type DatabaseHandle,
} from './store/database.ts';
import { writeHeadNote } from './store/ledger/head-note.ts';
import { settleLogApart } from './store/ledger/settle-log.ts';
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
  /** verify.html as it was built; absent where there is none. */
  readonly verifyPageFile?: string | undefined;
  readonly secretSeal: SecretSeal;
  /** Seal of the signing key: the system keychain, or one made from a passphrase. */
  readonly keySeal: (passphrase: string | undefined) => KeySeal;
  /** The ssh-agent of the person who started this. */
  readonly agent: AgentTransport;
  /** The account this runs under, where the door knows it. */
  readonly osUser?: OsUser | null | undefined;
  /** Receives what people never see: errors with their stacks. Must not receive secrets. */
  readonly log: (message: string, error: unknown) => void;
};

export type Workstation = WorkstationOptions & {
  readonly ledger: Ledger;
  /** The local copy of the source as its file is now: it may be deleted at any time, so ask for it anew each time. */
  readonly cache: DatabaseHandle;
  readonly cachePath: string;
  readonly keysDirectory: string;
  /** The signing key, while it is unlocked for this session. */
  readonly keySession: KeySession;
  readonly packsDirectory: string;
  /** Where exported lists are written; created with the first. */
  readonly exportsDirectory: string;
  readonly sampleDirectory: string;
  readonly jobs: Jobs;
  readonly close: () => Promise<void>;
};

const millisecondsPerMinute = 60_000;

/**
 * Opens (and creates, where missing) a workspace.
 * @throws Problem `store-damaged`, `store-newer`, `locked` or `file-unreadable`; the folder is then left as it was.
 */
export async function openWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const { directory, clock } = options;
  createWorkspaceFolder(directory);
  const newId = ulidSource(clock);
  const { database: ledgerDatabase, state } = openLedgerFile(directory, clock.nowMs);
  try {
    const keysDirectory = join(directory, 'keys');
    const keySession = createKeySession({
      nowMs: clock.nowMs,
      idleMs: () => ledger.state().keys.idleMinutes * millisecondsPerMinute,
      beforeIdleLock: (signer) => checkpoints.beforeLock(signer),
    });
    const checkpoints = keepCheckpoints({
      ...options,
      keysDirectory,
      session: keySession,
      ledger: () => ledger,
    });
    let noteComparison: (compared: ClockComparison | null) => void = () => undefined;
    const ledger = openLedger(ledgerDatabase, clock, newId, {
      ...(state === null ? {} : { state }),
      onClockCompared: (compared) => noteComparison(compared),
      settleLog: () =>
        settleLogApart(options.engineWorkerUrl, ledgerDatabase).catch((error: unknown) =>
          options.log('The log of the ledger was left for later.', error),
        ),
      onAppended: (appended) => {
        noteHead(options, appended.checkpointed);
        keySession.touch();
        checkpoints.onAppended(appended);
      },
    });
    if (ledger.state().entries === 0) recordCreation(ledger, options);
    // After the first entry: a folder with a cache and an empty ledger is one whose ledger was lost.
    const cachePath = join(directory, 'cache.sqlite');
    let cache = openCacheFile(cachePath, clock);
    const cacheInPlace = () => {
      if (isInPlace(cache)) return cache;
      cache.close();
      cache = openCacheFile(cachePath, clock);
      return cache;
    };
    const noted = readClockComparison(cache) ?? comparisonOfLastRun(cache, ledger);
    if (noted !== null) ledger.takeClockOffset(noted);
    noteComparison = (compared) => {
      try {
        noteClockComparison(cacheInPlace(), compared);
      } catch (error) {
        options.log('How far the clocks are apart could not be noted for other programs.', error);
      }
    };
    const jobs = createJobs(clock, newId, options.log);
    const endPrecaution = beforeIndexing(directory, async (index) => {
      const { erased } = await erasedPeople({ ...options, ledger });
      hideFrom(index, erased ?? { key: '', tokens: [] });
    });
    return {
      ...options,
      ledger,
      get cache() {
        return cacheInPlace();
      },
      cachePath,
      keysDirectory,
      keySession,
      packsDirectory: join(directory, 'packs'),
      exportsDirectory: join(directory, 'exports'),
      sampleDirectory: join(directory, 'sample'),
      jobs,
      close: async () => {
        await jobs.close();
        await checkpoints.close();
        keySession.lock();
        endPrecaution();
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

/** The entries are recorded by now; a note that cannot be written is missed by the next verification at most. */
function noteHead({ directory, log }: WorkstationOptions, ledger: CheckpointedLedger): void {
  try {
    writeHeadNote(directory, ledger);
  } catch (error) {
    log('How far the ledger reaches could not be noted beside it.', error);
  }
}

/** The cache can be pulled again, so a damaged one is set aside and replaced; decisions live elsewhere. */
/** As a refresh of an older release noted it; nobody can tell whether the clock was set back since, once it was at all. */
function comparisonOfLastRun(cache: DatabaseHandle, ledger: Ledger) {
  const offsetMs = readLastRun(cache)?.provenance.clockOffsetMs;
  if (offsetMs === undefined || ledger.state().clockJump !== null) return null;
  return { offsetMs, atMs: null, startedMs: null };
}

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
