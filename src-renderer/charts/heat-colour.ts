// Colours counts: one hue family of steadily changing lightness, so that it reads without colour vision in both themes.
import { rampColour, ramps, type HeatTheme, type Rgb } from '#shared/charts/heat-scale.ts';
import { highestOf, type HeatGrid, type HeatRow } from './heat-grid.ts';

export const heatScales = ['log', 'linear', 'row'] as const;
/** `log` and `linear` compare all cells; `row` compares the cells of one row with its own highest. */
export type HeatScale = (typeof heatScales)[number];

/** Returns the colour of a cell’s count; `rowHighest` is the highest count of its row. */
export type HeatPaint = (count: number, rowHighest: number) => Rgb;

export function heatPaint(theme: HeatTheme, scale: HeatScale, highest: number): HeatPaint {
  if (scale === 'log') return (count) => rampColour(theme, highest, count);
  if (scale === 'linear') return (count) => linearColour(theme, highest === 0 ? 0 : count / highest);
  return (count, rowHighest) => linearColour(theme, rowHighest === 0 ? 0 : count / rowHighest);
}

/** A share above zero is never the colour of zero. */
function linearColour(theme: HeatTheme, share: number): Rgb {
  const { zero, stops } = ramps[theme];
  return share <= 0 ? zero : between(stops, Math.min(1, share));
}

/** The colour at a place from 0 to 1 along stops, in straight lines. */
export function between(stops: readonly Rgb[], place: number): Rgb {
  const at = place * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(at));
  const [from, to] = [stops[lower]!, stops[lower + 1]!];
  const mixed = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] * (1 - (at - lower)) + to[channel] * (at - lower));
  return [mixed(0), mixed(1), mixed(2)];
}

/** One RGBA texel a cell, row after row; a cell nobody looked at stays transparent. */
export function heatTexels(
  { rows, columns }: Pick<HeatGrid, 'rows' | 'columns'>,
  paint: HeatPaint,
): Uint8ClampedArray<ArrayBuffer> {
  const texels = new Uint8ClampedArray(rows.length * columns * 4);
  rows.forEach((row, place) => texels.set(rowTexels(row, paint), place * columns * 4));
  return texels;
}

function rowTexels(row: HeatRow, paint: HeatPaint): Uint8ClampedArray {
  const texels = new Uint8ClampedArray(row.counts.length * 4);
  const highest = highestOf(row);
  const known = new Map<number, Rgb>();
  row.counts.forEach((count, column) => {
    if (Number.isNaN(count)) return;
    const rgb = known.get(count) ?? paint(count, highest);
    known.set(count, rgb);
    texels.set([...rgb, 255], column * 4);
  });
  return texels;
}
