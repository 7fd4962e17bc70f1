// Refresh as background work.
import type { RefreshReport } from '#shared/model/workspace.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { runRefresh } from '../analytics/engine.ts';
import { mirrorIdentity } from '../analytics/source-identity.ts';
import { erasedPeople } from '../review/privacy/erase-person.ts';
import { adoptRows } from '../review/missing-reviews.ts';
import type { LedgerState } from '../review/projection.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readLastRun } from '../store/cache/runs.ts';
import { readServerReviews } from '../store/cache/server-reviews.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';
import { workspaceDetectors } from './detector-request.ts';
import { sourceKnowledge } from './schema-guard.ts';
import { rememberedSource } from './source.ts';

export function refreshProcedures(workstation: Workstation) {
  return {
    start: procedures.refresh.start.handler(({ input }) => {
      const asOf = input.asOf === undefined ? null : parseInstant(input.asOf);
      return { jobId: workstation.jobs.start('refresh', refreshWork(workstation, asOf)) };
    }),
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
    const request = {
      profile,
      password,
      asOfMicroseconds,
      privilegedActions,
      detection,
      ...sourceKnowledge(workstation.ledger.state()),
      ...(await erasedPeople(workstation)),
    };
    const order = { cachePath, request };
    const report = await runRefresh(workstation.engineWorkerUrl, order, progress, signal);
    const run = readLastRun(workstation.cache);
    if (run) workstation.ledger.setClockOffset(run.provenance.clockOffsetMs);
    adoptRows(workstation.ledger, readServerReviews(workstation.cache));
    return report;
  };
}

/** False while the mirror is still empty, or of a source the workspace was connected to before. */
export function isMirrorOfConnection(cache: DatabaseHandle, { connection }: LedgerState): boolean {
  if (!connection?.mapping || connection.identity === null) return false;
  const expected = mirrorIdentity(connection.identity, connection.mapping, connection);
  return readSourceState(cache)?.identity === expected;
}
