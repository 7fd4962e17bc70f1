// Finds the stretches of time in which a group of events fulfils a correlation.
import type { CorrelationType, CountCondition } from './rule.ts';

/** Matches of one group, ascending by (time, event); places in these lists name them below. */
export interface Occurrences {
  readonly microseconds: ArrayLike<number>;
  /** Bit r is set when the event matches rule r. */
  readonly rules: ArrayLike<number>;
  /** Numbers of the values to be counted; empty when unknown. Only value_count looks at them. */
  readonly values: readonly (readonly number[])[];
}

/** Events [first, last] fulfil the condition; `measure` is what was compared with its bounds. */
export interface Window {
  readonly first: number;
  readonly last: number;
  readonly measure: number;
}

/** What a window is made of, updated as events enter at its end and leave at its start. */
interface Tally {
  enter(at: number): void;
  leave(at: number): void;
  measure(): number;
}

/**
 * For every event, the window that ends with it and reaches back the timespan, both ends included, where that fulfils the lower
 * bound. The starts of the windows never go back.
 */
export function slidingWindows(
  type: CorrelationType,
  occurrences: Occurrences,
  timespanMicroseconds: number,
  atLeast: number,
): Window[] {
  if (type === 'temporal_ordered') return orderedWindows(occurrences, timespanMicroseconds, atLeast);
  const { microseconds } = occurrences;
  const tally = tallyFor(type, occurrences);
  const windows: Window[] = [];
  let first = 0;
  for (let last = 0; last < microseconds.length; last += 1) {
    tally.enter(last);
    for (; microseconds[first]! < microseconds[last]! - timespanMicroseconds; first += 1) tally.leave(first);
    const measure = tally.measure();
    if (measure >= atLeast) windows.push({ first, last, measure });
  }
  return windows;
}

/**
 * Cuts time into pieces of the timespan, and returns those that have events and fulfil both bounds.
 * Pieces begin at multiples of the timespan since the epoch.
 */
export function fixedWindows(
  type: CorrelationType,
  occurrences: Occurrences,
  timespanMicroseconds: number,
  { atLeast, atMost }: CountCondition,
): Window[] {
  const { microseconds } = occurrences;
  const pieceOf = (at: number) => Math.floor(microseconds[at]! / timespanMicroseconds);
  const windows: Window[] = [];
  for (let first = 0, next = 0; first < microseconds.length; first = next) {
    const tally = tallyFor(type, occurrences);
    for (next = first; next < microseconds.length && pieceOf(next) === pieceOf(first); next += 1)
      tally.enter(next);
    const measure = tally.measure();
    if (measure >= Math.max(1, atLeast ?? 1) && measure <= (atMost ?? Infinity))
      windows.push({ first, last: next - 1, measure });
  }
  return windows;
}

function tallyFor(type: CorrelationType, { rules, values }: Occurrences): Tally {
  if (type === 'value_count') return differentTally((at) => values[at]!);
  if (type === 'temporal') return differentTally((at) => bitsOf(rules[at]!));
  let count = 0;
  return { enter: () => (count += 1), leave: () => (count -= 1), measure: () => count };
}

function differentTally(numbersOf: (at: number) => readonly number[]): Tally {
  const counts = new Map<number, number>();
  return {
    enter: (at) => {
      for (const number of numbersOf(at)) counts.set(number, (counts.get(number) ?? 0) + 1);
    },
    leave: (at) => {
      for (const number of numbersOf(at)) {
        const left = counts.get(number)! - 1;
        if (left === 0) counts.delete(number);
        else counts.set(number, left);
      }
    },
    measure: () => counts.size,
  };
}

function bitsOf(mask: number): number[] {
  const bits = [];
  for (let bit = 0; mask >> bit > 0; bit += 1) if ((mask >> bit) & 1) bits.push(bit);
  return bits;
}

/**
 * Windows from the latest possible match of the first rule to a match of the last, with a match of every other one between them in order.
 * Each rule takes an event of its own.
 */
function orderedWindows(
  { microseconds, rules }: Occurrences,
  timespanMicroseconds: number,
  ruleCount: number,
): Window[] {
  /** For each rule, the latest start of a chain of events that ends with it; −1 when there is none. */
  const starts = Array.from({ length: ruleCount }, () => -1);
  const windows: Window[] = [];
  for (let at = 0; at < microseconds.length; at += 1) {
    const mask = rules[at]!;
    // Later rules first, so that no event continues a chain it has just joined.
    for (let rule = ruleCount - 1; rule >= 0; rule -= 1) {
      if (((mask >> rule) & 1) === 0) continue;
      const start = rule === 0 ? at : starts[rule - 1]!;
      starts[rule] = start;
      const isComplete = rule === ruleCount - 1 && start >= 0;
      if (isComplete && microseconds[at]! - microseconds[start]! <= timespanMicroseconds)
        windows.push({ first: start, last: at, measure: ruleCount });
    }
  }
  return windows;
}
