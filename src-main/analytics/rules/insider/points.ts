// The published points of the insider preset: a measured value in, whole points out, nothing else.

/** 11.25 → 11, 17.5 → 18. */
export function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5);
}

/**
 * Points of a count, 0 below its threshold: round(weight · min(count / threshold, cap) / cap), so that `cap` times the
 * threshold earns the whole weight.
 */
export function countPoints(count: number, threshold: number, weight: number, cap: number): number {
  return count < threshold ? 0 : roundHalfUp((weight * Math.min(count / threshold, cap)) / cap);
}

/**
 * Points of a multiple of what is usual, 0 below its threshold:
 * min(weight, round(weight · (0.5 + 0.5 · min((multiple − threshold + 1) / threshold, 2)))).
 */
export function multiplePoints(multiple: number, threshold: number, weight: number): number {
  if (multiple < threshold) return 0;
  const share = 0.5 + 0.5 * Math.min((multiple - threshold + 1) / threshold, 2);
  return Math.min(weight, roundHalfUp(weight * share));
}

/** A sum of points is a score of at least 0 and at most 100. */
export function heldWithin100(sum: number): number {
  return Math.min(100, Math.max(0, sum));
}
