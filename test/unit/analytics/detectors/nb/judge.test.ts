import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isLargeEnough,
  largestExpectation,
  smallestListed,
  type Test,
} from '../../../../../src-main/analytics/detectors/nb/judge.ts';
import { surpriseAtLeast } from '../../../../../src-main/analytics/detectors/nb/negative-binomial.ts';
import { nbParameters } from '../../../../../src-main/analytics/detectors/nb/parameters.ts';

const mean = fc.double({ min: 0.001, max: 300, noNaN: true });
const size = fc.double({ min: 0.02, max: 50, noNaN: true });
const looks = fc.integer({ min: 1, max: 200 });

function isListed(count: number, lambda: number, k: number, looked: number): boolean {
  const surprise = surpriseAtLeast(count, lambda, k) - Math.log10(looked);
  return isLargeEnough(count, lambda, nbParameters) && surprise >= nbParameters.threshold;
}

describe('listing conditions', () => {
  test('the smallest listed count is listed, and one less is not', () => {
    fc.assert(
      fc.property(mean, size, looks, (lambda, k, looked) => {
        const judge = (count: number) =>
          ({ surprise: surpriseAtLeast(count, lambda, k) - Math.log10(looked) }) as Test;
        const smallest = smallestListed(judge, lambda, nbParameters);
        expect(isListed(smallest, lambda, k, looked)).toBe(true);
        expect(isListed(smallest - 1, lambda, k, looked)).toBe(false);
      }),
    );
  });

  test('nothing is listed where more is expected than its largest expectation', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 400 }),
        fc.double({ min: 1, max: 1.5, noNaN: true, minExcluded: true }),
        size,
        looks,
        (count, factor, k, looked) => {
          const limit = largestExpectation(count, looked, nbParameters);
          expect(isListed(count, limit * factor, k, looked)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('the largest expectation is no smaller than need be, where counts are steady', () => {
    for (const count of [3, 6, 20, 90]) {
      const limit = largestExpectation(count, 10, nbParameters);
      // A Poisson variable, nearly; its tail is a little more than its first term.
      expect(isListed(count, limit * 0.8, 1e7, 10)).toBe(true);
    }
  });

  test('a count is large enough from 1.5 times the expected plus 2 on, and from 3 on', () => {
    expect([2, 3].map((count) => isLargeEnough(count, 0, nbParameters))).toEqual([false, true]);
    expect([7, 8].map((count) => isLargeEnough(count, 4, nbParameters))).toEqual([false, true]);
  });
});
