// How far a count is from what was counted before, in standard deviations.

export interface Deviation {
  readonly mean: number;
  /** Sample standard deviation, n − 1. */
  readonly sd: number;
  /** max(sd, sqrt(mean), 1): counts scatter by at least the root of their mean, and by at least one. */
  readonly deviationUsed: number;
  readonly isFloorUsed: boolean;
  /** Buckets counted, empty ones included. */
  readonly n: number;
  /** (count − mean) / sd; not finite when sd is 0. */
  readonly rawZ: number;
  /** (count − mean) / deviationUsed. */
  readonly z: number;
}

/**
 * Compares a count with the buckets held out before it.
 * @param sum of the n counts before, and the sum of their squares.
 */
export function deviationOf(count: number, n: number, sum: number, sumOfSquares: number): Deviation {
  const mean = n === 0 ? 0 : sum / n;
  // Rounding may push the difference of two large sums below zero.
  const sd = n < 2 ? 0 : Math.sqrt(Math.max(0, sumOfSquares - sum * mean) / (n - 1));
  const deviationUsed = Math.max(sd, Math.sqrt(mean), 1);
  return {
    mean,
    sd,
    deviationUsed,
    isFloorUsed: deviationUsed > sd,
    n,
    rawZ: (count - mean) / sd,
    z: (count - mean) / deviationUsed,
  };
}
