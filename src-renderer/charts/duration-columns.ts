// Where columns stand that show how long each of a row of things took.
import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';

export type DurationColumn = { x: number; y: number; width: number; height: number };
export type DurationColumns = {
  columns: DurationColumn[];
  /** Lines to measure by, in milliseconds, with where they stand. */
  ticks: { milliseconds: number; y: number }[];
};

/** Units a span is said in: a tick is a whole number of one of them. */
const unitsMs = [1, 1000, 60_000, 3_600_000];

/**
 * Columns from zero up, in the order given; never thinner than a pixel high, so that what took next to nothing is still there.
 * @param most how many columns there is room for: fewer keep their width and leave the rest empty
 */
export function durationColumns(
  milliseconds: readonly number[],
  size: { width: number; height: number },
  most: number,
): DurationColumns {
  const longest = max(milliseconds) ?? 0;
  const unit = unitsMs.findLast((one) => longest >= 2 * one) ?? 1;
  const across = scaleBand(
    Array.from({ length: most }, (_, index) => index),
    [0, size.width],
  ).padding(0.2);
  const up = scaleLinear([0, Math.max(longest, 1) / unit], [size.height, 0]).nice(3);
  return {
    columns: milliseconds.map((span, index) => {
      const y = Math.min(up(span / unit), size.height - 1);
      return { x: across(index) ?? 0, y, width: across.bandwidth(), height: size.height - y };
    }),
    ticks: up.ticks(3).map((tick) => ({ milliseconds: tick * unit, y: up(tick) })),
  };
}
