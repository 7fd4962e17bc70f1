// Which days and hours a scope asks about, and where they are in the cube.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Scope } from '../../detector.ts';
import type { ActivityDay } from '../../history/activity.ts';

/** Hours that had ended by the as-of are those below this number. */
export function endedHour(scope: Scope): number {
  return Math.floor(scope.untilMicroseconds / microsecondsPerHour);
}

/** The scope's days of which at least one hour had ended by its as-of. */
export function judgedDays(scope: Scope): number[] {
  const ended = endedHour(scope);
  return scope.days.filter((day) => day * 24 < ended);
}

/** The cube's days in [fromDay, toDay). */
export function daysBetween(
  activity: readonly ActivityDay[],
  fromDay: number,
  toDay: number,
): readonly ActivityDay[] {
  return activity.slice(firstPlace(activity, fromDay), firstPlace(activity, toDay));
}

function firstPlace(activity: readonly ActivityDay[], day: number): number {
  let low = 0;
  let high = activity.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (activity[middle]!.day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
