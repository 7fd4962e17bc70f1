// Judges the hours of one actor: the total over all actions, and every single action that was repeated.
import { emptyFit, fitCells, type CellFit } from './fit.ts';
import type { DayBaseline } from './baseline.ts';
import { isLargeEnough, judgeCount, type Test } from './judge.ts';
import { forSingleActions, type NbParameters } from './parameters.ts';
import type { Past } from './past.ts';
import { cellCount, type Clock } from './window.ts';

/** One action in one hour. */
export interface BusyHour {
  readonly series: number;
  readonly hour: number;
  readonly count: number;
}

/** Over all actions of the actor. */
export interface WholeTest {
  readonly clock: Clock;
  readonly test: Test;
}

export interface SingleTest {
  readonly clock: Clock;
  readonly series: number;
  readonly test: Test;
}

export interface JudgedHour {
  readonly actor: number;
  /** Hours since the epoch. */
  readonly hour: number;
  /** Null when the total is not large enough to be listed. */
  readonly whole: WholeTest | null;
  /** The most surprising of the single actions that reach the threshold; null when none does. */
  readonly single: SingleTest | null;
}

/** Judges the hours at places [low, high) of the actor's counts that it can, with its busy single actions in them. */
export type JudgeActor = (
  actor: number,
  low: number,
  high: number,
  busy: readonly BusyHour[],
) => JudgedHour[];

export function judgeActor(past: Past, baseline: DayBaseline, parameters: NbParameters): JudgeActor {
  const { hours, counts } = past.actorCounts;
  const { clock, cellAt } = baseline;
  const judgeSingle = singleJudge(past, baseline, parameters);
  return (actor, low, high, busy) => {
    if (!baseline.isMember(actor) || !reaches(counts, low, high, parameters.minimumCount)) return [];
    const isLearning = baseline.learningIn(actor);
    const { profile, medianDispersion } = baseline.peersOf(actor);
    const fit = baseline.fits.settled(actor, profile);
    const singles = busy.length > 0 ? judgeSingle(busy, rhythmOf(fit)) : noSingles;
    const found: JudgedHour[] = [];
    for (let at = low; at < high; at += 1) {
      const hour = hours[at]!;
      const cell = cellAt(hour);
      if (isLearning(hour)) continue;
      const test = isLargeEnough(counts[at]!, fit.lambda[cell]!, parameters)
        ? judgeCount(fit, cell, counts[at]!, medianDispersion, 1, parameters)
        : null;
      const single = singles.get(hour) ?? null;
      if (test !== null || single !== null)
        found.push({ actor, hour, whole: test && { clock, test }, single });
    }
    return found;
  };
}

function reaches(counts: Uint32Array, low: number, high: number, minimumCount: number): boolean {
  for (let at = low; at < high; at += 1) if (counts[at]! >= minimumCount) return true;
  return false;
}

/** How busy each cell is in relation to the actor's mean hour: the prior of its single actions. */
export function rhythmOf({ lambda, level }: CellFit): Float64Array {
  const rhythm = new Float64Array(cellCount);
  for (let cell = 0; cell < cellCount; cell += 1) rhythm[cell] = lambda[cell]! / level;
  return rhythm;
}

const noSingles: ReadonlyMap<number, SingleTest> = new Map();

type JudgeSingle = (busy: readonly BusyHour[], rhythm: Float64Array) => Map<number, SingleTest>;

/** The most surprising single action by hour. */
function singleJudge(past: Past, baseline: DayBaseline, parameters: NbParameters): JudgeSingle {
  const own = forSingleActions(parameters);
  const fit = emptyFit();
  return (busy, rhythm) => {
    const found = new Map<number, SingleTest>();
    for (const { series, hour, count } of busy) {
      const looks = baseline.looksFor(series);
      // The only action an actor has is its total, which is judged already.
      if (looks === 1) continue;
      const cell = baseline.cellAt(hour);
      const hourly = baseline.seriesBaselineOf(series);
      fitCells(fit, hourly, baseline.window, rhythm, own);
      if (!isLargeEnough(count, fit.lambda[cell]!, own)) continue;
      const test = judgeCount(fit, cell, count, null, looks, own);
      if (test.surprise < own.threshold) continue;
      const single = { clock: baseline.clock, series, test };
      const before = found.get(hour);
      if (before === undefined || isAhead(past, single, before)) found.set(hour, single);
    }
    return found;
  };
}

/** Equal surprises are told apart by the action's name, never by numbers that only say which came first. */
function isAhead({ history }: Past, a: SingleTest, b: SingleTest): boolean {
  if (a.test.surprise !== b.test.surprise) return a.test.surprise > b.test.surprise;
  return nameOf(history, a.series) < nameOf(history, b.series);
}

function nameOf({ actions, series }: Past['history'], number: number): string {
  return actions.valueOf(series[number]!.action);
}
