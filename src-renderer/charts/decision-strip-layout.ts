// Places the days on which somebody decided along the days of a campaign, alone decisions below those made together.
import { scaleBand, scaleLinear } from 'd3-scale';
import { columnHeights } from './column-height.ts';

export type StripDay = { readonly date: string; readonly alone: number; readonly together: number };

export type StripColumn = StripDay & {
  x: number;
  width: number;
  /** From the top of the box. */
  aloneY: number;
  aloneHeight: number;
  togetherY: number;
  togetherHeight: number;
};

const dayMs = 86_400_000;
const numberOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);

export type StripSpan = {
  /** First and last date that are drawn. */
  readonly from: string;
  readonly to: string;
  /** The most decisions of any day of anybody: strips on one scale can be compared. */
  readonly top: number;
};

const leastHeight = 1.5;

/** Columns of the days within the span that have decisions, in a box of `width` × `height`. */
export function decisionStrip(
  days: readonly StripDay[],
  { from, to, top }: StripSpan,
  { width, height }: { width: number; height: number },
): StripColumn[] {
  const first = numberOf(from);
  const count = Math.max(1, numberOf(to) - first + 1);
  const x = scaleBand<number>(
    Array.from({ length: count }, (_, place) => place),
    [0, width],
  ).paddingInner(0.2);
  const heightOf = columnHeights(top, height, leastHeight);
  return days.flatMap((day) => {
    const at = x(numberOf(day.date) - first);
    if (at === undefined) return [];
    const aloneHeight = heightOf(day.alone);
    const togetherHeight = heightOf(day.together);
    const aloneY = height - aloneHeight;
    return [
      {
        ...day,
        x: at,
        width: x.bandwidth(),
        aloneY,
        aloneHeight,
        togetherY: aloneY - togetherHeight,
        togetherHeight,
      },
    ];
  });
}

/** Where a date begins and ends along the strip; null where it is not drawn. */
export function stripDate(
  date: string,
  { from, to }: Pick<StripSpan, 'from' | 'to'>,
  width: number,
): number | null {
  const [first, at, last] = [numberOf(from), numberOf(date), numberOf(to)];
  if (at < first || at > last) return null;
  return scaleLinear([first, last + 1], [0, width])(at + 1);
}
