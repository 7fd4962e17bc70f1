// The days of a scope as stretches of time, cut at what may be looked at.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Scope } from '../detector.ts';

export const microsecondsPerMinute = 60_000_000;

export interface JudgedDay {
  /** Days since the epoch. */
  readonly day: number;
  readonly startMicroseconds: number;
  /** Exclusive: midnight, or the as-of before it. */
  readonly endMicroseconds: number;
}

/** Each UTC day of the scope that has begun by its as-of. */
export function judgedDays({ days, untilMicroseconds }: Scope): JudgedDay[] {
  return days
    .map((day) => ({
      day,
      startMicroseconds: day * microsecondsPerDay,
      endMicroseconds: Math.min((day + 1) * microsecondsPerDay, untilMicroseconds),
    }))
    .filter(({ startMicroseconds, endMicroseconds }) => startMicroseconds < endMicroseconds);
}

/** Whole days that cover a number of minutes before a day. */
export function daysCovering(minutes: number): number {
  return Math.max(1, Math.ceil(minutes / (24 * 60)));
}
