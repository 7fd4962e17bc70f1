// One refresh: mirror events and queue, judge what is complete, and say what came of it.
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { closeSource, connectSource, type SourceClient } from '../source/client.ts';
import { measureClockOffset, serverClock, type ServerClock } from '../source/clock.ts';
import { eventQueryText } from '../source/events.ts';
import { inAccount, readReviewTable } from '../source/reviews.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readPrivilegedEvents } from '../store/cache/events.ts';
import { countFindings } from '../store/cache/findings.ts';
import { claimMirror, mirrorGuard, readSourceState } from '../store/cache/mirror.ts';
import { insertRun, type Provenance } from '../store/cache/runs.ts';
import { mirrorQueue, readServerReviews } from '../store/cache/server-reviews.ts';
import { z3Detector } from './detectors/z3-detector.ts';
import { evaluatePending } from './evaluate.ts';
import { pullEvents, type Pulled, type PullPorts } from './pull.ts';
import { databaseIdentity, mirrorIdentity } from './source-identity.ts';

export type RefreshRequest = {
  readonly profile: ConnectionProfile;
  readonly password: string;
  /** Evaluate as if this were now; null takes the server's clock. */
  readonly asOfMicroseconds: number | null;
  /** What is reviewed where the source keeps no queue of its own. */
  readonly privilegedActions: readonly string[];
};

export type RefreshPorts = PullPorts & {
  readonly nowMicroseconds: () => number;
  readonly monotonicMs: () => number;
};

/** Runs a refresh against an open cache. Resumable: every batch leaves the mirror consistent. */
export async function refresh(
  database: DatabaseHandle,
  request: RefreshRequest,
  ports: RefreshPorts,
): Promise<RefreshReport> {
  const startedMs = ports.monotonicMs();
  ports.onProgress('Connecting', 0, null, '');
  const client = await connectSource(request.profile, request.password, {
    purpose: 'read',
    statementTimeoutMs: 300_000,
    connectTimeoutMs: 15_000,
    signal: ports.signal,
  });
  try {
    const { pulled, clock, clockOffsetMs } = await mirrorSource(client, database, request, ports);
    const asOf = request.asOfMicroseconds ?? clock.nowMicroseconds;
    const evaluation = await evaluatePending(database, {
      detectors: [z3Detector],
      privilegedActions: new Set(request.privilegedActions),
      holidays: new Set(),
      asOfMicroseconds: asOf,
      zone: request.profile.zone,
      onProgress: (done, total) => ports.onProgress('Judging', done, total, 'detectors'),
      breathe: () => breathe(ports.signal),
    });
    const report: RefreshReport = {
      pulled: pulled.received,
      duplicates: pulled.duplicates,
      vanished: pulled.vanished,
      ...evaluation,
      ...countMirror(database, request),
      asOf: formatInstant(asOf),
      ms: Math.round(ports.monotonicMs() - startedMs),
    };
    const provenance = describeReading(request, pulled, clock, clockOffsetMs);
    const replay = request.asOfMicroseconds !== null;
    insertRun(database, { finishedMicroseconds: ports.nowMicroseconds(), replay, report, provenance }, asOf);
    return report;
  } finally {
    await closeSource(client);
  }
}

/** Brings events and queue here, out of one snapshot, so that they and their counts agree with each other. */
async function mirrorSource(
  client: SourceClient,
  database: DatabaseHandle,
  request: RefreshRequest,
  ports: RefreshPorts,
) {
  const { profile } = request;
  const mapping = requireMapping(profile);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const clock = await serverClock(client);
  const identity = databaseIdentity(profile, clock.systemIdentifier);
  claimMirror(database, mirrorIdentity(identity, mapping, profile.sourceAccount));
  const assertSameSource = mirrorGuard(database);
  const clockOffsetMs = await measureClockOffset(client, () => ports.nowMicroseconds() / 1000);
  const scope = {
    mapping,
    sourceAccount: profile.sourceAccount,
    untilMicroseconds: request.asOfMicroseconds,
    serverNowMicroseconds: clock.nowMicroseconds,
    keptActions: new Set(request.privilegedActions),
  };
  const pulled = await pullEvents(client, database, scope, ports);
  ports.onProgress('Reading the review queue', 0, null, '');
  const queue = inAccount(await readReviewTable(client, ports.signal), profile);
  mirrorQueue(database, queue, assertSameSource);
  await client.query('COMMIT');
  return { pulled, clock, clockOffsetMs };
}

function requireMapping({ mapping }: ConnectionProfile): Mapping {
  if (mapping) return mapping;
  throw new Problem('not-connected', 'No audit database is connected yet.', {
    next: 'Connect to one first.',
  });
}

function countMirror(
  database: DatabaseHandle,
  { asOfMicroseconds, privilegedActions }: RefreshRequest,
): Pick<RefreshReport, 'events' | 'unattributed' | 'findings' | 'reviews'> {
  const { events, unattributed } = readTotals(database, asOfMicroseconds);
  return {
    events,
    unattributed,
    findings: countFindings(database, asOfMicroseconds),
    reviews: readSourceState(database)?.hasReviewTable
      ? readServerReviews(database).length
      : readPrivilegedEvents(database, privilegedActions, asOfMicroseconds).length,
  };
}

function describeReading(
  { profile, asOfMicroseconds }: RefreshRequest,
  pulled: Pulled,
  clock: ServerClock,
  clockOffsetMs: number,
): Provenance {
  const scope = { sourceAccount: profile.sourceAccount, untilMicroseconds: asOfMicroseconds };
  return {
    ...eventQueryText(requireMapping(profile), scope),
    server: clock.version,
    database: clock.database,
    role: clock.role,
    serverTime: formatInstant(clock.nowMicroseconds),
    snapshot: clock.snapshot,
    countsByDay: pulled.countsByDay,
    serverCount: pulled.serverCount,
    clockOffsetMs,
  };
}

/** Lets messages (a cancel among them) in between two batches of synchronous work. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  signal.throwIfAborted();
}
