// Colours counts: one hue family of steadily changing lightness, so that it reads without colour vision in both themes.
import { scaleLinear, scaleSymlog } from 'd3-scale';
import { ramps, type Rgb } from '#shared/charts/heat-scale.ts';
import type { HeatGrid } from './heat-grid.ts';
import { hoursPerWeek } from './heat-grid.ts';

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
