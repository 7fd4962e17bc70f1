// Places the hours of one day and the stretches of it that are not covered; days have 23 to 25 hours.
import { scaleLinear } from 'd3-scale';
import { columnHeights } from './column-height.ts';

export type HourCount = { readonly from: string; readonly to: string; readonly events: number };
export type HourGap = {
  readonly from: string;
  readonly to: string;
  readonly why: string;
  readonly blocks: boolean;
};

export type HourColumn = HourCount & { x: number; width: number; height: number };
export type Stretch = HourGap & { x: number; width: number };

const space = 2;
const leastHeight = 2;

/** Everything in a box of `width` × `height`; columns share one scale from 0 to the busiest hour. */
export function dayHourColumns(
  hours: readonly HourCount[],
  gaps: readonly HourGap[],
  { width, height }: { width: number; height: number },
): { columns: HourColumn[]; stretches: Stretch[] } {
  const [first, last] = [hours.at(0), hours.at(-1)];
  if (first === undefined || last === undefined) return { columns: [], stretches: [] };
  const x = scaleLinear([Date.parse(first.from), Date.parse(last.to)], [0, width]).clamp(true);
  const at = (instant: string) => x(Date.parse(instant));
  const heightOf = columnHeights(Math.max(0, ...hours.map(({ events }) => events)), height, leastHeight);
  const columns = hours.map((hour) => ({
    ...hour,
    x: at(hour.from) + space / 2,
    width: Math.max(1, at(hour.to) - at(hour.from) - space),
    height: heightOf(hour.events),
  }));
  const stretches = gaps.map((gap) => ({ ...gap, x: at(gap.from), width: at(gap.to) - at(gap.from) }));
  return { columns, stretches };
}
