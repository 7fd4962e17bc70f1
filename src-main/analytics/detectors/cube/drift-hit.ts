// Puts the crossing of a control limit into words and numbers.
import type { Explanation, Hit } from '../../detector.ts';
import type { Actor } from '../../history/history.ts';
import { actorDay } from './actor-day-hit.ts';
import type { Citation } from './cite-spans.ts';
import type { DriftCrossing } from './drift-chart.ts';
import type { DriftParameters } from './drift-parameters.ts';
import type { Residual } from './drift-residuals.ts';
import { dayText, isoDay } from './local-span.ts';
import { counted, digits, listed } from './say.ts';

export function driftHit(
  who: Actor,
  crossing: DriftCrossing,
  citation: Citation,
  parameters: DriftParameters,
): Hit {
  const { day, average, limit, residuals } = crossing;
  const newest = residuals.at(-1)!;
  const evidence = evidenceOf(crossing, newest, citation, parameters);
  return {
    detector: 'drift',
    methodVersion: 'drift/1',
    ...actorDay(who, day),
    count: newest.count,
    score: Math.abs(average),
    threshold: limit,
    severity: isSteady(residuals, crossing.direction) ? 'medium' : 'low',
    evidence,
    explanation: explain(who.actor, crossing, newest, citation, evidence, parameters),
    events: citation.events,
  };
}

function evidenceOf(
  { day, direction, average, limit, previousAverage, previousLimit, residuals }: DriftCrossing,
  newest: Residual,
  { actions }: Citation,
  parameters: DriftParameters,
) {
  return {
    count: newest.count,
    actions: actions.slice(0, 20),
    direction,
    average,
    limit,
    previousAverage,
    previousLimit,
    usual: newest.usual,
    usualRoot: newest.usualRoot,
    deviationUsed: newest.deviation,
    residual: newest.value,
    baselineClassDays: newest.classDays,
    baselineActiveDays: newest.activeDays,
    isWeekendOrHoliday: newest.isWeekend,
    chartedDays: residuals.length,
    aboveUsualDays: residuals.filter(({ count, usual }) => count > usual).length,
    excessEvents: residuals.reduce((sum, { count, usual }) => sum + count - usual, 0),
    chart: residuals.map(({ day, count, usual, usualRoot, deviation, value }) => {
      return { day: isoDay(day), count, usual, usualRoot, deviation, residual: value };
    }),
    baselineFrom: isoDay(day - parameters.baselineDays),
    baselineUntil: isoDay(day),
    parameters: { ...parameters },
  };
}

const steadyDays = 5;

function isSteady(residuals: readonly Residual[], direction: DriftCrossing['direction']): boolean {
  const sign = direction === 'up' ? 1 : -1;
  return residuals.slice(-steadyDays).every(({ value }) => sign * value > 0);
}

function explain(
  who: string,
  { day, direction, average, limit, previousAverage, residuals }: DriftCrossing,
  newest: Residual,
  { actions }: Citation,
  { aboveUsualDays, excessEvents }: { readonly aboveUsualDays: number; readonly excessEvents: number },
  parameters: DriftParameters,
): Explanation {
  const dayClass = newest.isWeekend ? 'weekend days or holidays' : 'weekdays';
  const more = excessEvents >= 0 ? 'more' : 'fewer';
  const before =
    previousAverage === null
      ? 'There was no average on a day before.'
      : `On the active day before it was ${digits(previousAverage)}.`;
  return {
    what: `${counted(newest.count, 'event')} by ${who} on ${dayText(day)}, the day on which a slow ${direction === 'up' ? 'rise' : 'fall'} became clear: ${listed(actions)}.`,
    expected: `Usually ${digits(newest.usual)} on such a day (median of ${newest.classDays} active ${dayClass} in the ${parameters.baselineDays} days before).`,
    unusual: `The moving average of the daily deviations reached ${digits(average)}, beyond its limit of ${digits(limit)}. ${before}`,
    comparedWith: `The actor's own active days: ${aboveUsualDays} of the last ${counted(residuals.length, 'charted day')} lay above the usual, ${digits(Math.abs(excessEvents))} events ${more} in all.`,
    alsoSeen: null,
    confidence: `${counted(newest.activeDays, 'active day')} of baseline, ${newest.classDays} of them ${dayClass}; deviation used ${digits(newest.deviation)} (of the roots of daily totals); a single day counts for at most ${digits(parameters.residualLimit)} deviations.`,
    method: `drift/1: EWMA of standardised daily totals, λ = ${parameters.lambda}, limit ${parameters.limitSigmas} standard deviations widened by the error of the median, last ${parameters.chartDays} days.`,
    wouldChange: `It would not be listed if the average stayed at or within ${digits(limit)}, or had been beyond its limit the active day before already.`,
  };
}
