// One refresh: mirror events and queue, judge what is complete, and say what came of it.
import type { Worker } from 'node:worker_threads';
import type { ConnectionProfile } from '#shared/model/connection.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { SourceClient } from '../source/client.ts';
import type { EventPool } from '../source/columns/event-pool.ts';
import { measureClockOffset, serverClock, type ServerClock } from '../source/clock.ts';
import { eventQueryText } from '../source/events.ts';
import { readEventsOfSpans } from '../source/known-events.ts';
import type { OwnDecision } from '../source/own-decision.ts';
import { countQueueChanges } from '../source/review-changes.ts';
import { inAccount, readReviewTable } from '../source/reviews.ts';
import { schemaDifferences } from '../source/schema-differences.ts';
import { takeFingerprint } from '../source/schema-fingerprint.ts';
import type { SchemaFingerprint } from '../source/schema-shape.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readPrivilegedEvents } from '../store/cache/events.ts';
import { countFindings } from '../store/cache/findings.ts';
import { claimMirror, mirrorGuard, readSourceState } from '../store/cache/mirror.ts';
import { removeSegmentsBefore } from '../store/cache/retention.ts';
import { insertRun, type Provenance } from '../store/cache/runs.ts';
import { recordSchemaDrift } from '../store/cache/schema-drift.ts';
import { mirrorQueue, newestPull, readServerReviews } from '../store/cache/server-reviews.ts';
import { breathe } from './breathe.ts';
import { buildDetectors, type DetectorRequest } from './build-detectors.ts';
import { markChangedSettings, settingsDigest } from './changed-settings.ts';
import { citeHits, type CitePorts } from './cite-cells.ts';
import { evaluatePending, type EvaluationOptions, type EvaluationReport } from './evaluate.ts';
import {
  completeKeptEvents,
  expectActions,
  fetchReviewedEvents,
  isMinimised,
  keepActions,
  keepReviewedEvents,
} from './keep.ts';
import { pullAnomalies } from './pull-anomalies.ts';
import { lastOfWholeSlots, pullCells } from './pull-cells.ts';
import { pullEvents } from './pull.ts';
import type { Pulled, PullPorts } from './pull-scope.ts';
import { databaseIdentity, mirrorIdentity } from './source-identity.ts';
import { openSource, requireMapping, type OpenSource, type SessionPorts } from './source-sessions.ts';
import { judgeInThreads } from './threads/judge-threads.ts';
import type { ThreadRole } from './threads/roles.ts';

export type RefreshRequest = {
  readonly profile: ConnectionProfile;
  readonly password: string;
  /** Evaluate as if this were now; null takes the server's clock. */
  readonly asOfMicroseconds: number | null;
  /** What is reviewed where the source keeps no queue of its own. */
  readonly privilegedActions: readonly string[];
  readonly detection: DetectorRequest;
  /** Decisions that left this computer, by which its own are told from others' in the queue. */
  readonly ownDecisions?: readonly OwnDecision[];
  /** The tables as they were when the workspace was connected; absent when that was before fingerprints were taken. */
  readonly fingerprint?: SchemaFingerprint;
};

export type RefreshPorts = PullPorts &
  SessionPorts & {
    readonly nowMicroseconds: () => number;
  };

/** Runs a refresh against an open cache. Resumable: every batch leaves the mirror consistent. */
export async function refresh(
  database: DatabaseHandle,
  request: RefreshRequest,
  ports: RefreshPorts,
): Promise<RefreshReport> {
  const startedMs = ports.monotonicMs();
  const lastPull = newestPull(database);
  ports.onProgress('Connecting', 0, null, '');
  const source = await openSource(request, isLarge(database, ports), ports);
  try {
    const { compare, clock, clockOffsetMs, queue } = await mirrorSource(
      source,
      database,
      request,
      lastPull,
      ports,
    );
    const asOf = request.asOfMicroseconds ?? clock.nowMicroseconds;
    markChangedSettings(database, request.detection, asOf);
    const judgeAndKeep = async () => {
      const judged = await judge(source, database, request, asOf, ports);
      await keepWhole(source.pool, database, request, clock, ports);
      return judged;
    };
    const first = await judgeAndKeep();
    ports.onProgress('Comparing counts', 0, null, '');
    const pulled = await compare();
    const evaluation = pulled.late === 0 ? first : addUp(first, await judgeAndKeep());
    const report: RefreshReport = {
      pulled: pulled.received,
      duplicates: pulled.duplicates,
      vanished: pulled.vanished,
      ...evaluation,
      ...countMirror(database, request),
      ...(queue && { queue }),
      asOf: formatInstant(asOf),
      ms: Math.round(ports.monotonicMs() - startedMs),
    };
    const provenance = describeReading(request, pulled, clock, clockOffsetMs);
    const replay = request.asOfMicroseconds !== null;
    insertRun(database, { finishedMicroseconds: ports.nowMicroseconds(), replay, report, provenance }, asOf);
    return report;
  } finally {
    await source.close();
  }
}

