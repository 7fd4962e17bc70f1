// Judges every hour that is complete and not judged yet, and freezes what stands out as findings.
import { createHash } from 'node:crypto';
import { severityOfScore } from '#shared/model/severity.ts';
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readSeriesEventIds } from '../store/cache/events.ts';
import { insertFindingVersion, readFindingVersions, type FindingRecord } from '../store/cache/findings.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import {
  clearPendingHours,
  readHourlyCounts,
  readPendingSeries,
  type PendingSeries,
} from '../store/cache/series.ts';
import {
  highestInBaseline,
  judgeHours,
  reachHours,
  z3Method,
  type HourlySeries,
  type Judgement,
} from './detectors/z3.ts';
import { explainZ3 } from './explain.ts';

export type EvaluationReport = {
  evaluated: number;
  learning: number;
  newFindings: number;
  changedFindings: number;
};

export type EvaluationOptions = {
  readonly asOfMicroseconds: number;
  readonly zone: string;
  readonly onProgress: (done: number, total: number) => void;
  /** Awaited between batches; throws to cancel. What was judged before stays judged. */
  readonly breathe: () => Promise<void>;
};

type JudgedSeries = PendingSeries & { readonly hourly: HourlySeries };

const seriesPerTransaction = 50;

/** Evaluates all pending hours that ended by `asOf`. Each batch of series is one transaction: a kill repeats nothing and loses nothing. */
export async function evaluatePending(
  database: DatabaseHandle,
  options: EvaluationOptions,
): Promise<EvaluationReport> {
  const beforeHour = Math.floor(options.asOfMicroseconds / microsecondsPerHour);
  const assertSameSource = mirrorGuard(database);
  const pending = readPendingSeries(database, beforeHour);
  const report: EvaluationReport = { evaluated: 0, learning: 0, newFindings: 0, changedFindings: 0 };
  for (let start = 0; start < pending.length; start += seriesPerTransaction) {
    options.onProgress(start, pending.length);
    await options.breathe();
    const batch = pending.slice(start, start + seriesPerTransaction);
    database
      .transaction(() => {
        assertSameSource();
        for (const series of batch) evaluateSeries(database, series, beforeHour, options, report);
      })
      .immediate();
  }
  options.onProgress(pending.length, pending.length);
  return report;
}

function evaluateSeries(
  database: DatabaseHandle,
  series: PendingSeries,
  beforeHour: number,
  options: EvaluationOptions,
  report: EvaluationReport,
): void {
  const firstHour = Math.floor(series.actorFirstMicroseconds / microsecondsPerHour);
  const fromHour = series.hours[0]! - reachHours;
  const hourly = { ...readHourlyCounts(database, series.seriesId, beforeHour, fromHour), firstHour };
  for (const judgement of judgeHours(hourly, series.hours)) {
    report.evaluated += 1;
    if (judgement.state === 'learning') report.learning += 1;
    const change = record(database, { ...series, hourly }, judgement, options);
    if (change === 'new') report.newFindings += 1;
    if (change === 'changed') report.changedFindings += 1;
  }
  clearPendingHours(database, series.seriesId, series.hours);
}

function record(
  database: DatabaseHandle,
  series: JudgedSeries,
  judgement: Judgement,
  options: EvaluationOptions,
): 'new' | 'changed' | 'none' {
  const id = findingId(series, judgement.hour);
  const latest = readFindingVersions(database, id).at(-1);
  const flagged = judgement.state === 'flagged';
  if (!latest && !flagged) return 'none';
  const next = describe(database, series, judgement, id, (latest?.version ?? 0) + 1, options);
  if (latest && sameResult(latest, next)) return 'none';
  insertFindingVersion(database, next);
  return latest ? 'changed' : 'new';
}

/** Stable across rebuilds of the cache, so that a disposition in the ledger finds its finding again. */
export function findingId(
  series: Pick<PendingSeries, 'sourceAccount' | 'actor' | 'action'>,
  hour: number,
): string {
  const key = canonicalJson([z3Method.id, series.sourceAccount, series.actor, series.action, hour]);
  return `${z3Method.id}-${createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 20)}`;
}

function describe(
  database: DatabaseHandle,
  series: JudgedSeries,
  judgement: Judgement,
  id: string,
  version: number,
  options: EvaluationOptions,
): Omit<FindingRecord, 'actorName'> {
  const startMicroseconds = judgement.hour * microsecondsPerHour;
  const highest = highestInBaseline(series.hourly, judgement);
  const at = (hour: number) => formatInstant(hour * microsecondsPerHour);
  return {
    id,
    version,
    flagged: judgement.state === 'flagged',
    detector: z3Method.id,
    sourceAccount: series.sourceAccount,
    actor: series.actor,
    action: series.action,
    startMicroseconds,
    count: judgement.count,
    score: judgement.z,
    threshold: z3Method.threshold,
    severity: severityOfScore(judgement.z),
    explanation: explainZ3(series.actorName ?? series.actor, series.action, judgement, highest, options.zone),
    evidence: {
      mean: judgement.mean,
      sd: judgement.sd,
      deviationUsed: judgement.deviationUsed,
      sdFloorUsed: judgement.deviationUsed > judgement.sd,
      n: judgement.n,
      activeHours: judgement.activeHours,
      highest,
      baselineStart: at(judgement.baselineStart),
      baselineEnd: at(judgement.baselineEnd),
      methodVersion: z3Method.version,
    },
    eventIds: readSeriesEventIds(
      database,
      series.seriesId,
      startMicroseconds,
      startMicroseconds + microsecondsPerHour,
    ),
    foundMicroseconds: options.asOfMicroseconds,
  };
}

function sameResult(
  before: Omit<FindingRecord, 'actorName'>,
  after: Omit<FindingRecord, 'actorName'>,
): boolean {
  return (
    before.count === after.count &&
    before.score === after.score &&
    canonicalJson(before.eventIds) === canonicalJson(after.eventIds)
  );
}
