// One refresh: mirror events and queue, judge what is complete, and say what came of it.
import type { RefreshReport } from '#shared/model/workspace.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { ServerClock } from '../source/clock.ts';
import { eventQueryText } from '../source/events.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readPrivilegedEvents } from '../store/cache/events.ts';
import { countFindings } from '../store/cache/findings.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { insertRun, type Provenance } from '../store/cache/runs.ts';
import { newestPull, readServerReviews } from '../store/cache/server-reviews.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { hideFrom } from '../store/erasure/erased-people.ts';
import { markChangedSettings, settingsDigest } from './changed-settings.ts';
import { addUp, judgeMirror } from './judge-mirror.ts';
import { keepWhole, mirrorSource } from './mirror-source.ts';
import type { Pulled } from './pull-scope.ts';
import { readUntil, type RefreshPorts, type RefreshRequest } from './refresh-request.ts';
import { watchStages } from './refresh-stages.ts';
import { openSource, requireMapping } from './source-sessions.ts';

/** Runs a refresh against an open cache. Resumable: every batch leaves the mirror consistent. */
export async function refresh(
  database: DatabaseHandle,
  request: RefreshRequest,
  givenPorts: RefreshPorts,
): Promise<RefreshReport> {
  const { onProgress, stages } = watchStages(givenPorts.onProgress, givenPorts.monotonicMs);
  const ports = { ...givenPorts, onProgress };
  const startedMs = ports.monotonicMs();
  const lastPull = newestPull(database);
  if (request.erased) hideFrom(database, request.erased);
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
      const judged = await judgeMirror(source, database, request, asOf, ports);
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
      stages: stages(),
    };
    const provenance = describeReading(request, pulled, clock, clockOffsetMs);
    const replay = request.asOfMicroseconds !== null;
    insertRun(database, { finishedMicroseconds: ports.nowMicroseconds(), replay, report, provenance }, asOf);
    return report;
  } finally {
    await source.close();
  }
}

function isLarge(database: DatabaseHandle, ports: RefreshPorts): boolean {
  const watermark = readSourceState(database)?.watermarkMicroseconds ?? null;
  return watermark === null || ports.nowMicroseconds() - watermark > 7 * microsecondsPerDay;
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
