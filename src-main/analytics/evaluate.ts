// Judges what received events since it was judged last, and freezes what stands out as findings.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import { readPendingDays, readPendingHours, settleDay } from '../store/cache/pending.ts';
import { mirroredHistory, type MirroredHistory } from '../store/cache/resident.ts';
import type { Detector, Hit, Scope } from './detector.ts';
import type { History } from './history/history.ts';
import { z3Method } from './detectors/z3.ts';
import { judgeBy, type Judgement } from './judgement.ts';
import { recordHits } from './record.ts';

export type EvaluationReport = {
  evaluated: number;
  learning: number;
  newFindings: number;
  changedFindings: number;
};

export type EvaluationOptions = {
  readonly detectors: readonly Detector[];
  readonly asOfMicroseconds: number;
  readonly zone: string;
  readonly privilegedActions: ReadonlySet<string>;
  readonly holidays: ReadonlySet<string>;
  readonly onProgress: (done: number, total: number) => void;
  /** Whether cited events are kept one by one as well, because the mirror may lose them or lacks some of their fields. */
  readonly keepsCited: boolean;
  /** Finds the events of hits where they were only counted; absent where the mirror holds them. */
  readonly cite?: (history: History, hits: readonly Hit[]) => Promise<readonly Hit[]>;
  /** Has other threads judge where that many events are pending; with fewer this one is done sooner than they have begun. */
  readonly threads?: { readonly fromEvents: number; readonly judge: JudgeElsewhere };
  /** Awaited between detectors and batches; throws to cancel. What was recorded before stays. */
  readonly breathe: () => Promise<void>;
};

/**
 * Runs every detector over the pending days, as far as their hours ended by the as-of. Days are settled at the very end: a
 * kill repeats work, and since a detector gives the same answer twice, repeats no finding.
 */
export async function evaluatePending(
  database: DatabaseHandle,
  options: EvaluationOptions,
): Promise<EvaluationReport> {
  const report: EvaluationReport = { evaluated: 0, learning: 0, newFindings: 0, changedFindings: 0 };
  const assertSameSource = mirrorGuard(database);
  const history = mirroredHistory(database, true);
  const scope = pendingScope(database, history, options);
  // Only silence can be new where nothing arrived.
  const places = [...options.detectors.keys()].filter((place) => {
    const detector = options.detectors[place]!;
    return isEvaluable(detector, history) && (scope.days.length > 0 || detector.id === 'gap');
  });
  let done = 0;
  options.onProgress(done, places.length);
  const record = async (place: number, { hits, evaluated, learning }: Judgement) => {
    assertSameSource();
    report.evaluated += evaluated;
    report.learning += learning;
    const cited = await citedHits(history, hits, options.cite);
    const recorded = await recordHits(
      database,
      { detector: options.detectors[place]!, hits: cited, history, scope, keepsCited: options.keepsCited },
      options.breathe,
    );
    report.newFindings += recorded.added;
    report.changedFindings += recorded.changed;
    options.onProgress((done += 1), places.length);
  };
  const judgeHere = async (some: readonly number[]) => {
    for (const place of some) {
      await options.breathe();
      assertSameSource();
      await record(place, judgeBy(options.detectors[place]!, history, scope));
    }
  };
  const { threads } = options;
  if (threads && !history.onlyCounts && pendingEvents(history, scope) >= threads.fromEvents) {
    // It finds far more than all others; judged here, that need not be taken from thread to thread.
    const isHere = (place: number) => options.detectors[place]!.id === z3Method.id;
    const elsewhere = places.filter((place) => !isHere(place));
    await threads.judge(history, scope, elsewhere, record, () => judgeHere(places.filter(isHere)));
  } else await judgeHere(places);
  settle(database, history, scope, assertSameSource);
  return report;
}

export type JudgeElsewhere = (
  history: MirroredHistory,
  scope: Scope,
  places: readonly number[],
  onJudged: (place: number, judgement: Judgement) => Promise<void>,
  meanwhile: () => Promise<void>,
) => Promise<void>;

function pendingEvents({ activity }: History, { days }: Scope): number {
  const pending = new Set(days);
  let events = 0;
  for (const { day, counts } of activity)
    if (pending.has(day)) events = counts.reduce((sum, count) => sum + count, events);
  return events;
}

/** What a detector lacks where only counts are kept: the end of “not evaluable: needs …”. */
export const theEvents = 'the events themselves';

/** A detector that lacks an input says nothing, which is not the same as finding nothing. */
export function isEvaluable({ needs, needsEvents = needs.length > 0 }: Detector, history: History): boolean {
  if (history.onlyCounts && needsEvents) return false;
  return needs.every((field) => history.fields.has(field));
}

async function citedHits(
  history: History,
  hits: readonly Hit[],
  cite: EvaluationOptions['cite'],
): Promise<readonly Hit[]> {
  if (!history.onlyCounts) return hits;
  return cite ? cite(history, hits) : hits.map((hit) => ({ ...hit, events: [] }));
}

function pendingScope(database: DatabaseHandle, history: History, options: EvaluationOptions): Scope {
  const beforeHour = Math.floor(options.asOfMicroseconds / microsecondsPerHour);
  const days = readPendingDays(database, beforeHour);
  return {
    days,
    // An hour that is not over is not looked at by anybody.
    untilMicroseconds: beforeHour * microsecondsPerHour,
    touched: touchedHours(database, history, days),
    zone: options.zone,
    privilegedActions: options.privilegedActions,
    holidays: options.holidays,
  };
}

/** Null while every pending day is pending as a whole, as after a first pull. */
function touchedHours(database: DatabaseHandle, history: History, days: readonly number[]): Scope['touched'] {
  const pending = days.map((day) => ({ day, hours: readPendingHours(database, day) }));
  if (pending.every(({ hours }) => hours === null)) return null;
  const touched = new Map<number, number[]>();
  const add = (series: number, hours: readonly number[]) => {
    const known = touched.get(series);
    if (known) known.push(...hours);
    else touched.set(series, [...hours]);
  };
  const activity = new Map(history.activity.map((cells) => [cells.day, cells]));
  for (const { day, hours } of pending) {
    if (hours === null) {
      const cells = activity.get(day);
      for (const [series, found] of cells ? hoursOfCells(cells) : []) add(series, found);
    } else for (const [series, found] of hours) add(series, found);
  }
  return touched;
}

function hoursOfCells({ day, series, slots }: History['activity'][number]): Map<number, number[]> {
  const hours = new Map<number, number[]>();
  for (let cell = 0; cell < series.length; cell += 1) {
    const hour = day * 24 + (slots[cell]! >> 2);
    const known = hours.get(series[cell]!);
    if (!known) hours.set(series[cell]!, [hour]);
    else if (known.at(-1) !== hour) known.push(hour);
  }
  return hours;
}

function settle(
  database: DatabaseHandle,
  history: History,
  scope: Scope,
  assertSameSource: () => void,
): void {
  const beforeHour = scope.untilMicroseconds / microsecondsPerHour;
  const judged = new Set(scope.days);
  database
    .transaction(() => {
      assertSameSource();
      for (const cells of history.activity) if (judged.has(cells.day)) settleDay(database, cells, beforeHour);
    })
    .immediate();
}
