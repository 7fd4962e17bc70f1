// Sending decisions as background work, what the next sending would do, and the clocks it depends on.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionProfile } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { SyncPreview, SyncRequest } from '#shared/model/sync.ts';
import type { SyncItem, SyncReport } from '#shared/model/workspace.ts';
import { pullAnomalies } from '../analytics/pull-anomalies.ts';
import { databaseIdentity } from '../analytics/source-identity.ts';
import { readQueue } from '../review/queue.ts';
import { unfitWaiting } from '../review/reviewer-column.ts';
import { closeSource, connectSource, type SourceClient } from '../source/client.ts';
import { measureClockOffset, serverClock } from '../source/clock.ts';
import { requireDecidableTable } from '../source/require-decidable-table.ts';
import { cancelledProblem } from '../source/problems.ts';
import { inAccount, readReviewTable } from '../source/reviews.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import { readLastRun } from '../store/cache/runs.ts';
import { mirrorQueue, queueReadAt } from '../store/cache/server-reviews.ts';
import { previewAnomalies, syncAnomalies } from '../sync/anomalies.ts';
import { openAnomalyIntents } from '../sync/anomaly-outbox.ts';
import { nothingSettled, type AnomalySettled } from '../sync/anomaly-dispositions.ts';
import { acknowledgeClock, assertClockFit, clocksApart, clockStandingOf } from '../sync/clock-hold.ts';
import { previewSync } from '../sync/dry-run.ts';
import { openIntents } from '../sync/outbox.ts';
import { pushDecisions } from '../sync/push.ts';
import { retryWhileAway } from '../sync/retry.ts';
import { assertSameDatabase } from '../sync/same-database.ts';
import { stalePullWarning } from '../sync/stale-pull.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';
import { isMirrorOfConnection } from './refresh.ts';
import { readOnlyOf, requireUnchangedSchema } from './schema-guard.ts';
import { rememberedSource } from './source.ts';
import { nowMicroseconds } from './workspace.ts';

const usualWaitMinutes = 2;

export function syncProcedures(workstation: Workstation) {
  const { ledger } = workstation;
  const clock = () => ({
    ...clockStandingOf(ledger.state(), ledger.clockOffset()),
    jump: ledger.state().clockJump,
  });
  return {
    start: procedures.sync.start.handler(({ input }) => ({
      jobId: workstation.jobs.start('sync', syncWork(workstation, input ?? {})),
    })),
    dryRun: procedures.sync.dryRun.handler(() => dryRun(workstation)),
    clock: procedures.sync.clock.handler(clock),
    acknowledgeClock: procedures.sync.acknowledgeClock.handler(({ input }) => {
      if (clock().offsetMs !== input.offsetMs)
        throw new Problem('conflict', 'The clocks were compared again meanwhile. Nothing was recorded.', {
          next: 'Look at the difference again, then acknowledge it.',
        });
      acknowledgeClock(ledger, input.offsetMs, input.reason);
      return clock();
    }),
  };
}

/** What the next sync would do, as far as this computer knows without asking the database. */
export function dryRun(workstation: Workstation): SyncPreview {
  const { ledger, cache } = workstation;
  const state = ledger.state();
  const { standing, offsetMs } = clockStandingOf(state, ledger.clockOffset());
  const held = [
    ...(state.connection ? [] : ['This workspace is not connected to an audit database.']),
    ...(standing === 'held' && offsetMs !== null ? [clocksApart(offsetMs)] : []),
    ...(readOnlyOf(cache, state)?.differences ?? []),
    ...unfitWaiting(
      state,
      'reviews',
      openIntents(state).map(({ reviewer }) => reviewer),
    ),
    ...unfitWaiting(
      state,
      'anomalies',
      openAnomalyIntents(state).map(({ reviewer }) => reviewer),
    ),
  ];
  const now = nowMicroseconds(workstation);
  const queue = readQueue(cache, state, now);
  const preview = previewSync(state, queue, lastPull(workstation), held, now);
  return { ...preview, ...previewAnomalies(cache, state) };
}

/** When the queue was last read, in microseconds since the epoch; a connection without one knows its last refresh. */
function lastPull({ cache }: Workstation): number | null {
  return queueReadAt(cache) ?? readLastRun(cache)?.finishedMicroseconds ?? null;
}

