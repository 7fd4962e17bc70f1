import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  surpriseAtMost,
  surpriseOfSoFew,
} from '../../../../../src-main/analytics/detectors/cube/count-tail.ts';

describe('lower tail of the negative binomial', () => {
  // Count, mean, size, −log10 P(Y <= count): regularised incomplete beta function at 40 digits (mpmath 1.3 betainc).
  test.each([
    [0, 180, 19.5, 19.6932116288749],
    [0, 5, 0.5, 0.520696342579113],
    [3, 12.25, 8, 1.56791553798899],
    [60, 180, 40, 6.53825521668711],
    [0, 0.02, 0.025, 0.00638181262758265],
    [500, 1000, 50, 4.88328086193053],
    [20, 10, 4, 0.0256440307594997],
    [0, 100000, 50, 165.062354431811],
  ])('P(Y <= %d) of mean %d and size %d', (count, mean, size, surprise) => {
    expect(surpriseAtMost(count, mean, size)).toBeCloseTo(surprise, 9);
  });

  test('agrees with adding the probabilities up one by one', () => {
    const parameters = [
      fc.integer({ min: 0, max: 80 }),
      fc.double({ min: 0.1, max: 100, noNaN: true }),
    ] as const;
    fc.assert(
      fc.property(...parameters, fc.double({ min: 0.3, max: 60, noNaN: true }), (count, mean, size) => {
        let term = (size / (size + mean)) ** size;
        let sum = term;
        for (let at = 0; at < count; at += 1) {
          term *= ((at + size) / (at + 1)) * (mean / (mean + size));
          sum += term;
        }
        expect(10 ** -surpriseAtMost(count, mean, size)).toBeCloseTo(sum, 9);
      }),
    );
  });

  test('no count is below none, and every count is below a great many', () => {
    expect(surpriseAtMost(-1, 5, 2)).toBe(Infinity);
    expect(surpriseAtMost(10_000, 5, 2)).toBeCloseTo(0, 12);
  });
});

describe('lower tail of the binomial', () => {
  // Count, trials, chance, −log10 P(X <= count): exact fractions, summed term by term.
  test.each([
    [0, 50, 5 / 56, 2.0308925454132],
    [0, 127, 1 / 28, 2.00587193227045],
    [2, 300, 5 / 56, 9.52118736606619],
    [1, 10, 1 / 2, 1.96890727148159],
  ])('P(X <= %d) of %d trials with chance %d', (count, trials, chance, surprise) => {
    expect(surpriseOfSoFew(count, trials, chance)).toBeCloseTo(surprise, 9);
  });

  test('all trials, and chances at the edges', () => {
    expect(surpriseOfSoFew(5, 5, 0.3)).toBe(0);
    expect(surpriseOfSoFew(0, 5, 0)).toBe(0);
    expect(surpriseOfSoFew(0, 5, 1)).toBe(Infinity);
  });
});
