// Which events of some days a rule matches.
import { Problem } from '#shared/model/problem.ts';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { History } from '../history/history.ts';
import { firstIndexAt, type EventReference, type Segment } from '../history/segment.ts';
import { eventMatcher } from './event-matcher.ts';
import type { EventRule, SigmaRule } from './rule.ts';

/** Half-open, in microseconds since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * References to every matching event, oldest first.
 * @param days UTC days since the epoch, ascending
 * @param untilMicroseconds nothing at or after it is looked at
 * @throws Problem `refused` when the history lacks a field the rule needs: an empty answer would be a false one
 */
export function matchRule(
  rule: EventRule,
  history: History,
  days: readonly number[],
  untilMicroseconds: number = Infinity,
): EventReference[] {
  assertEvaluable(rule, history);
  const matcher = eventMatcher(rule.expression, history);
  const references: EventReference[] = [];
  for (const range of rangesOfDays(days, 0, untilMicroseconds))
    eachStretch(history, range, (segment, from, to) =>
      matcher(segment, from, to, (index) => references.push({ segment, index })),
    );
  return references;
}

/** @throws Problem `refused` */
export function assertEvaluable(rule: SigmaRule, history: History): void {
  const missing = rule.needs.filter((field) => !history.fields.has(field));
  if (missing.length === 0) return;
  throw new Problem(
    'refused',
    `The rule “${rule.title}” was not evaluated: it needs ${missing.join(', ')}.`,
    {
      next: 'Map these fields for the source, or switch the rule off.',
    },
  );
}

/**
 * The days as ranges that do not overlap, each reaching back before its first day; what touches is joined.
 * @param reachMicroseconds how far back
 */
export function rangesOfDays(
  days: readonly number[],
  reachMicroseconds: number,
  untilMicroseconds: number,
): TimeRange[] {
  const ranges: TimeRange[] = [];
  for (const day of days) {
    const from = day * microsecondsPerDay - reachMicroseconds;
    const to = Math.min((day + 1) * microsecondsPerDay, untilMicroseconds);
    if (to <= from) continue;
    const last = ranges.at(-1);
    if (last && from <= last.to) ranges[ranges.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else ranges.push({ from, to });
  }
  return ranges;
}

/** Calls `visit` for every stretch of a segment that lies in the range, in time order. */
export function eachStretch(
  history: History,
  { from, to }: TimeRange,
  visit: (segment: Segment, from: number, to: number) => void,
): void {
  for (const segment of history.segments) {
    const { length, microseconds } = segment;
    if (length === 0 || microseconds[length - 1]! < from) continue;
    if (microseconds[0]! >= to) return;
    const first = firstIndexAt(segment, from);
    const end = firstIndexAt(segment, to);
    if (first < end) visit(segment, first, end);
  }
}
