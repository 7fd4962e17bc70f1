// Refresh and sync as background work.
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport, SyncReport } from '#shared/model/workspace.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { runRefresh } from '../analytics/engine.ts';
import { databaseIdentity } from '../analytics/refresh.ts';
import { closeSource, connectSource } from '../source/client.ts';
import { serverClock } from '../source/clock.ts';
import { readReviewTable } from '../source/reviews.ts';
import { mirrorQueue } from '../store/cache/server-reviews.ts';
import { readLastRun } from '../store/cache/runs.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { pushDecisions } from '../sync/push.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';
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
    const order = { cachePath: workstation.cachePath, request: { profile, password, asOfMicroseconds } };
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
      const clock = await serverClock(client);
      if (identity !== databaseIdentity(profile, clock.systemIdentifier)) {
        throw new Problem(
          'source-changed',
          'This is not the database the decisions were made for. Nothing was sent; every decision is kept.',
          {
            next: 'Check the address, or connect again and look at the report.',
          },
        );
      }
      workstation.ledger.setClockOffset(clock.nowMicroseconds / 1000 - workstation.clock.nowMs());
      const report = await pushDecisions(workstation.ledger, client, {
        onProgress: (done, total) => progress('Sending decisions', done, total, 'decisions'),
        signal,
      });
      progress('Reading the review queue', 0, null, '');
      if (readSourceState(workstation.cache))
        mirrorQueue(workstation.cache, await readReviewTable(client, signal));
      return report;
    } finally {
      await closeSource(client);
    }
  };
}
