import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microsecondsPerDay } from '../../../src-shared/time/instant.ts';
import {
  isTunedDown,
  laplace,
  measurePrecision,
  missRate,
  rankOf,
  thresholdRise,
  type Judged,
} from '../../../src-main/analytics/precision.ts';

const nowUs = 20_000 * microsecondsPerDay;
const judged = (disposition: Judged['disposition'], daysAgo = 0, changes: Partial<Judged> = {}): Judged => ({
  detector: 'nb',
  sourceAccount: 'primary',
  actor: 'dana',
  disposition,
  atMicroseconds: nowUs - daysAgo * microsecondsPerDay,
  ...changes,
});
const times = (count: number, one: Judged) => Array.from({ length: count }, () => one);

describe('precision', () => {
  test('is (TP + 1) / (TP + FP + 2) by detector and account; acknowledged is neither', () => {
    const list = [
      ...times(3, judged('escalated')),
      judged('false-positive'),
      ...times(4, judged('acknowledged')),
      judged('false-positive', 0, { sourceAccount: 'other' }),
      judged('acknowledged', 0, { detector: 'sod' }),
    ];
    expect(measurePrecision(list)).toEqual([
      { detector: 'nb', sourceAccount: 'other', truePositives: 0, falsePositives: 1, precision: 1 / 3 },
      { detector: 'nb', sourceAccount: 'primary', truePositives: 3, falsePositives: 1, precision: 4 / 6 },
      { detector: 'sod', sourceAccount: 'primary', truePositives: 0, falsePositives: 0, precision: 1 / 2 },
    ]);
  });

  test('lies strictly between 0 and 1, rises with hits and falls with misses', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (hits, misses) => {
        expect(laplace(hits, misses)).toBeGreaterThan(0);
        expect(laplace(hits, misses)).toBeLessThan(1);
        expect(laplace(hits + 1, misses)).toBeGreaterThan(laplace(hits, misses));
        expect(laplace(hits, misses + 1)).toBeLessThan(laplace(hits, misses));
      }),
    );
  });

  test('a rank is the score where nothing is known, and at most half more or less', () => {
    expect(rankOf(4, laplace(0, 0))).toBe(4);
    expect(rankOf(4, laplace(8, 0))).toBeCloseTo(4 * 1.4, 12);
    expect(rankOf(4, laplace(0, 8))).toBeCloseTo(4 * 0.6, 12);
  });
});

describe('the threshold', () => {
  test('rises after five false positives and none escalated, and not before', () => {
    expect(thresholdRise(times(4, judged('false-positive')), nowUs)).toBe(0);
    expect(thresholdRise(times(5, judged('false-positive')), nowUs)).toBe(1);
    expect(thresholdRise(times(50, judged('false-positive')), nowUs)).toBe(1);
    expect(thresholdRise([...times(50, judged('false-positive')), judged('escalated', 59)], nowUs)).toBe(0);
    expect(thresholdRise([...times(50, judged('false-positive')), judged('escalated', 60)], nowUs)).toBe(1);
  });

  test('falls back in sixty days', () => {
    expect(thresholdRise(times(5, judged('false-positive', 30)), nowUs)).toBeCloseTo(0.5, 12);
    expect(thresholdRise(times(5, judged('false-positive', 59)), nowUs)).toBeCloseTo(1 / 60, 12);
    expect(thresholdRise(times(5, judged('false-positive', 60)), nowUs)).toBe(0);
  });

  test.each(['sod', 'gap', 'fail_burst', 'z3', 'mass'])('of %s stays where it is', (detector) => {
    expect(thresholdRise(times(9, judged('false-positive', 0, { detector })), nowUs)).toBe(0);
    expect(isTunedDown({ detector, score: 3, threshold: 3 }, 1)).toBe(false);
  });

  test('stays within 0 and 1, sinks with time alone, and never moves S of 6 or more', () => {
    const list = fc.array(
      fc.record({
        disposition: fc.constantFrom<Judged['disposition']>(
          'acknowledged',
          'false-positive',
          'false-positive',
        ),
        daysAgo: fc.double({ min: 0, max: 100, noNaN: true }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        list,
        fc.double({ min: 0, max: 80, noNaN: true }),
        fc.double({ min: 6, max: 400, noNaN: true }),
        (ones, days, score) => {
          const all = ones.map(({ disposition, daysAgo }) => judged(disposition, daysAgo));
          const now = thresholdRise(all, nowUs);
          const later = thresholdRise(all, nowUs + days * microsecondsPerDay);
          expect(now).toBeGreaterThanOrEqual(0);
          expect(now).toBeLessThanOrEqual(1);
          expect(later).toBeLessThanOrEqual(now);
          expect(isTunedDown({ detector: 'nb', score, threshold: 5.5 }, now)).toBe(false);
        },
      ),
    );
  });

  test('tunes down what lies below it', () => {
    expect(isTunedDown({ detector: 'nb', score: 3.8, threshold: 2.87 }, 1)).toBe(true);
    expect(isTunedDown({ detector: 'nb', score: 3.9, threshold: 2.87 }, 1)).toBe(false);
    expect(isTunedDown({ detector: 'nb', score: 3.8, threshold: 2.87 }, 0)).toBe(false);
  });
});

test('a miss rate of no checks is unknown, not zero', () => {
  expect(missRate(0, 0)).toBeNull();
  expect(missRate(4, 1)).toBe(0.25);
});
