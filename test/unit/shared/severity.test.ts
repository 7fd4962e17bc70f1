import { describe, expect, test } from 'vitest';
import {
  insiderBands,
  securityBands,
  severityInBands,
  severityOfScore,
  severityRank,
} from '../../../src-shared/model/severity.ts';

describe('the severity crosswalk', () => {
  test.each([
    [59.999, null],
    [60, 'low'],
    [69.999, 'low'],
    [70, 'medium'],
    [79.999, 'medium'],
    [80, 'high'],
    [89.999, 'high'],
    [90, 'critical'],
    [100, 'critical'],
  ] as const)('an insider score of %d is %s', (score, severity) => {
    expect(severityInBands(score, insiderBands)).toBe(severity);
  });

  test.each([
    [24.999, null],
    [25, 'low'],
    [49.999, 'low'],
    [50, 'medium'],
    [74.999, 'medium'],
    [75, 'high'],
    [89.999, 'high'],
    [90, 'critical'],
  ] as const)('a security score of %d is %s', (score, severity) => {
    expect(severityInBands(score, securityBands)).toBe(severity);
  });

  test('no score is no severity', () => {
    expect(severityInBands(Number.NaN, insiderBands)).toBeNull();
    expect(severityInBands(-1, securityBands)).toBeNull();
  });

  test('severities are ranked from low to critical, and those of z3 stay as they were', () => {
    expect((['low', 'medium', 'high', 'critical'] as const).map(severityRank)).toEqual([0, 1, 2, 3]);
    expect([4.999, 5, 7.999, 8].map(severityOfScore)).toEqual(['medium', 'high', 'high', 'critical']);
  });
});
