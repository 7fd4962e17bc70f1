// Finds the stretches in which an account was too quiet.
import type { AccountHours, UsualHour } from './account-hours.ts';
import { surpriseAtMost } from './count-tail.ts';

export interface QuietStretch {
  /** Hours since the epoch, half-open: from the first hour in which something was usual to the last. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly count: number;
  /** Hours of the stretch with events, each by itself too few. */
  readonly lowHours: readonly number[];
  readonly expected: number;
  /** Hours without any event, what was usual in them together, and the sum of their alphas. */
  readonly emptyHours: number;
  readonly expectedInEmpty: number;
  readonly alphaInEmpty: number;
  readonly dispersion: number;
  /** Of the empty hours together, and of the lowest other hour. */
  readonly emptySurprise: number;
  readonly lowSurprise: number;
  /** UTC day whose judgement lists it: the one in which events came again, or the newest with events when none did. */
  readonly homeDay: number;
  readonly isOpen: boolean;
}

/** What is known of a stretch while it is being read. */
interface Reading {
  expectedFrom: number | null;
  expectedTo: number;
  readonly lowHours: number[];
  lowSurprise: number;
  readonly members: { readonly hour: number; readonly count: number; readonly usual: UsualHour }[];
}

export interface StretchQuestion {
  /** Where the account's counts begin; what lies before is not known to it. */
  readonly countedFromHour: number;
  /** UTC days, both included: a stretch is listed by its home day. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly endedHour: number;
}

/**
 * Stretches of hours without events, and of hours so low that P(Y <= y) alone reaches the threshold, side by side. A stretch is
 * listed when one of its low hours reaches the threshold, or its empty hours do together.
 * Null when a stretch may have begun before what is counted: the counts must reach further back.
 */
export function quietStretches(account: AccountHours, question: StretchQuestion): QuietStretch[] | null {
  const { hours, counts } = account;
  const { firstDay, lastDay, endedHour } = question;
  const usualPlace = lastUsualPlace(account, question);
  if (usualPlace === null) return null;
  const stretches: (QuietStretch | null)[] = [];
  let reading = newReading();
  let place = usualPlace + 1;
  for (; place < hours.length && hours[place]! < (lastDay + 1) * 24; place += 1) {
    const at = hours[place]!;
    if (place > 0) readEmpty(account, reading, hours[place - 1]! + 1, at);
    const low = lowSurprise(account, place);
    if (low >= account.parameters.threshold) {
      readLow(reading, at, counts[place]!, account.usualAt(at)!, low);
      continue;
    }
    stretches.push(stretchOf(reading, account.parameters.threshold, Math.floor(at / 24), false));
    reading = newReading();
  }
  const newest = hours.at(-1);
  if (place === hours.length && newest !== undefined && newest >= firstDay * 24) {
    readEmpty(account, reading, newest + 1, endedHour);
    stretches.push(stretchOf(reading, account.parameters.threshold, Math.floor(newest / 24), true));
  }
  return stretches.filter((stretch) => stretch !== null);
}

/** The newest hour before the judged days that was not too low: no stretch crosses it. −1 is before the account's first event. */
function lastUsualPlace(
  account: AccountHours,
  { countedFromHour, firstDay }: StretchQuestion,
): number | null {
  const isAllCounted = account.firstHour >= countedFromHour;
  const judgedFromHour = countedFromHour + account.parameters.windowDays * 24;
  for (let place = account.placeFrom(firstDay * 24) - 1; place >= 0; place -= 1) {
    if (!isAllCounted && account.hours[place]! < judgedFromHour) return null;
    if (lowSurprise(account, place) < account.parameters.threshold) return place;
  }
  return isAllCounted ? -1 : null;
}

function newReading(): Reading {
  return { expectedFrom: null, expectedTo: 0, lowHours: [], lowSurprise: 0, members: [] };
}

/** How surprising it is that an hour has no more events than it has; 0 where nothing is known to be usual. */
function lowSurprise(account: AccountHours, place: number): number {
  const usual = account.usualAt(account.hours[place]!);
  return usual === null ? 0 : surpriseOf(account.counts[place]!, usual);
}

/** Takes in the empty hours [from, to), which no event interrupts: a window later there is nothing left to be usual. */
function readEmpty(account: AccountHours, reading: Reading, from: number, to: number): void {
  const end = Math.min(to, from + (account.parameters.windowDays + 1) * 24);
  for (let hour = from; hour < end; hour += 1) {
    const usual = account.usualAt(hour);
    if (usual !== null) take(reading, hour, 0, usual, usual.isExpected);
  }
}

function readLow(reading: Reading, hour: number, count: number, usual: UsualHour, surprise: number): void {
  take(reading, hour, count, usual, true);
  reading.lowHours.push(hour);
  reading.lowSurprise = Math.max(reading.lowSurprise, surprise);
}

function take(reading: Reading, hour: number, count: number, usual: UsualHour, isExpected: boolean): void {
  reading.members.push({ hour, count, usual });
  if (!isExpected) return;
  reading.expectedFrom ??= hour;
  reading.expectedTo = hour + 1;
}

function stretchOf(
  { expectedFrom, expectedTo, lowHours, lowSurprise, members }: Reading,
  threshold: number,
  homeDay: number,
  isOpen: boolean,
): QuietStretch | null {
  if (expectedFrom === null) return null;
  const within = members.filter(({ hour }) => hour >= expectedFrom && hour < expectedTo);
  const empty = within.filter(({ count }) => count === 0);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const expectedInEmpty = sum(empty.map(({ usual }) => usual.mean));
  const alphaInEmpty = sum(empty.map(({ usual }) => usual.alpha));
  const { dispersion } = within[0]!.usual;
  const emptySurprise =
    empty.length === 0 ? 0 : surpriseOf(0, { mean: expectedInEmpty, alpha: alphaInEmpty, dispersion });
  if (Math.max(emptySurprise, lowSurprise) < threshold) return null;
  return {
    fromHour: expectedFrom,
    toHour: expectedTo,
    count: sum(within.map(({ count }) => count)),
    lowHours,
    expected: sum(within.map(({ usual }) => usual.mean)),
    emptyHours: empty.length,
    expectedInEmpty,
    alphaInEmpty,
    dispersion,
    emptySurprise,
    lowSurprise,
    homeDay,
    isOpen,
  };
}

/** −log10 P(Y <= count), Y negative binomial of the mean and size 1 / (dispersion + 1 / alpha). */
export function surpriseOf(
  count: number,
  { mean, alpha, dispersion }: Pick<UsualHour, 'mean' | 'alpha' | 'dispersion'>,
): number {
  return surpriseAtMost(count, mean, 1 / (dispersion + 1 / alpha));
}
