// How many standard deviations of a normal distribution a tail probability would be: the scale people know.

/**
 * z with P(Z >= z) = p for a standard normal Z, given ln p: right also where p is too small to be written as a number.
 * Infinite for ln p = −∞ and −∞ for ln p = 0.
 */
export function zEquivalent(logProbability: number): number {
  if (logProbability > -Math.LN2) return -zEquivalent(logComplement(logProbability));
  if (logProbability === -Infinity) return Infinity;
  // Newton on ln P(Z >= z), which is nearly a parabola; the start is above the root, because P(Z >= z) <= exp(−z² / 2) / 2.
  let z = Math.sqrt(-2 * (logProbability + Math.LN2)) + 1e-9;
  for (let step = 0; step < 60; step += 1) {
    const logTail = logNormalTail(z);
    const hazard = Math.exp(-0.5 * z * z - logRootOfTwoPi - logTail);
    const change = (logTail - logProbability) / hazard;
    z += change;
    if (Math.abs(change) <= 1e-15 * Math.abs(z)) break;
  }
  return z;
}

/** ln(1 − p) from ln p. */
function logComplement(logProbability: number): number {
  return Math.log(-Math.expm1(logProbability));
}

const logRootOfTwoPi = 0.5 * Math.log(2 * Math.PI);

/** ln P(Z >= z) for z >= 0: a power series near the middle, Laplace's continued fraction further out (DLMF 7.9.1). */
function logNormalTail(z: number): number {
  const logDensity = -0.5 * z * z - logRootOfTwoPi;
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 3; term > 1e-17 * sum; n += 2) sum += term *= (z * z) / n;
    return Math.log(0.5 - Math.exp(logDensity) * sum);
  }
  let fraction = z;
  for (let n = 160; n >= 1; n -= 1) fraction = z + n / fraction;
  return logDensity - Math.log(fraction);
}
