// How surprising a count is under a fit, with every number in between.
import type { CellFit } from './fit.ts';
import { logGamma, logTailProbability } from './negative-binomial.ts';
import type { NbParameters } from './parameters.ts';

/** One test: λ = alpha / beta, size k = 1 / (dispersion + 1 / alpha), S = −log10 P(NB(k, λ) >= count) − log10(looks). */
export interface Test {
  readonly count: number;
  readonly cell: number;
  /** Null when there are no peers to compare with, or they do not matter. */
  readonly peerDispersion: number | null;
  readonly alpha: number;
  readonly beta: number;
  readonly lambda: number;
  readonly ownDispersion: number;
  readonly dispersion: number;
  readonly size: number;
  /** ln P(Y >= count). */
  readonly logProbability: number;
  /** How many alike were looked at to find this one. */
  readonly looks: number;
  readonly surprise: number;
}

type CountConditions = Pick<NbParameters, 'minimumCount' | 'countSlope' | 'countOffset'>;

/** Whether a count is large enough to be listed, however surprising it is; λ is what was expected. */
export function isLargeEnough(
  count: number,
  lambda: number,
  { minimumCount, countSlope, countOffset }: CountConditions,
): boolean {
  return count >= minimumCount && count >= countSlope * lambda + countOffset;
}

/**
 * An expectation above which a count cannot reach the threshold, whatever the dispersion. A negative binomial has a heavier
 * tail than a Poisson variable of the same mean, and that tail is at least its first term e^−λ λ^y / y!.
 */
export function largestExpectation(
  count: number,
  looks: number,
  { threshold, countSlope, countOffset }: NbParameters,
): number {
  const least = -(threshold + Math.log10(looks)) * Math.LN10 + logGamma(count + 1);
  let low = 0;
  let high = count;
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (count * Math.log(middle) - middle > least) high = middle;
    else low = middle;
  }
  return Math.min(high, (count - countOffset) / countSlope);
}

/**
 * Judges a count in a cell of a fit.
 * @param peerDispersion median dispersion of the peers; null leaves the own one as it is.
 */
export function judgeCount(
  fit: CellFit,
  cell: number,
  count: number,
  peerDispersion: number | null,
  looks: number,
  { kappa, peerShare }: NbParameters,
): Test {
  const alpha = kappa * fit.lambda0[cell]! + fit.sums[cell]!;
  const beta = kappa + fit.weights[cell]!;
  const lambda = fit.lambda[cell]!;
  const dispersion = (1 - peerShare) * fit.dispersion + peerShare * (peerDispersion ?? fit.dispersion);
  const size = 1 / (dispersion + 1 / alpha);
  const logProbability = logTailProbability(count, lambda, size);
  const surprise = Math.max(0, -logProbability / Math.LN10 - Math.log10(looks));
  return {
    count,
    cell,
    peerDispersion,
    alpha,
    beta,
    lambda,
    ownDispersion: fit.dispersion,
    dispersion,
    size,
    logProbability,
    looks,
    surprise,
  };
}

/** The smallest count that would be listed in this cell; everything from there on would. */
export function smallestListed(
  judge: (count: number) => Test,
  lambda: number,
  parameters: NbParameters,
): number {
  const { threshold, minimumCount, countSlope, countOffset } = parameters;
  const isListed = (count: number) => judge(count).surprise >= threshold;
  let least = Math.max(minimumCount, Math.ceil(countSlope * lambda + countOffset));
  let most = least;
  while (!isListed(most)) {
    least = most + 1;
    most *= 2;
  }
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (isListed(middle)) most = middle;
    else least = middle + 1;
  }
  return most;
}
