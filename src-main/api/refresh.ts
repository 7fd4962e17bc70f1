// Refresh and sync as background work.
import { Problem } from '#shared/model/problem.ts';
import type { ConnectionProfile } from '#shared/model/connection.ts';
import type { RefreshReport, SyncReport } from '#shared/model/workspace.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { runRefresh } from '../analytics/engine.ts';
import { databaseIdentity, mirrorIdentity } from '../analytics/source-identity.ts';
import { closeSource, connectSource, type SourceClient } from '../source/client.ts';
import { measureClockOffset, serverClock } from '../source/clock.ts';
import { inAccount, readReviewTable } from '../source/reviews.ts';
import type { LedgerState } from '../review/projection.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { mirrorQueue } from '../store/cache/server-reviews.ts';
import { readLastRun } from '../store/cache/runs.ts';
import { mirrorGuard, readSourceState } from '../store/cache/mirror.ts';
import { pushDecisions } from '../sync/push.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';
import { workspaceDetectors } from './detector-request.ts';
import { rememberedSource } from './source.ts';

export function refreshProcedures(workstation: Workstation) {
  return {
    start: procedures.refresh.start.handler(({ input }) => {
      const asOf = input.asOf === undefined ? null : parseInstant(input.asOf);
      return { jobId: workstation.jobs.start('refresh', refreshWork(workstation, asOf)) };
    }),
  };
}

export function syncProcedures(workstation: Workstation) {
  return {
    start: procedures.sync.start.handler(() => ({
      jobId: workstation.jobs.start('sync', syncWork(workstation)),
    })),
  };
}

/** Pulls, mirrors and judges in the engine worker. */
export function refreshWork(workstation: Workstation, asOfMicroseconds: number | null) {
  return async ({ signal, progress }: JobContext): Promise<RefreshReport> => {
    const { profile, password } = await rememberedSource(workstation);
    const { privilegedActions } = workstation.ledger.state();
    // Asking for the cache first makes sure that there is one: the engine opens the file, it does not lay it out.
    const cachePath = workstation.cache.name;
    const detection = workspaceDetectors(workstation);
    const request = { profile, password, asOfMicroseconds, privilegedActions, detection };
    const order = { cachePath, request };
    const report = await runRefresh(workstation.engineWorkerUrl, order, progress, signal);
    const run = readLastRun(workstation.cache);
    if (run) workstation.ledger.setClockOffset(run.provenance.clockOffsetMs);
    return report;
  };
}

/** Sends open decisions, then looks at the queue again. */
export function syncWork(workstation: Workstation) {
  return async ({ signal, progress }: JobContext): Promise<SyncReport> => {
    const { profile, password, identity } = await rememberedSource(workstation);
    progress('Connecting', 0, null, '');
    const client = await connectSource(profile, password, {
      purpose: 'write',
      statementTimeoutMs: 60_000,
      connectTimeoutMs: 10_000,
      signal,
    });
    try {
      const { systemIdentifier } = await serverClock(client);
      assertSameDatabase(identity, databaseIdentity(profile, systemIdentifier));
      workstation.ledger.setClockOffset(await measureClockOffset(client, workstation.clock.nowMs));
      const report = await pushDecisions(workstation.ledger, client, {
        onProgress: (done, total) => progress('Sending decisions', done, total, 'decisions'),
        signal,
      });
      progress('Reading the review queue', 0, null, '');
      await lookAgain(workstation, client, profile);
      return report;
    } finally {
      await closeSource(client);
    }
  };
}

function assertSameDatabase(remembered: string | null, found: string): void {
  if (remembered === found) return;
  throw new Problem(
    'source-changed',
    'This is not the database the decisions were made for. Nothing was sent; every decision is kept.',
    { next: 'Check the address, or connect again and look at the report.' },
  );
}

/** What was sent is sent: when the queue cannot be read afterwards, the next refresh reads it. */
async function lookAgain(
  workstation: Workstation,
  client: SourceClient,
  profile: ConnectionProfile,
): Promise<void> {
  try {
    if (!isMirrorOfConnection(workstation.cache, workstation.ledger.state())) return;
    const assertSameSource = mirrorGuard(workstation.cache);
    mirrorQueue(workstation.cache, inAccount(await readReviewTable(client), profile), assertSameSource);
  } catch (error) {
    workstation.log('The review queue could not be read after sending.', error);
  }
}

/** False while the mirror is still empty, or of a source the workspace was connected to before. */
export function isMirrorOfConnection(cache: DatabaseHandle, { connection }: LedgerState): boolean {
  if (!connection?.mapping || connection.identity === null) return false;
  const expected = mirrorIdentity(connection.identity, connection.mapping, connection);
  return readSourceState(cache)?.identity === expected;
}