async function judge(
  source: OpenSource,
  database: DatabaseHandle,
  request: RefreshRequest,
  asOfMicroseconds: number,
  ports: RefreshPorts,
): Promise<EvaluationReport> {
  const { detectors } = buildDetectors(request.detection);
  const { startThread } = ports;
  return evaluatePending(database, {
    detectors,
    ...(startThread && { threads: judgingThreads(startThread, database, request) }),
    privilegedActions: new Set(request.privilegedActions),
    holidays: new Set(request.detection.settings.holidays),
    asOfMicroseconds,
    zone: request.profile.zone,
    onProgress: (done, total) => ports.onProgress('Judging', done, total, 'detectors'),
    breathe: () => breathe(ports.signal),
    keepsCited: isMinimised(request.profile),
    cite: (history, hits) => citeHits(database, history, hits, citingIn(source.pool.first, request, ports)),
  });
}

/** While this thread records, one other has time for all detectors; each further one would read the history once more. */
const judges = 1;

function judgingThreads(
  startThread: (role: ThreadRole) => Worker,
  database: DatabaseHandle,
  { detection }: RefreshRequest,
): NonNullable<EvaluationOptions['threads']> {
  return {
    fromEvents: 500_000,
    judge: async (history, scope, places, onJudged, meanwhile) => {
      const order = { cachePath: database.name, detection, scope };
      // The list ends with what takes longest; begun first, nobody waits for it alone.
      const longestFirst = places.toReversed();
      await judgeInThreads(
        () => startThread('judge'),
        judges,
        order,
        history,
        longestFirst,
        onJudged,
        meanwhile,
      );
    },
  };
}

function isLarge(database: DatabaseHandle, ports: RefreshPorts): boolean {
  const watermark = readSourceState(database)?.watermarkMicroseconds ?? null;
  return watermark === null || ports.nowMicroseconds() - watermark > 7 * microsecondsPerDay;
}

function addUp(first: EvaluationReport, next: EvaluationReport): EvaluationReport {
  return {
    evaluated: first.evaluated + next.evaluated,
    learning: first.learning + next.learning,
    newFindings: first.newFindings + next.newFindings,
    changedFindings: first.changedFindings + next.changedFindings,
  };
}

function citingIn(client: SourceClient, { profile }: RefreshRequest, ports: RefreshPorts): CitePorts {
  const mapping = requireMapping(profile);
  return {
    fetch: (spans, each) =>
      readEventsOfSpans(client, mapping, profile.sourceAccount, spans, each, ports.signal),
    onProgress: (done, total) => ports.onProgress('Fetching cited events', done, total, 'findings'),
    breathe: () => breathe(ports.signal),
  };
}

/** Up to when events are read; where they are only counted, quarter hours that had not ended by then are left out. */
function readUntil({ profile, asOfMicroseconds }: RefreshRequest): number | null {
  if (asOfMicroseconds === null || profile.mirror.rows) return asOfMicroseconds;
  return lastOfWholeSlots(asOfMicroseconds);
}

