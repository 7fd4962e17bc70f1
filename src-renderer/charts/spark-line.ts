// Places a short history of scores as one line.
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';

export type SparkLine = { line: string; area: string; last: { x: number; y: number } | null };

/** Paths in a box of `width` × `height` pixels; the scale is from 0 to `top`, so that lines side by side compare. */
export function sparkLine(
  values: readonly number[],
  { width, height, top }: { width: number; height: number; top: number },
): SparkLine {
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [0, width]);
  const y = scaleLinear([0, top], [height, 0]).clamp(true);
  const last = values.at(-1);
  const along = (_: number, index: number) => x(index);
  return {
    line: line<number>(along, y)([...values]) ?? '',
    area: area<number>(along, height, y)([...values]) ?? '',
    last: last === undefined ? null : { x: x(values.length - 1), y: y(last) },
  };
}
