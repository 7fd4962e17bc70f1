// The upper tail of the negative binomial distribution, in logarithms, so that it says something however small it gets.

/**
 * Surprise S = −log10 P(Y >= count) for Y negative binomial with variance mean + mean² / size.
 * Right to about twelve digits, also where the probability itself is smaller than any number can be.
 * @param mean above 0. @param size above 0 and finite.
 */
export function surpriseAtLeast(count: number, mean: number, size: number): number {
  const logarithm = logTailProbability(count, mean, size);
  return logarithm === 0 ? 0 : -logarithm / Math.LN10;
}

/**
 * ln P(Y >= count). The tail is a regularised incomplete beta function: P(Y >= y) = I_x(y, size) with
 * x = mean / (mean + size) (DLMF 8.17.5 with the binomial sum counted in failures).
 * @throws RangeError when mean or size is not a positive finite number.
 */
export function logTailProbability(count: number, mean: number, size: number): number {
  if (!(mean > 0 && mean < Infinity && size > 0 && size < Infinity))
    throw new RangeError('A negative binomial needs a positive mean and a positive size.');
  if (count <= 0) return 0;
  const logX = -Math.log1p(size / mean);
  const logRest = -Math.log1p(mean / size);
  const x = mean / (mean + size);
  if (x < (count + 1) / (count + size + 2)) return logIncompleteBeta(x, logX, logRest, count, size);
  return Math.log1p(-Math.exp(logIncompleteBeta(size / (mean + size), logRest, logX, size, count)));
}

/** ln I_x(a, b) by the continued fraction DLMF 8.17.22, which converges fast for x < (a + 1) / (a + b + 2). */
function logIncompleteBeta(x: number, logX: number, logRest: number, a: number, b: number): number {
  const factor = a * logX + b * logRest - Math.log(a) - logBeta(a, b);
  return factor - Math.log(continuedFraction(x, a, b));
}

/** 1 + d1/(1 + d2/(1 + …)), by the modified Lentz method. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let value = 1;
  let numerator = 1;
  let denominator = 0;
  for (let step = 1; step <= mostSteps; step += 1) {
    const m = step >> 1;
    const term =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + step - 1) * (a + step))
        : (-(a + m) * (a + b + m) * x) / ((a + step - 1) * (a + step));
    denominator = 1 / orTiny(1 + term * denominator, tiny);
    numerator = orTiny(1 + term / numerator, tiny);
    const change = numerator * denominator;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) return value;
  }
  throw new RangeError('The tail of this negative binomial could not be computed.');
}

/** It needs a number of steps that grows as the square root of the larger parameter: enough for 10^11 events in an hour. */
const mostSteps = 1_000_000;

function orTiny(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b). */
function logBeta(a: number, b: number): number {
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  if (large < firstLarge) return logGamma(a) + logGamma(b) - logGamma(a + b);
  // Both are nearly equal when one is large: their difference is taken term by term, or its digits would be lost.
  const difference =
    (large - 0.5) * Math.log1p(small / large) +
    small * (Math.log(large + small) - 1) +
    stirlingRest(large + small) -
    stirlingRest(large);
  return logGamma(small) - difference;
}

const firstLarge = 12;

/** ln Γ(x) for x > 0: Stirling's series, after moving x up to where five terms of it are exact to sixteen digits. */
export function logGamma(x: number): number {
  let product = 1;
  let moved = x;
  for (; moved < firstLarge; moved += 1) product *= moved;
  const stirling =
    (moved - 0.5) * Math.log(moved) - moved + 0.5 * Math.log(2 * Math.PI) + stirlingRest(moved);
  return stirling - Math.log(product);
}

/** What Stirling's formula leaves out (DLMF 5.11.1), for x >= {@link firstLarge}. */
function stirlingRest(x: number): number {
  const square = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / x;
}
