// Attribute sampling: how many items must be tested, and what so many deviations among them say about the population.
import { Problem } from '#shared/model/problem.ts';
import type { AttributeMethod, SampleAssessment } from '#shared/model/sampling.ts';
import { binomialAtMost, hypergeometricAtMost } from './distribution.ts';

/** The fewest deviations of a population that reach the tolerable rate. Rates have four decimals, so this is exact. */
export function tolerableDeviations(populationSize: number, tolerableRate: number): number {
  return Math.ceil((populationSize * Math.round(tolerableRate * 10_000)) / 10_000);
}

/** The chance that a population at the tolerable rate passes all the same. */
function chanceToPass(method: AttributeMethod, size: number, populationSize: number): number {
  const { allowedDeviations, tolerableRate } = method;
  if (method.model === 'binomial') return binomialAtMost(allowedDeviations, size, tolerableRate);
  const deviating = tolerableDeviations(populationSize, tolerableRate);
  return hypergeometricAtMost(allowedDeviations, size, populationSize, deviating);
}

/**
 * The smallest sample in which a population at the tolerable rate shows more than the allowed deviations with the wanted
 * confidence: P(X ≤ allowed) ≤ 1 − confidence. At most the whole population.
 * @throws Problem `refused` where even the whole population could not tell, because so few deviations are tolerable.
 */
export function attributeSampleSize(method: AttributeMethod, populationSize: number): number {
  const risk = 1 - method.confidence;
  if (
    method.model === 'hypergeometric' &&
    tolerableDeviations(populationSize, method.tolerableRate) <= method.allowedDeviations
  )
    throw new Problem(
      'refused',
      `Among ${populationSize} items ${method.allowedDeviations} deviations are already the tolerable rate, so no sample can allow that many.`,
      { next: 'Allow fewer deviations, or test every item.' },
    );
  let least = Math.min(method.allowedDeviations + 1, populationSize);
  let most = least;
  while (most < populationSize && !isEnough(chanceToPass(method, most, populationSize), risk)) {
    least = most + 1;
    most = Math.min(2 * most, populationSize);
  }
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (isEnough(chanceToPass(method, middle, populationSize), risk)) most = middle;
    else least = middle + 1;
  }
  return most;
}

/** A chance that equals the risk but for the rounding of the last digits is enough. */
const isEnough = (chance: number, risk: number): boolean => chance <= risk * (1 + 1e-9);

/**
 * What a tested sample says. The upper limit is the one-sided limit of Clopper and Pearson; for a finite population it is
 * the largest share of deviations under which a result as good as this one still has more than the risk as its chance.
 */
export function assessSample(
  method: AttributeMethod,
  populationSize: number,
  tested: number,
  deviations: number,
): SampleAssessment {
  const risk = 1 - method.confidence;
  const upperLimit =
    tested === 0
      ? 1
      : method.model === 'binomial'
        ? binomialLimit(tested, deviations, risk)
        : finiteLimit(populationSize, tested, deviations, risk);
  const isSupported =
    method.model === 'binomial'
      ? upperLimit <= method.tolerableRate
      : Math.round(upperLimit * populationSize) < tolerableDeviations(populationSize, method.tolerableRate);
  return { tested, deviations, upperLimit, isSupported };
}

function binomialLimit(tested: number, deviations: number, risk: number): number {
  if (deviations >= tested) return 1;
  let low = deviations / tested;
  let high = 1;
  // Halved until two neighbouring numbers are left.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (binomialAtMost(deviations, tested, middle) > risk) low = middle;
    else high = middle;
  }
  return high;
}

function finiteLimit(populationSize: number, tested: number, deviations: number, risk: number): number {
  let possible = deviations;
  let excluded = populationSize - tested + deviations + 1;
  while (excluded - possible > 1) {
    const middle = Math.floor((possible + excluded) / 2);
    const chance = hypergeometricAtMost(deviations, tested, populationSize, middle);
    if (isEnough(chance, risk)) excluded = middle;
    else possible = middle;
  }
  return possible / populationSize;
}
