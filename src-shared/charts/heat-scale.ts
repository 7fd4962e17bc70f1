// The colours of counts in a heatmap, and the counts to explain them with.

export type Rgb = readonly [red: number, green: number, blue: number];
export type HeatTheme = 'light' | 'dark';

type Ramp = { readonly zero: Rgb; readonly stops: readonly Rgb[] };

/**
 * From few to many: one hue family of steadily changing lightness, so that it reads without colour vision in both themes.
 * On a light page more is darker, on a dark page more is lighter.
 */
export const ramps: Readonly<Record<HeatTheme, Ramp>> = {
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

/** Place of a count from 0 to 1, growing with log(1 + count) from 1 to the highest: a burst does not flatten everything else. */
export function rampPlace(count: number, highest: number): number {
  const least = Math.log1p(1);
  const place = (Math.log1p(count) - least) / (Math.log1p(Math.max(2, highest)) - least);
  return Math.min(1, Math.max(0, place));
}

/** The colour of a count, in straight lines between the stops of the ramp. */
export function rampColour(theme: HeatTheme, highest: number, count: number): Rgb {
  const { zero, stops } = ramps[theme];
  if (count <= 0) return zero;
  const at = rampPlace(count, highest) * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(at));
  const from = stops[lower]!;
  const to = stops[lower + 1]!;
  const mixed = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] * (1 - (at - lower)) + to[channel] * (at - lower));
  return [mixed(0), mixed(1), mixed(2)];
}

/** Counts to print under the legend: 1, some powers between, and the highest. */
export function legendCounts(highest: number): number[] {
  if (highest < 1) return [];
  const counts = [1];
  for (const step of [3, 10, 30, 100, 300, 1000, 3000, 10_000, 100_000])
    if (step < highest * 0.75) counts.push(step);
  return highest > 1 ? [...counts, highest] : counts;
}
