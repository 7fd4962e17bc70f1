// One way of looking at a point of a series, and what it saw.
import type { Comparison } from './comparison.ts';
import type { TailSurprise } from './tail-surprise.ts';

/**
 * `point`: the value against the median of the history. `season`: against the same time of earlier days or weeks.
 * `jump`: against the point before. `level`: the mean deviation from the season over a stretch. `shift`: the mean over a
 * stretch against the mean of the longer one before it. `density`: the mean size of deviations from the median over the longer stretch.
 */
export type SeriesViewName = 'point' | 'season' | 'jump' | 'level' | 'shift' | 'density';

export interface SeriesView extends TailSurprise {
  readonly view: SeriesViewName;
  /** What was observed in this view, and what would have been usual: for `level` and `shift` means, for `density` mean sizes of deviations. */
  readonly observed: number;
  readonly expected: number;
  /** observed − expected. */
  readonly deviation: number;
}

/** Looks at a deviation and lets the comparison learn it; null when there is nothing to compare. */
export function look(
  comparison: Comparison,
  view: SeriesViewName,
  observed: number,
  expected: number,
  deviation = difference(observed, expected),
): SeriesView | null {
  const tail = comparison.next(deviation);
  return tail === null ? null : { ...tail, view, observed, expected, deviation };
}

/** a − b, kept finite: the difference of two huge numbers has no place in an order otherwise. NaN stays NaN. */
export function difference(a: number, b: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, a - b));
}
