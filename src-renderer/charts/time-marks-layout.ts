// Places dated marks along a span of days; several of one day stand on top of each other.
import { scaleLinear } from 'd3-scale';

export type TimeMark = {
  readonly id: string;
  readonly date: string;
  readonly isLate: boolean;
  readonly title: string;
};
export type PlacedMark = TimeMark & { x: number; level: number };

const dayMs = 86_400_000;
const numberOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);

/** The middle of a day on a line of `width`; days outside the span stand at its edges. */
export function dayScale(span: { from: string; to: string }, width: number): (date: string) => number {
  const scale = scaleLinear([numberOf(span.from), numberOf(span.to) + 1], [0, width]).clamp(true);
  return (date) => scale(numberOf(date) + 0.5);
}

/** More at one place than `most` are left out of the drawing; lists beside it have them all. */
export function placedMarks(
  marks: readonly TimeMark[],
  span: { from: string; to: string },
  width: number,
  most: number,
): PlacedMark[] {
  const at = dayScale(span, width);
  const levels = new Map<number, number>();
  return marks.flatMap((mark) => {
    const x = at(mark.date);
    const level = levels.get(x) ?? 0;
    levels.set(x, level + 1);
    return level < most ? [{ ...mark, x, level }] : [];
  });
}
