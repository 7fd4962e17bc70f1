// Which hours of which groups a scope asks about.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Scope, TouchedHours } from '../../detector.ts';
import type { HourlyCounts } from '../../history/activity.ts';

/** Hours since the epoch, half-open. */
export interface HourSpan {
  readonly fromHour: number;
  readonly toHour: number;
}

/** Whole hours of the scope's days that had ended by its as-of; null when there are none. */
export function hourSpan(scope: Scope): HourSpan | null {
  const endedHour = Math.floor(scope.untilMicroseconds / microsecondsPerHour);
  const first = scope.days[0];
  const last = scope.days.at(-1);
  if (first === undefined || last === undefined || first * 24 >= endedHour) return null;
  return { fromHour: first * 24, toHour: Math.min(last * 24 + 24, endedHour) };
}

/**
 * One flag a place of `counts.hours`: set where the hour lies in one of the days, had ended, and was touched.
 * @param touched hours by group; null is all.
 */
export function flagJudged(counts: HourlyCounts, scope: Scope, touched: TouchedHours | null): Uint8Array {
  const flags = new Uint8Array(counts.hours.length);
  const span = hourSpan(scope);
  if (span === null) return flags;
  const { fromHour, toHour } = span;
  const isAsked = new Uint8Array(toHour - fromHour);
  for (const day of scope.days) isAsked.fill(1, Math.max(0, day * 24 - fromHour), day * 24 + 24 - fromHour);
  if (touched === null) {
    for (let place = 0; place < flags.length; place += 1) {
      const hour = counts.hours[place]!;
      if (hour >= fromHour && hour < toHour) flags[place] = isAsked[hour - fromHour]!;
    }
    return flags;
  }
  for (const [group, hours] of touched) {
    for (const hour of hours) {
      const place = hour >= fromHour && hour < toHour ? placeOfHour(counts, group, hour) : -1;
      if (place >= 0) flags[place] = isAsked[hour - fromHour]!;
    }
  }
  return flags;
}

/** Place of an hour of a group in `counts`; −1 when the group has no event in it. */
export function placeOfHour(counts: HourlyCounts, group: number, hour: number): number {
  const place = firstPlaceFrom(counts, group, hour);
  return place < counts.offsets[group + 1]! && counts.hours[place] === hour ? place : -1;
}

/**
 * {@link firstPlaceFrom} for whoever asks about later and later hours of the same groups: it looks on from where it was.
 */
export function forwardPlaces(counts: HourlyCounts): (group: number, hour: number) => number {
  const { offsets, hours } = counts;
  const last = offsets.slice(0, -1);
  return (group, hour) => {
    let place = last[group]!;
    if (place > offsets[group]! && hours[place - 1]! >= hour) place = firstPlaceFrom(counts, group, hour);
    // A few dozen hours at most lie between two days; further ahead a search is quicker.
    const end = offsets[group + 1]!;
    const near = Math.min(place + nearHours, end);
    while (place < near && hours[place]! < hour) place += 1;
    if (place === near && place < end) place = firstPlaceFrom(counts, group, hour);
    last[group] = place;
    return place;
  };
}

const nearHours = 48;

/** Place of the first hour of a group at or after `hour`; the group's end when there is none. */
export function firstPlaceFrom(counts: HourlyCounts, group: number, hour: number): number {
  let low = counts.offsets[group]!;
  let high = counts.offsets[group + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (counts.hours[middle]! < hour) low = middle + 1;
    else high = middle;
  }
  return low;
}
