// Colours counts: one hue family of steadily changing lightness, so that it reads without colour vision in both themes.
import { scaleLinear, scaleSymlog } from 'd3-scale';
import type { HeatGrid } from './heat-grid.ts';
import { hoursPerWeek } from './heat-grid.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

type Ramp = { zero: Rgb; stops: readonly Rgb[] };

/** From few to many. On a light page more is darker, on a dark page more is lighter. */
export const ramps: Record<'light' | 'dark', Ramp> = {
  light: {
    zero: [248, 250, 252],
    stops: [
      [198, 222, 236],
      [138, 187, 214],
      [72, 142, 188],
      [32, 98, 152],
      [16, 58, 106],
      [9, 24, 56],
    ],
  },
  dark: {
    zero: [22, 27, 34],
    stops: [
      [26, 62, 92],
      [28, 94, 132],
      [38, 130, 162],
      [84, 168, 178],
      [158, 206, 190],
      [244, 246, 214],
    ],
  },
};

/** Position of a count on the ramp, 0 to 1, growing with the logarithm: a burst does not flatten everything else. */
export function rampPosition(highest: number): (count: number) => number {
  return scaleSymlog([1, Math.max(2, highest)], [0, 1])
    .constant(1)
    .clamp(true);
}

/** Returns the colour of a count under the given theme and highest count. */
export function heatColour(theme: 'light' | 'dark', highest: number): (count: number) => Rgb {
  const { zero, stops } = ramps[theme];
  const domain = stops.map((_, index) => index / (stops.length - 1));
  const channels = [0, 1, 2].map((channel) =>
    scaleLinear(
      domain,
      stops.map((stop) => stop[channel] ?? 0),
    ).clamp(true),
  );
  const position = rampPosition(highest);
  return (count) => {
    if (count <= 0) return zero;
    const at = position(count);
    const [red = 0, green = 0, blue = 0] = channels.map((scale) => Math.round(scale(at)));
    return [red, green, blue];
  };
}

/** Counts to print under the legend: 1, some powers between, and the highest. */
export function legendCounts(highest: number): number[] {
  if (highest < 1) return [];
  const counts = [1];
  for (const step of [3, 10, 30, 100, 300, 1000, 3000, 10_000, 100_000])
    if (step < highest * 0.75) counts.push(step);
  return highest > 1 ? [...counts, highest] : counts;
}

/** One RGBA texel a cell, row after row; a cell of an hour that was never covered stays transparent. */
export function heatTexels(
  grid: HeatGrid,
  covered: readonly boolean[],
  colour: (count: number) => Rgb,
): Uint8ClampedArray<ArrayBuffer> {
  const texels = new Uint8ClampedArray(grid.rows.length * hoursPerWeek * 4);
  const known = new Map<number, Rgb>();
  grid.rows.forEach((row, rowIndex) => {
    for (let hour = 0; hour < hoursPerWeek; hour += 1) {
      if (covered[hour] !== true) continue;
      const count = row.counts[hour] ?? 0;
      const rgb = known.get(count) ?? colour(count);
      known.set(count, rgb);
      texels.set([...rgb, 255], (rowIndex * hoursPerWeek + hour) * 4);
    }
  });
  return texels;
}
