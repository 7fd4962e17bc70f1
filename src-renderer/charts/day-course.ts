// Places a score of each day on a scale from 0 to 100, with the days that are labelled.
import { sparkLine, type SparkLine } from './spark-line.ts';

export type DayScore = { readonly day: string; readonly score: number };

export type DayCourse = SparkLine & {
  /** Scores that are ruled. */
  readonly rules: readonly { score: number; y: number }[];
  readonly labels: readonly { day: string; x: number }[];
};

export const topScore = 100;
const ruled = [0, 50, topScore];
const daysPerLabel = 30;

/** The last one is the present; a box of `width` × `height` pixels. */
export function dayCourse(
  scores: readonly DayScore[],
  { width, height }: { width: number; height: number },
): DayCourse {
  const step = width / Math.max(1, scores.length - 1);
  return {
    ...sparkLine(
      scores.map(({ score }) => score),
      { width, height, top: topScore },
    ),
    rules: ruled.map((score) => ({ score, y: height * (1 - score / topScore) })),
    labels: scores.flatMap(({ day }, at) =>
      (scores.length - 1 - at) % daysPerLabel === 0 ? [{ day, x: at * step }] : [],
    ),
  };
}
