// How improbable a deviation is beside earlier ones, also beyond anything seen so far.
import type { SeriesParameters } from './series-method.ts';
import type { SortedWindow } from './sorted-window.ts';

export interface TailSurprise {
  /** −log10 of the chance of a deviation this large or larger; 0 while learning. */
  readonly surprise: number;
  /** Earlier deviations it was compared with. */
  readonly known: number;
  /** The deviation above which the tail begins, and how many of the earlier ones lie above. */
  readonly tailStart: number;
  readonly tailCount: number;
  /** Hill's estimate drawn towards the prior; 0 where the rank was used instead. */
  readonly tailIndex: number;
}

const nothingKnown: TailSurprise = { surprise: 0, known: 0, tailStart: 0, tailCount: 0, tailIndex: 0 };

/**
 * Compares a deviation (>= 0) with earlier ones.
 *
 * Inside the known range the chance is the rank: p = (number as large or larger + 1) / (n + 1). In the tail it is
 * p = k / n × (u / t)^(−1/γ): t = the (k + 1)-th largest, γ = (Σ ln(uᵢ / t) + weight × prior) / (k + weight) over the k above it
 * (Hill 1975; the prior keeps a handful of values from promising certainty). Where fewer than k deviations are above zero, those are the tail
 * and the smallest of them is t. The first deviation ever from what was always the same counts as ten times rarer than 1 / n.
 */
export function tailSurprise(
  earlier: SortedWindow,
  deviation: number,
  parameters: SeriesParameters,
): TailSurprise {
  const known = earlier.size;
  if (known < parameters.learningPoints) return { ...nothingKnown, known };
  const tail = tailOf(earlier, parameters.tailShare);
  if (!(deviation > tail.start) || deviation <= 0) {
    const notBelow = known - earlier.countBelow(deviation);
    const surprise = Math.log10((known + 1) / (notBelow + 1));
    return { surprise, known, tailStart: tail.start, tailCount: tail.count, tailIndex: 0 };
  }
  if (tail.count === 0)
    return { surprise: Math.log10(known) + 1, known, tailStart: 0, tailCount: 0, tailIndex: 0 };
  let sum = parameters.priorWeight * parameters.priorTailIndex;
  for (let rank = known - tail.count; rank < known; rank += 1)
    sum += Math.log(earlier.at(rank)) - Math.log(tail.start);
  const tailIndex = sum / (tail.count + parameters.priorWeight);
  // Logarithms apart: the quotient of two extreme numbers need not be a number.
  const excess = Math.log10(deviation) - Math.log10(tail.start);
  const surprise = Math.log10(known / tail.count) + excess / tailIndex;
  return { surprise, known, tailStart: tail.start, tailCount: tail.count, tailIndex };
}

/** Never fewer than this many deviations make a tail, where there are as many. */
const smallestTail = 10;

function tailOf(earlier: SortedWindow, share: number): { start: number; count: number } {
  const wanted = Math.max(smallestTail, Math.floor(earlier.size * share));
  const start = earlier.at(Math.max(0, earlier.size - wanted - 1));
  if (start > 0) return { start, count: wanted };
  const zeros = earlier.countBelow(Number.MIN_VALUE);
  const count = earlier.size - zeros;
  return { start: count === 0 ? 0 : earlier.at(zeros), count };
}

/** The deviation at which a comparison would reach a surprise: {@link tailSurprise} solved for u, never less than the tail's start. */
export function deviationAt(
  surprise: number,
  { known, tailStart, tailCount, tailIndex }: TailSurprise,
): number {
  if (tailIndex === 0 || tailCount === 0) return tailStart;
  const beyond = Math.max(0, surprise - Math.log10(known / tailCount));
  return tailStart * 10 ** (tailIndex * beyond);
}
