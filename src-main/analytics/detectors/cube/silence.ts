// Judges how long an account has been silent up to the as-of.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { History } from '../../history/history.ts';
import type { AccountHours } from './account-hours.ts';
import { stretchesBetween } from '../../history/stretches.ts';
import { surpriseOf } from './quiet-stretches.ts';

export interface Silence {
  readonly lastMicroseconds: number;
  readonly minutes: number;
  /** Events that would have been usual meanwhile: how many usual spacings between two events have passed. */
  readonly expected: number;
  readonly alpha: number;
  readonly dispersion: number;
  readonly surprise: number;
}

/** Null when it is not long enough to mean something, or nothing is known to be usual. */
export function silenceSince(
  account: AccountHours,
  lastMicroseconds: number,
  untilMicroseconds: number,
): Silence | null {
  const { silentMinutes, silentSpacings, threshold, windowDays } = account.parameters;
  const minutes = (untilMicroseconds - lastMicroseconds) / 60_000_000;
  if (minutes < silentMinutes) return null;
  const firstHour = Math.floor(lastMicroseconds / microsecondsPerHour);
  const endHour = Math.min(
    Math.ceil(untilMicroseconds / microsecondsPerHour),
    firstHour + (windowDays + 1) * 24,
  );
  let expected = 0;
  let alpha = 0;
  let dispersion: number | null = null;
  for (let hour = firstHour; hour < endHour; hour += 1) {
    const usual = account.usualAt(hour);
    if (usual === null) continue;
    const from = Math.max(lastMicroseconds, hour * microsecondsPerHour);
    const to = Math.min(untilMicroseconds, (hour + 1) * microsecondsPerHour);
    const part = (to - from) / microsecondsPerHour;
    expected += usual.mean * part;
    alpha += usual.alpha * part;
    dispersion ??= usual.dispersion;
  }
  if (dispersion === null || expected < silentSpacings) return null;
  const surprise = surpriseOf(0, { mean: expected, alpha, dispersion });
  return surprise < threshold ? null : { lastMicroseconds, minutes, expected, alpha, dispersion, surprise };
}

/** Time of the newest event of each group in [from, to), in microseconds. @param groupOf group of each series, or −1. */
export function newestEvents(
  history: History,
  groupOf: Int32Array,
  from: number,
  to: number,
): Map<number, number> {
  const newest = new Map<number, number>();
  for (const { segment, start, end } of stretchesBetween(history.segments, from, to)) {
    for (let index = start; index < end; index += 1) {
      const group = groupOf[segment.series[index]!]!;
      if (group >= 0) newest.set(group, segment.microseconds[index]!);
    }
  }
  return newest;
}
