// Judges a whole numeric series at once: a score for every point, an explanation for every point over the threshold.
import { explainPoint, type SeriesExplanation } from './explain-point.ts';
import { SeriesJudge } from './series-judge.ts';
import { seriesDefaults, type SeriesParameters } from './series-method.ts';

export interface SeriesOptions {
  /** Time of the first value, seconds since the epoch; days and weeks are UTC ones. 0 unless given. */
  readonly startSeconds?: number;
  readonly parameters?: Partial<SeriesParameters>;
}

export interface SeriesResult {
  /** One for each value, 0–1; 0.5 is the threshold. NaN where there was nothing to judge. */
  readonly scores: Float64Array;
  /** −log10 of a chance, before anything was made quiet. */
  readonly surprises: Float64Array;
  /** Of every point over the threshold, quiet ones included, in order. */
  readonly explanations: readonly SeriesExplanation[];
}

/**
 * Judges values at equal distances. No score depends on a later value.
 * @param values missing ones as NaN; an infinite one counts as missing.
 * @param stepSeconds distance of two values, > 0.
 */
export function judgeSeries(
  values: Float64Array,
  stepSeconds: number,
  { startSeconds = 0, parameters = {} }: SeriesOptions = {},
): SeriesResult {
  const seconds = Float64Array.from(values, (_, index) => startSeconds + index * stepSeconds);
  return judge(seconds, values, stepSeconds, { ...seriesDefaults, ...parameters });
}

/**
 * Judges values at given times, in seconds since the epoch, ascending; equal times are allowed. No score depends on a later value:
 * the usual step is that of the first intervals.
 */
export function judgeTimedSeries(
  seconds: Float64Array,
  values: Float64Array,
  parameters: Partial<SeriesParameters> = {},
): SeriesResult {
  return judge(seconds, values, usualStepSeconds(seconds), { ...seriesDefaults, ...parameters });
}

/** So many intervals tell the usual step. More would let later points reach back; nothing is judged before these anyway. */
const stepIntervals = 20;

/** The middle one of the first intervals above zero; 1 where there is none. */
export function usualStepSeconds(seconds: Float64Array): number {
  const intervals = seconds
    .subarray(1, stepIntervals + 1)
    .map((second, index) => second - seconds[index]!)
    .filter((interval) => interval > 0)
    .toSorted();
  return intervals[intervals.length >>> 1] ?? 1;
}

function judge(
  seconds: Float64Array,
  values: Float64Array,
  stepSeconds: number,
  parameters: SeriesParameters,
): SeriesResult {
  const judge = new SeriesJudge(stepSeconds, parameters);
  const scores = new Float64Array(values.length).fill(Number.NaN);
  const surprises = new Float64Array(values.length).fill(Number.NaN);
  const explanations: SeriesExplanation[] = [];
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index])) continue;
    const judgement = judge.next(seconds[index]!, values[index]!);
    scores[index] = judgement.score;
    surprises[index] = judgement.surprise;
    if (judgement.surprise >= parameters.threshold)
      explanations.push(explainPoint(index, judgement, parameters));
  }
  return { scores, surprises, explanations };
}
