// Lengths of horizontal bars that share one linear scale starting at zero.
import { scaleLinear } from 'd3-scale';

/** One length from 0 to `full` for each value; all zero when the highest value is. */
export function barLengths(values: readonly number[], full: number): number[] {
  const highest = Math.max(0, ...values);
  if (highest === 0) return values.map(() => 0);
  const scale = scaleLinear([0, highest], [0, full]);
  return values.map((value) => scale(value));
}