/** Sends open decisions, then looks at the queue again; tries again for a while when the database does not answer. */
export function syncWork(workstation: Workstation, request: SyncRequest = {}) {
  return async ({ signal, progress }: JobContext): Promise<SyncReport> => {
    const settled = new Map<string, SyncItem>();
    const context: SyncContext = {
      signal,
      progress,
      settled,
      settledAnomalies: nothingSettled(),
      warnings: new Set(),
      acknowledgement: request.acknowledgeClock === true ? (request.acknowledgeReason ?? null) : null,
    };
    return retryWhileAway(() => syncOnce(workstation, context), {
      waitMs: (request.waitMinutes ?? usualWaitMinutes) * 60_000,
      random: Math.random,
      monotonicMs: workstation.clock.monotonicMs,
      pause: (delayMs) => pauseUnlessCancelled(delayMs, signal),
      signal,
      onPause: (delayMs) => progress(waitingStep(delayMs), settled.size, null, 'decisions'),
    });
  };
}

interface SyncContext extends JobContext {
  /** By decision, over all attempts. */
  readonly settled: Map<string, SyncItem>;
  readonly settledAnomalies: AnomalySettled;
  readonly warnings: Set<string>;
  /** Why the clocks may be apart; null where nobody acknowledges that they are. */
  readonly acknowledgement: string | null;
}

/** @throws Problem `cancelled`: being stopped while nothing is tried is no failure, either. */
async function pauseUnlessCancelled(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(delayMs, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? cancelledProblem(error) : error;
  }
}

function waitingStep(delayMs: number): string {
  const seconds = Math.max(1, Math.round(delayMs / 1000));
  return `The audit database does not answer; trying again in ${seconds} second${seconds === 1 ? '' : 's'}`;
}

async function syncOnce(workstation: Workstation, context: SyncContext): Promise<SyncReport> {
  const { signal, progress, settled } = context;
  const { ledger, cache } = workstation;
  const { profile, password } = await rememberedSource(workstation);
  progress('Connecting', settled.size, null, '');
  const client = await connectSource(profile, password, {
    purpose: 'write',
    statementTimeoutMs: 60_000,
    connectTimeoutMs: 10_000,
    signal,
  });
  try {
    const { systemIdentifier } = await serverClock(client);
    assertSameDatabase(ledger.state(), databaseIdentity(profile, systemIdentifier));
    const open = openIntents(ledger.state());
    // Asked for beside the schema, which takes no longer; what is wrong with either is told in this order.
    const found = open.length === 0 ? null : requireDecidableTable(client);
    found?.catch(() => undefined);
    await requireUnchangedSchema(workstation, client);
    await compareClocks(workstation, client, context);
    const warning = stalePullWarning(open, lastPull(workstation), nowMicroseconds(workstation));
    if (warning !== null) context.warnings.add(warning);
    const report = await pushDecisions(ledger, client, {
      onProgress: (done, total) => progress('Sending decisions', done, total, 'decisions'),
      signal,
      settled,
      reviewTable: (await found) ?? undefined,
    });
    const anomalies = await syncAnomalies({
      ledger,
      cache,
      client,
      onProgress: (step, done, total) => progress(step, done, total, 'anomalies'),
      signal,
      settled: context.settledAnomalies,
    });
    progress('Reading the review queue', 0, null, '');
    await lookAgain(workstation, client, profile, signal);
    const warnings = [...context.warnings];
    return { ...report, anomalies, ...(warnings.length > 0 && { warnings }) };
  } finally {
    await closeSource(client);
  }
}

async function compareClocks(
  { ledger, clock }: Workstation,
  client: SourceClient,
  { acknowledgement }: Pick<SyncContext, 'acknowledgement'>,
): Promise<void> {
  const offsetMs = await measureClockOffset(client, clock.nowMs);
  ledger.setClockOffset(offsetMs);
  if (acknowledgement !== null) acknowledgeClock(ledger, offsetMs, acknowledgement);
  assertClockFit(ledger.state(), offsetMs);
}

/** What was sent is sent: when the queue cannot be read afterwards, the next refresh reads it. */
export async function lookAgain(
  workstation: Workstation,
  client: SourceClient,
  profile: ConnectionProfile,
  signal?: AbortSignal,
): Promise<void> {
  try {
    if (!isMirrorOfConnection(workstation.cache, workstation.ledger.state())) return;
    const assertSameSource = mirrorGuard(workstation.cache);
    mirrorQueue(
      workstation.cache,
      inAccount(await readReviewTable(client, signal), profile),
      assertSameSource,
    );
    await pullAnomalies(client, workstation.cache, profile, {
      nowMicroseconds: workstation.clock.nowMs() * 1000,
      assertSameSource,
    });
  } catch (error) {
    workstation.log('The review queue could not be read after sending.', error);
  }
}
