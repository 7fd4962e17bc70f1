// Every number a judgement of nb was made of, by name.
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import type { DayBaseline } from './baseline.ts';
import { emptyFit, fitCells, type CellFit } from './fit.ts';
import { rhythmOf } from './hour.ts';
import { judgeCount, smallestListed, type Test } from './judge.ts';
import type { Baseline } from './measure.ts';
import { forSingleActions, type NbParameters } from './parameters.ts';
import { zEquivalent } from './normal-quantile.ts';
import type { Window } from './window.ts';

/** What a test was about: all actions of an actor, or one of them. */
export type Subject =
  | { readonly unit: 'actor'; readonly actor: number }
  | { readonly unit: 'action'; readonly actor: number; readonly series: number };

/** A test with the fit behind it. */
export interface Reasoning {
  readonly subject: Subject;
  readonly test: Test;
  readonly fit: CellFit;
  readonly hourly: Baseline;
  readonly window: Window;
  /** Baseline hours of the same cell: with no event at all, and the largest count among them. */
  readonly zeroHours: number;
  readonly highest: number;
  readonly profile: number;
  readonly smallestListed: number;
  readonly parameters: NbParameters;
}

/** Judges a count again, keeping what {@link judgeCount} let go of. */
export function reason(
  baseline: DayBaseline,
  subject: Subject,
  cell: number,
  count: number,
  parameters: NbParameters,
): Reasoning {
  const { window, baselineOf, peersOf } = baseline;
  const peers = peersOf(subject.actor);
  const isWhole = subject.unit === 'actor';
  const whole = emptyFit();
  fitCells(whole, baselineOf(subject.actor), window, peers.profile, parameters);
  const used = isWhole ? parameters : forSingleActions(parameters);
  const hourly = isWhole ? baselineOf(subject.actor) : baseline.seriesBaselineOf(subject.series);
  const profile = isWhole ? peers.profile : rhythmOf(whole);
  const fit = isWhole ? whole : emptyFit();
  if (!isWhole) fitCells(fit, hourly, window, profile, used);
  const looks = isWhole ? 1 : baseline.looksFor(subject.series);
  const judge = (candidate: number) =>
    judgeCount(fit, cell, candidate, isWhole ? peers.medianDispersion : null, looks, used);
  return {
    subject,
    test: judge(count),
    fit,
    hourly,
    window,
    ...countsInCell(hourly, window, cell, fit.exposure[cell]!),
    profile: profile[cell]!,
    smallestListed: smallestListed(judge, fit.lambda[cell]!, used),
    parameters: used,
  };
}

function countsInCell({ counts, low, high }: Baseline, window: Window, cell: number, exposure: number) {
  let active = 0;
  let highest = 0;
  for (let at = low; at < high; at += 1) {
    if (window.cells[counts.hours[at]! - window.fromHour] !== cell) continue;
    active += 1;
    highest = Math.max(highest, counts.counts[at]!);
  }
  return { zeroHours: exposure - active, highest };
}

/** What a judgement can be computed again from, by hand: see {@link fitCells} and {@link Test} for the formulas. */
export type Numbers = ReturnType<typeof numbersOf>;

export function numbersOf({ test, fit, hourly, window, parameters, ...known }: Reasoning) {
  const { cell } = test;
  return {
    unit: known.subject.unit,
    count: test.count,
    surprise: test.surprise,
    threshold: parameters.threshold,
    // Of S, so after allowing for the looks: the two say the same on two scales.
    zEquivalent: zEquivalent(-test.surprise * Math.LN10),
    minusLog10Probability: -test.logProbability / Math.LN10,
    looks: test.looks,
    smallestListed: known.smallestListed,
    lambda: test.lambda,
    alpha: test.alpha,
    beta: test.beta,
    lambda0: fit.lambda0[cell]!,
    mu: fit.level,
    profile: known.profile,
    weightedEvents: fit.sums[cell]!,
    sumOfWeights: fit.weights[cell]!,
    ownDispersion: test.ownDispersion,
    peerDispersion: test.peerDispersion,
    dispersion: test.dispersion,
    size: test.size,
    hourOfDay: cell % 24,
    isWeekend: cell >= 24,
    hoursInCell: fit.exposure[cell]!,
    zeroHoursInCell: known.zeroHours,
    highestInCell: known.highest,
    baselineHours: fit.hours,
    activeHours: hourly.high - hourly.low,
    weighedDownHours: fit.weighedDown,
    confirmedHours: confirmedIn(hourly, window),
    baselineStart: formatInstant(Math.max(window.fromHour, hourly.firstHour) * microsecondsPerHour),
    baselineEnd: formatInstant(window.toHour * microsecondsPerHour),
    parameters: withoutInfinity(parameters),
  };
}

function confirmedIn({ excluded }: Baseline, { fromHour, toHour }: Window): number {
  return excluded.filter((hour) => hour >= fromHour && hour < toHour).length;
}

/** JSON has no infinity; null is “no limit”. */
function withoutInfinity({ residualLimit, ...others }: NbParameters) {
  return { ...others, residualLimit: residualLimit === Infinity ? null : residualLimit };
}
