// How high a column of a count is.
import { scaleLinear } from 'd3-scale';

/**
 * Heights on one linear scale from 0 to the highest count. One of something never looks like one of nothing.
 * @param height of the highest count, in units of the drawing
 * @param least of any count but 0
 */
export function columnHeights(
  highest: number,
  height: number,
  least: number,
): (count: number | null) => number {
  const y = scaleLinear([0, Math.max(1, highest)], [0, height]);
  return (count) => (count === null || count === 0 ? 0 : Math.max(least, y(count)));
}
