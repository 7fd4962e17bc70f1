// Says in words what nb found, for somebody who has to answer for the decision.
import type { Explanation } from '../../detector.ts';
import { digits } from '../../explain.ts';
import { hoursLocal } from '../../local-time.ts';
import type { Standing } from './benjamini-hochberg.ts';
import type { Numbers } from './evidence.ts';

/** One action and how often it was seen. */
export interface ActionCount {
  readonly action: string;
  readonly count: number;
}

/** What else there is to say beside the numbers of the judgement. */
export interface Circumstances {
  readonly who: string;
  readonly hour: number;
  readonly zone: string;
  /** What was done, most frequent first; a single action when that is what stands out. */
  readonly actions: readonly ActionCount[];
  readonly standing: Standing;
  readonly group: string | null;
  readonly groupMembers: number;
  /** The same hour seen the other way, where that would be listed too. */
  readonly other: (ActionCount & { readonly lambda: number; readonly surprise: number }) | null;
  /** Whether clocks were changed within the baseline or since. */
  readonly clocksChanged: boolean;
  readonly methodVersion: string;
}

export function explainNb(numbers: Numbers, circumstances: Circumstances): Explanation {
  return {
    what: whatHappened(numbers, circumstances),
    expected: whatWasExpected(numbers),
    unusual: howUnusual(numbers, circumstances.standing),
    comparedWith: comparedWith(numbers, circumstances),
    alsoSeen: alsoSeen(circumstances),
    confidence: howSure(numbers, circumstances),
    method: howComputed(numbers, circumstances.methodVersion),
    wouldChange: whatWouldChange(numbers),
  };
}

/** Actions named before the rest is only counted. */
const mostNamed = 3;

/** Events of the actions that {@link whatHappened} does not name. */
export function unnamedEvents(actions: readonly ActionCount[]): number {
  return actions.slice(mostNamed).reduce((sum, { count }) => sum + count, 0);
}

function whatHappened(numbers: Numbers, { who, hour, zone, actions }: Circumstances): string {
  const when = hoursLocal(hour, zone);
  const [first] = actions;
  if (actions.length === 1 && first)
    return `${first.action} ${amount(numbers.count, 'time')} by ${who}, ${when}.`;
  const named = actions.slice(0, mostNamed).map(({ action, count }) => `${action} ${grouped(count)}`);
  const unnamed = unnamedEvents(actions);
  const more = unnamed > 0 ? ` and ${amount(unnamed, 'event')} of other kinds` : '';
  return `${amount(numbers.count, 'event')} by ${who}, ${when}: ${named.join(', ')}${more}.`;
}

/** “Usually 0.1 in such an hour …”. */
export function whatWasExpected(numbers: Numbers): string {
  const { lambda, hoursInCell, zeroHoursInCell, highestInCell, isWeekend } = numbers;
  const kind = isWeekend ? 'weekend day or holiday' : 'weekday';
  const usually = `Usually ${digits(lambda)} in this hour of a ${kind}`;
  if (hoursInCell === 0) return `${usually}; the baseline has no such hour.`;
  return `${usually}: 0 in ${zeroHoursInCell} of ${amount(hoursInCell, 'such hour')}, the highest ${grouped(highestInCell)}.`;
}

function howUnusual(
  { surprise, zEquivalent, looks, parameters }: Numbers,
  { rank, tests, survives }: Standing,
): string {
  const allowing = looks > 1 ? `, after allowing for ${looks} actions looked at` : '';
  const label = survives ? 'it survives' : 'it does not survive';
  return `S = ${digits(surprise)}${allowing}: a count this high comes about once in ${inWords(surprise)} such hours (z = ${digits(zEquivalent)}). Rank ${grouped(rank)} of ${grouped(tests)} tests that day up to this hour; ${label} multiple testing (Benjamini–Hochberg, q = ${parameters.falseDiscoveryRate}).`;
}

function comparedWith(numbers: Numbers, { group, groupMembers }: Circumstances): string {
  const rhythm = `this hour usually has ${digits(numbers.profile)} times the events of their mean hour`;
  if (numbers.unit === 'action')
    return `The same action of the same actor, and the actor’s own week: ${rhythm.replace('their', 'the actor’s')}.`;
  const peers = group === null ? 'actors of the account' : `actors of type “${group}”`;
  return `The actor’s own history, and ${grouped(groupMembers)} ${peers}: ${rhythm}.`;
}

function alsoSeen({ other }: Circumstances): string | null {
  if (other === null) return null;
  const what = other.action === '' ? 'All actions together' : `${other.action} alone`;
  return `${what}: ${amount(other.count, 'event')} where ${digits(other.lambda)} are usual, S = ${digits(other.surprise)}.`;
}

function howSure(numbers: Numbers, { clocksChanged }: Circumstances): string {
  const { hoursInCell, baselineHours, activeHours, weighedDownHours, confirmedHours } = numbers;
  const parts = [
    `The baseline has ${amount(hoursInCell, 'such hour')} and ${amount(baselineHours, 'hour')} in all, ${grouped(activeHours)} of them with events`,
  ];
  if (weighedDownHours > 0) parts.push(`${amount(weighedDownHours, 'outlying hour')} counted for less`);
  if (confirmedHours > 0) parts.push(`${amount(confirmedHours, 'confirmed hour')} left out`);
  const clocks = clocksChanged
    ? ' Clocks were changed since the baseline began: the hour is unusual by the clock before and by the clock after, and the less unusual is told.'
    : '';
  return `${parts.join('; ')}.${clocks}`;
}

function howComputed({ parameters, size }: Numbers, version: string): string {
  const { windowDays, kappa } = parameters;
  return `${version}: tail of a negative binomial of size ${digits(size)}; the baseline is the ${windowDays} days that end where the UTC day before begins, and the prior weighs as much as ${kappa} hours.`;
}

/** “It would not be listed with …”. */
export function whatWouldChange({ smallestListed, parameters }: Numbers): string {
  const { threshold, minimumCount, countSlope, countOffset } = parameters;
  return `It would be listed from ${amount(smallestListed, 'event')} on: that is where S reaches ${threshold} and the count reaches both ${minimumCount} and ${countSlope} times the usual plus ${countOffset}.`;
}

/** “1 event”, “1,200 events”. */
export function amount(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

const scales = ['', ' thousand', ' million', ' billion', ' trillion'];

/** 10^surprise in words, to two digits. */
function inWords(surprise: number): string {
  const rounded = oneIn(surprise);
  if (rounded === null) return `10^${Math.floor(surprise)}`;
  const step = Math.floor(Math.log10(rounded) / 3 + 1e-9);
  return `${digits(rounded / 1000 ** step)}${scales[step]}`;
}

/** 10^surprise to two digits; null from 10^15 on. */
export function oneIn(surprise: number): number | null {
  const value = Number((10 ** surprise).toPrecision(2));
  return value < 1e15 ? value : null;
}
