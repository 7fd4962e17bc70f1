// Places one column a day: all of something, and within it the part that is looked at.
import { scaleBand } from 'd3-scale';
import { columnHeights } from './column-height.ts';

/** Null where nothing is known of a day. */
export type DayCount = { day: string; all: number | null; same: number | null };

export type DayColumn = DayCount & { x: number; width: number; allHeight: number; sameHeight: number };

const leastHeight = 1.5;

/** Columns in a box of `width` × `height`, on one linear scale from 0 to the highest day, which comes back as `top`. */
export function dayColumns(
  days: readonly DayCount[],
  { width, height }: { width: number; height: number },
): { columns: DayColumn[]; top: number } {
  const top = Math.max(0, ...days.map(({ all }) => all ?? 0));
  const x = scaleBand<number>([...days.keys()], [0, width]).paddingInner(0.2);
  const heightOf = columnHeights(top, height, leastHeight);
  const columns = days.map((day, index) => ({
    ...day,
    x: x(index) ?? 0,
    width: x.bandwidth(),
    allHeight: heightOf(day.all),
    sameHeight: heightOf(day.same),
  }));
  return { columns, top };
}
