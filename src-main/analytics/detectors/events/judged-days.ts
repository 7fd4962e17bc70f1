// The days a detector of events has to judge, each with the instants that bound what it may look at.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Hit, Scope } from '../../detector.ts';

export interface JudgedDay {
  readonly day: number;
  /** First instant of the UTC day. */
  readonly start: number;
  /** End of the day, or of what was known if that comes first. */
  readonly until: number;
}

/** Each day once, ascending; without those that had not begun. */
export function judgedDays({ days, untilMicroseconds }: Scope): JudgedDay[] {
  return [...new Set(days)]
    .toSorted((a, b) => a - b)
    .map((day) => ({
      day,
      start: day * microsecondsPerDay,
      until: Math.min((day + 1) * microsecondsPerDay, untilMicroseconds),
    }))
    .filter(({ start, until }) => start < until);
}

/** Hits in an order that depends on nothing but what they say. */
export function inOrder(hits: readonly Hit[]): Hit[] {
  return hits.toSorted(
    (a, b) =>
      a.startMicroseconds - b.startMicroseconds ||
      compareTexts(a.sourceAccount, b.sourceAccount) ||
      compareTexts(a.entity.kind, b.entity.kind) ||
      compareTexts(a.entity.value, b.entity.value) ||
      compareTexts(a.action, b.action),
  );
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
