import { describe, expect, test } from 'vitest';
import { SeasonProfile } from '../../../../src-main/analytics/series/season-profile.ts';

const day = 86_400;
const hour = 3600;

describe('a season of days', () => {
  test('is the median of the same hour of earlier days, today left out', () => {
    const profile = new SeasonProfile(day, hour, 7);
    for (const [index, value] of [10, 50, 20].entries()) profile.add(index * day + 5 * hour, value);
    profile.add(3 * day + 5 * hour, 9999);
    expect(profile.expected(3 * day + 5 * hour)).toBe(20);
    expect(profile.expected(3 * day + 6 * hour)).toBeNaN();
  });

  test('needs two whole days and three values', () => {
    const profile = new SeasonProfile(day, hour, 7);
    for (const index of [0, 1]) profile.add(index * day, 5);
    expect(profile.expected(2 * day)).toBeNaN();
    profile.add(2 * day, 5);
    expect(profile.expected(3 * day)).toBe(5);
  });

  test('forgets days older than asked for', () => {
    const profile = new SeasonProfile(day, hour, 3);
    for (const [index, value] of [1, 1, 1, 8, 8, 8].entries()) profile.add(index * day, value);
    expect(profile.expected(6 * day)).toBe(8);
    expect(profile.expected(7 * day)).toBeNaN();
  });

  test('fine steps borrow from their neighbours, coarse ones do not', () => {
    const fine = new SeasonProfile(day, 300, 7);
    const coarse = new SeasonProfile(day, hour, 7);
    for (const index of [0, 1, 2]) {
      fine.add(index * day + 300, 7);
      coarse.add(index * day + hour, 7);
    }
    expect(fine.expected(3 * day)).toBe(7);
    expect(coarse.expected(3 * day)).toBeNaN();
  });

  test('values of one place and day are averaged, so that seconds make no difference', () => {
    const profile = new SeasonProfile(day, 1, 7);
    for (const index of [0, 1, 2])
      for (let second = 0; second < 300; second += 1) profile.add(index * day + second, second);
    expect(profile.expected(3 * day)).toBeCloseTo(149.5, 9);
  });

  test('has no shape in daily values; a week has', () => {
    expect(new SeasonProfile(day, day, 7).isPossible).toBe(false);
    expect(new SeasonProfile(7 * day, day, 4).isPossible).toBe(true);
  });

  test('works before 1970', () => {
    const profile = new SeasonProfile(day, hour, 7);
    for (const index of [-5, -4, -3]) profile.add(index * day + 5 * hour, 4);
    expect(profile.expected(-2 * day + 5 * hour)).toBe(4);
  });
});
