// Tails towards too few, as surprises, −log10 of a probability: the lower tails of counts.
import { surpriseAtLeast } from '../nb/negative-binomial.ts';

/**
 * −log10 P(Y <= count) for Y negative binomial with variance mean + mean² / size, both above 0.
 * P(Y <= y) = I_q(size, y + 1) with q = size / (mean + size) (DLMF 8.17.5 and 8.17.4).
 */
export function surpriseAtMost(count: number, mean: number, size: number): number {
  if (count < 0) return Infinity;
  return surpriseOfBeta(size, count + 1, size / mean);
}

/** −log10 P(X <= count) for X binomial with `trials` and a chance between 0 and 1: I_{1−p}(n − k, k + 1) (DLMF 8.17.5). */
export function surpriseOfSoFew(count: number, trials: number, chance: number): number {
  if (count >= trials || chance <= 0) return 0;
  if (chance >= 1) return Infinity;
  return surpriseOfBeta(trials - count, count + 1, (1 - chance) / chance);
}

/**
 * −log10 I_x(a, b), where x is given as the odds x / (1 − x). The upper tail of a negative binomial is this very function, of
 * count a and size b, for any a above 0.
 */
function surpriseOfBeta(a: number, b: number, odds: number): number {
  return surpriseAtLeast(a, b * odds, b);
}
