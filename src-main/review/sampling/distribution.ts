// The chance of finding at most so many deviations in a sample: binomial and hypergeometric, summed exactly.

/** Sums shares given as logarithms of consecutive terms, without losing small ones. */
function sumOfTerms(first: number, ratios: Iterable<number>): number {
  let term = first;
  const logs = [first];
  for (const ratio of ratios) {
    term += Math.log(ratio);
    logs.push(term);
  }
  const largest = Math.max(...logs);
  if (largest === -Infinity) return 0;
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return Math.min(1, Math.exp(largest) * sum);
}

/**
 * P(X ≤ deviations) for a sample of `size` out of an endless population.
 * @param rate share of deviations in the population, above 0 and below 1
 */
export function binomialAtMost(deviations: number, size: number, rate: number): number {
  if (deviations >= size) return 1;
  const ratio = (found: number) => ((size - found + 1) / found) * (rate / (1 - rate));
  return sumOfTerms(size * Math.log1p(-rate), upTo(1, deviations, ratio));
}

/** P(X ≤ deviations) for a sample of `size` out of a population that holds `deviating` deviations. */
export function hypergeometricAtMost(
  deviations: number,
  size: number,
  populationSize: number,
  deviating: number,
): number {
  if (deviations >= Math.min(size, deviating)) return 1;
  const sound = populationSize - deviating;
  // A sample larger than what is sound holds some deviations in any case.
  const fewest = Math.max(0, size - sound);
  if (deviations < fewest) return 0;
  const first =
    logChoose(deviating, fewest) + logChoose(sound, size - fewest) - logChoose(populationSize, size);
  const ratio = (found: number) =>
    ((deviating - found + 1) * (size - found + 1)) / (found * (sound - size + found));
  return sumOfTerms(first, upTo(fewest + 1, deviations, ratio));
}

function* upTo(from: number, to: number, value: (at: number) => number): Generator<number> {
  for (let at = from; at <= to; at += 1) yield value(at);
}

/** Natural logarithm of the number of ways to choose. */
function logChoose(from: number, chosen: number): number {
  const fewer = Math.min(chosen, from - chosen);
  let sum = 0;
  for (let index = 0; index < fewer; index += 1) sum += Math.log((from - index) / (index + 1));
  return sum;
}
