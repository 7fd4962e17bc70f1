// Answers for any actor and hour: is it listed, and if not, why not.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Scope } from '../../detector.ts';
import { digits } from '../../explain.ts';
import type { History } from '../../history/history.ts';
import { placeOfHour } from '../hours/judged-hours.ts';
import { steadyBaseline, wallBaseline, type DayBaseline } from './baseline.ts';
import { busyHours } from './busy-hours.ts';
import { numbersOf, reason, type Numbers } from './evidence.ts';
import { actionOf } from './hits.ts';
import { byBothClocks } from './clocks.ts';
import { judgeActor, type JudgedHour } from './hour.ts';
import { isLargeEnough } from './judge.ts';
import { nbParameters, type NbParameters } from './parameters.ts';
import { readPast, type IsConfirmed, type Past } from './past.ts';
import { whatWasExpected, whatWouldChange } from './sentences.ts';

export interface WhyNot {
  readonly state: 'learning' | 'usual' | 'flagged' | 'not judged yet' | 'no events';
  /** Events of the actor in the hour; 0 as long as the hour is not judged. */
  readonly count: number;
  /** All numbers of the judgement over all actions; null while nothing can be judged. */
  readonly numbers: Numbers | null;
  /** The most surprising single action that is large enough to be listed, if any. */
  readonly single: (Numbers & { readonly action: string }) | null;
  readonly sentence: string;
}

export interface Asked {
  readonly sourceAccount: string;
  readonly actor: string;
  /** Hours since the epoch. */
  readonly hour: number;
}

/**
 * Judges one hour of one actor exactly as a run of the detector does, listed or not. Of the scope only as-of, zone and
 * holidays matter.
 */
export function whyNot(
  history: History,
  scope: Scope,
  { sourceAccount, actor, hour }: Asked,
  parameters: NbParameters = nbParameters,
  isConfirmed: IsConfirmed | null = null,
): WhyNot {
  const unjudged = (state: WhyNot['state'], sentence: string): WhyNot => ({
    state,
    count: 0,
    numbers: null,
    single: null,
    sentence,
  });
  if (actor === '')
    return unjudged('no events', 'Events without a named actor are counted, and never judged.');
  if ((hour + 1) * microsecondsPerHour > scope.untilMicroseconds)
    return unjudged('not judged yet', 'This hour had not ended at the time of the evaluation.');
  const number = history.actors.findIndex(
    (known) => known.actor === actor && known.sourceAccount === sourceAccount,
  );
  if (number < 0) return unjudged('learning', 'Nothing is known of this actor.');
  const day = Math.floor(hour / 24);
  const span = { fromHour: day * 24, toHour: hour + 1 };
  const past = readPast(history, { ...scope, days: [day] }, span, parameters, isConfirmed);
  const wall = wallBaseline(past, day, parameters);
  const place = placeOfHour(past.actorCounts, number, hour);
  const count = place < 0 ? 0 : past.actorCounts.counts[place]!;
  if (wall.learningIn(number)(hour)) return { ...unjudged('learning', coldStart(parameters)), count };
  const steady = steadyBaseline(past, day, parameters);
  const baselines = steady === null ? [wall] : [wall, steady];
  return judged(past, baselines, { actor: number, hour, count }, parameters);
}

function coldStart({ minimumDays, minimumActiveHours, kappa }: NbParameters): string {
  return `Too little is known of this actor: to say what is usual takes ${minimumDays} days since its first event, ${minimumActiveHours} hours with events in the baseline, and ${kappa} baseline hours of this time of day on this kind of day.`;
}

interface Counted {
  readonly actor: number;
  readonly hour: number;
  readonly count: number;
}

function judged(
  past: Past,
  baselines: readonly DayBaseline[],
  counted: Counted,
  parameters: NbParameters,
): WhyNot {
  const { actor, hour, count } = counted;
  const all = baselines.map((baseline) =>
    numbersOf(reason(baseline, { unit: 'actor', actor }, baseline.cellAt(hour), count, parameters)),
  );
  const numbers = all.reduce((least, other) => (standing(other) < standing(least) ? other : least));
  const single = singleOf(past, baselines, counted, parameters);
  const isListed = [standing(numbers), single?.surprise ?? 0].some(
    (surprise) => surprise >= parameters.threshold,
  );
  const state = isListed ? 'flagged' : count === 0 ? 'no events' : 'usual';
  const sentence = {
    flagged: `It is listed. ${whatWasExpected(numbers)}`,
    'no events': `The actor did nothing in this hour. ${whatWouldChange(numbers)}`,
    usual: `${reasons(numbers, single).join(' ')} ${whatWouldChange(numbers)}`,
  }[state];
  return { state, count, numbers, single, sentence };
}

/** The surprise of a count that is large enough to be listed, 0 for any other. */
function standing({ count, lambda, surprise, parameters }: Numbers): number {
  return isLargeEnough(count, lambda, parameters) ? surprise : 0;
}

function singleOf(
  past: Past,
  baselines: readonly DayBaseline[],
  { actor, hour }: Counted,
  parameters: NbParameters,
): WhyNot['single'] {
  const [wall, steady] = baselines.map((baseline) => judgeAgain(past, baseline, actor, hour, parameters));
  const both = wall && (baselines.length === 1 ? wall : byBothClocks(wall, steady));
  if (!both?.single) return null;
  const { series, test, clock } = both.single;
  const baseline = baselines.find((one) => one.clock === clock)!;
  const subject = { unit: 'action', actor, series } as const;
  return {
    ...numbersOf(reason(baseline, subject, test.cell, test.count, parameters)),
    action: actionOf(past, series),
  };
}

function judgeAgain(
  past: Past,
  baseline: DayBaseline,
  actor: number,
  hour: number,
  parameters: NbParameters,
): JudgedHour | undefined {
  const cells = past.history.activity.find(({ day }) => day === Math.floor(hour / 24));
  const place = placeOfHour(past.actorCounts, actor, hour);
  if (cells === undefined || place < 0) return undefined;
  const { length, series, counts } = busyHours(cells, parameters.minimumCount, hour, hour + 1);
  const busy = Array.from({ length }, (_, at) => ({ series: series[at]!, hour, count: counts[at]! }));
  const own = busy.filter((one) => past.actorOf[one.series] === actor);
  return judgeActor(past, baseline, parameters)(actor, place, place + 1, own)[0];
}

/** Which of the conditions failed. */
function reasons(numbers: Numbers, single: WhyNot['single']): string[] {
  const { count, lambda, surprise, parameters } = numbers;
  const { minimumCount, countSlope, countOffset, threshold } = parameters;
  const found: string[] = [];
  if (count < minimumCount) found.push(`The count of ${count} is below ${minimumCount}.`);
  else if (count < countSlope * lambda + countOffset)
    found.push(
      `The count of ${count} is below ${countSlope} times the usual ${digits(lambda)} plus ${countOffset}.`,
    );
  if (surprise < threshold)
    found.push(`The total is not surprising enough: S = ${digits(surprise)}, listed from ${threshold} on.`);
  if (single !== null)
    found.push(
      `${single.action}, the most surprising single action, is not either: S = ${digits(single.surprise)} after allowing for ${single.looks} actions looked at.`,
    );
  return found;
}
