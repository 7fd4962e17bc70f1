import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insiderBands, severityInBands } from '#shared/model/severity.ts';
import { contributionNamed } from '../../../../../src-main/analytics/rules/insider/contributions.ts';
import {
  countPoints,
  multiplePoints,
  roundHalfUp,
  heldWithin100,
} from '../../../../../src-main/analytics/rules/insider/points.ts';

const pointsOf = (name: keyof typeof contributionNamed, value: number) => {
  const { points, defaults } = contributionNamed[name];
  return points(value, defaults);
};

describe('the published points', () => {
  test.each([
    ['off_hours', 0, 0],
    ['off_hours', 1, 0],
    ['off_hours', 2, 8],
    ['off_hours', 3, 11],
    ['off_hours', 4, 15],
    ['off_hours', 40, 15],
    ['new_ip', 0, 0],
    ['new_ip', 1, 5],
    ['new_ip', 2, 10],
    ['new_ip', 3, 15],
    ['new_ip', 8, 15],
    ['volume_spike', 2.999, 0],
    ['volume_spike', 3, 17],
    ['volume_spike', 3.5, 19],
    ['volume_spike', 4, 21],
    ['volume_spike', 4.5, 23],
    ['volume_spike', 5, 25],
    ['volume_spike', 10.5, 25],
    ['scope_expansion', 1.999, 0],
    ['scope_expansion', 2, 15],
    ['scope_expansion', 2.5, 18],
    ['scope_expansion', 3, 20],
    ['scope_expansion', 6, 20],
    ['failure_burst', 4, 0],
    ['failure_burst', 5, 8],
    ['failure_burst', 8, 13],
    ['failure_burst', 10, 17],
    ['failure_burst', 12, 20],
    ['failure_burst', 15, 25],
    ['failure_burst', 100, 25],
  ] as const)('%s of %d earns %d', (name, value, points) => expect(pointsOf(name, value)).toBe(points));

  test('halves are rounded up', () => {
    expect([11.25, 11.5, 17.5, 0.49].map((value) => roundHalfUp(value))).toEqual([11, 12, 18, 0]);
  });

  test.each([
    [59, null],
    [60, 'low'],
    [69, 'low'],
    [70, 'medium'],
    [79, 'medium'],
    [80, 'high'],
    [89, 'high'],
    [90, 'critical'],
    [100, 'critical'],
  ])('a score of %d is %s', (score, severity) => expect(severityInBands(score, insiderBands)).toBe(severity));

  test('the sum is held between 0 and 100', () => {
    expect(heldWithin100(0)).toBe(0);
    expect(heldWithin100(15 + 15 + 25 + 20 + 25)).toBe(100);
    expect(heldWithin100(120)).toBe(100);
  });

  test('more is never worth less, and never more than the weight', () => {
    const weight = fc.integer({ min: 1, max: 100 });
    const value = fc.double({ min: 0, max: 1e9, noNaN: true });
    const threshold = fc.double({ min: 0.01, max: 1000, noNaN: true });
    fc.assert(
      fc.property(weight, value, value, threshold, (most, one, other, from) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        for (const points of [
          (x: number) => countPoints(x, from, most, 3),
          (x: number) => multiplePoints(x, from, most),
        ]) {
          expect(points(low)).toBeLessThanOrEqual(points(high));
          expect(points(high)).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
