import { describe, expect, test } from 'vitest';
import { securityBands, severityInBands } from '#shared/model/severity.ts';
import { deviationOf } from '../../../../../src-main/analytics/rules/deviation.ts';
import {
  actorScore,
  addressScore,
  bulkScore,
  deniedScore,
  deviationScore,
  distributedScore,
  perMinuteOf,
  rapidScore,
  refusedPermissionScore,
  stuffingScore,
  successDropScore,
  travelScore,
} from '../../../../../src-main/analytics/rules/security/scores.ts';

describe('the published scores', () => {
  test.each([
    [90, 'critical'],
    [89.9, 'high'],
    [75, 'high'],
    [74.9, 'medium'],
    [50, 'medium'],
    [25, 'low'],
    [24.9, null],
  ])('%d is %s', (score, severity) => expect(severityInBands(score, securityBands)).toBe(severity));

  test('by address, by actor and distributed', () => {
    expect(addressScore(10, 10)).toBe(100);
    expect(addressScore(5, 10)).toBe(70);
    expect(actorScore(5, 5, 3, 3)).toBe(80);
    expect(actorScore(6, 5, 3, 3)).toBe(90);
    expect(actorScore(50, 5, 3, 3)).toBe(100);
    expect(distributedScore(20, 20, 3)).toBe(70);
    expect(distributedScore(20, 20, 6)).toBe(100);
  });

  test('20 attempts on 10 actors without success, fast: 92', () => {
    expect(stuffingScore({ attempts: 20, successes: 0, actors: 10, perMinute: 20 }, 10)).toBe(92);
    expect(stuffingScore({ attempts: 20, successes: 20, actors: 5, perMinute: 2.5 }, 10)).toBe(32);
  });

  test('a share of success of .20 earns 71.4, of .30 earns 57.1', () => {
    expect(successDropScore(0.2, 0.7)).toBeCloseTo(71.4, 1);
    expect(successDropScore(0.3, 0.7)).toBeCloseTo(57.1, 1);
  });

  test('travel, permissions, denials, bulk, rapid', () => {
    expect(travelScore(1000, 1000)).toBe(100);
    expect(travelScore(500, 1000)).toBe(75);
    expect(refusedPermissionScore(3, 3)).toBe(100);
    expect(deniedScore(3, 3, 3)).toBe(70);
    expect(deniedScore(3, 3, 1)).toBe(50);
    expect(bulkScore(200, 200)).toBe(100);
    expect(rapidScore(60, 60)).toBe(70);
    expect(rapidScore(65, 60)).toBeCloseTo(75.8, 1);
  });

  test('events at one instant are within one minute', () => {
    expect(perMinuteOf(1, 0)).toBe(0);
    expect(perMinuteOf(7, 0)).toBe(7);
    expect(perMinuteOf(10, 300_000_000)).toBe(2);
  });
});

describe('deviation', () => {
  const sums = (values: readonly number[]) =>
    [values.length, values.reduce((a, b) => a + b, 0), values.reduce((a, b) => a + b * b, 0)] as const;
  const held = Array.from({ length: 35 }, (_, at) => 5 + (at % 3));

  test('with itself in its baseline 100 after 5 + (i mod 3) has z 5.83 and a score of 97.1', () => {
    const { mean, sd, rawZ } = deviationOf(100, ...sums([...held, 100]));
    expect([mean, sd, rawZ].map((value) => value.toFixed(2))).toEqual(['8.58', '15.69', '5.83']);
    expect(deviationScore(rawZ, 3)).toBeCloseTo(97.1, 1);
  });

  test('held out it has z 114.4; with the floor of the root of the mean 38.5', () => {
    const { mean, sd, rawZ, z, deviationUsed, isFloorUsed } = deviationOf(100, ...sums(held));
    expect([mean, sd].map((value) => value.toFixed(2))).toEqual(['5.97', '0.82']);
    expect(rawZ).toBeCloseTo(114.4, 1);
    expect(deviationUsed).toBeCloseTo(Math.sqrt(mean), 12);
    expect(z).toBeCloseTo(38.48, 2);
    expect(isFloorUsed).toBe(true);
  });

  test('[2, 4, 4, 4, 5, 5, 7, 9] has mean 5 and population deviation 2, sample deviation 2.138', () => {
    const { mean, sd } = deviationOf(0, ...sums([2, 4, 4, 4, 5, 5, 7, 9]));
    expect(mean).toBe(5);
    expect(sd * Math.sqrt(7 / 8)).toBeCloseTo(2, 12);
    expect(deviationOf(0, ...sums([4, 4, 4, 4]))).toMatchObject({ mean: 4, sd: 0, deviationUsed: 2 });
    expect(deviationOf(0, 0, 0, 0)).toMatchObject({ mean: 0, sd: 0, deviationUsed: 1, z: 0 });
  });
});