/** Completes what is kept whole, then removes what is older than the workspace keeps. */
async function keepWhole(
  pool: EventPool,
  database: DatabaseHandle,
  { profile, privilegedActions }: RefreshRequest,
  clock: ServerClock,
  { signal, onProgress }: RefreshPorts,
): Promise<void> {
  const mapping = requireMapping(profile);
  if (!profile.mirror.rows) {
    await fetchReviewedEvents(pool.first, database, mapping, profile.sourceAccount, signal);
    return;
  }
  keepActions(database, new Set(privilegedActions), profile.mirror.fields === null);
  keepReviewedEvents(database, profile.mirror.fields === null);
  await completeKeptEvents(pool, database, mapping, profile.sourceAccount, signal, (done, total) =>
    onProgress('Fetching cited events', done, total, 'events'),
  );
  const { days } = profile.mirror;
  if (days !== null) removeSegmentsBefore(database, clock.nowMicroseconds - days * microsecondsPerDay);
}

/** Brings events and queue here, out of one snapshot, so that they and their counts agree with each other. */
async function mirrorSource(
  source: OpenSource,
  database: DatabaseHandle,
  request: RefreshRequest,
  lastPull: number,
  ports: RefreshPorts,
) {
  const { profile } = request;
  const mapping = requireMapping(profile);
  const client = source.counter;
  const clock = await serverClock(client);
  const identity = databaseIdentity(profile, clock.systemIdentifier);
  claimMirror(database, mirrorIdentity(identity, mapping, profile));
  const assertSameSource = mirrorGuard(database);
  const clockOffsetMs = await measureClockOffset(client, () => ports.nowMicroseconds() / 1000);
  const isQueueLost = await noteDrift(client, database, request, ports);
  const scope = {
    mapping,
    sourceAccount: profile.sourceAccount,
    untilMicroseconds: readUntil(request),
    serverNowMicroseconds: clock.nowMicroseconds,
    modifications: source.modifications,
    storage: source.storage,
    keptActions: new Set(request.privilegedActions),
    fields: profile.mirror.fields,
    keptFrom:
      profile.mirror.days === null ? null : clock.nowMicroseconds - profile.mirror.days * microsecondsPerDay,
  };
  expectActions(database, scope.keptActions);
  const pull = profile.mirror.rows ? pullEvents : pullCells;
  const compare = await pull(source, database, scope, ports);
  ports.onProgress('Reading the review queue', 0, null, '');
  const reading = inAccount(await readReviewTable(source.pool.first, ports.signal), profile);
  // The queue a person connected is not given up for one derived from events because its table went away.
  const kept = isQueueLost && reading.rows === null ? { ...reading, cause: 'changed' as const } : reading;
  const pulled = mirrorQueue(database, kept, assertSameSource, lastPull);
  const queue = pulled && countQueueChanges(pulled.changes, request.ownDecisions ?? []);
  ports.onProgress('Reading the source’s anomalies', 0, null, '');
  await pullAnomalies(source.pool.first, database, profile, {
    nowMicroseconds: ports.nowMicroseconds(),
    assertSameSource,
    signal: ports.signal,
  });
  return { compare, clock, clockOffsetMs, queue };
}

/**
 * Notes how the source differs from what it was when the workspace was connected to it; nothing is sent until that is confirmed.
 * Answers whether the queue of the source is among what is gone.
 */
async function noteDrift(
  client: SourceClient,
  database: DatabaseHandle,
  { profile, fingerprint: expected }: RefreshRequest,
  { nowMicroseconds, signal }: RefreshPorts,
): Promise<boolean> {
  if (!expected) return false;
  const found = await takeFingerprint(client, requireMapping(profile), signal);
  const differences = schemaDifferences(expected, found);
  if (differences.length > 0)
    recordSchemaDrift(database, {
      expected: expected.sha256,
      sinceMicroseconds: nowMicroseconds(),
      differences,
    });
  return expected.tables.reviews !== null && found.tables.reviews === null;
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
  request: RefreshRequest,
  pulled: Pulled,
  clock: ServerClock,
  clockOffsetMs: number,
): Provenance {
  const { profile, detection } = request;
  const scope = { sourceAccount: profile.sourceAccount, untilMicroseconds: readUntil(request) };
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
    fullCount: pulled.fullCount,
    readBy: pulled.readBy,
    settingsDigest: settingsDigest(detection),
  };
}
