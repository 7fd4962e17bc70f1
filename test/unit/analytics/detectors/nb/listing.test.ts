import { describe, expect, test } from 'vitest';
import type { JudgedDay } from '../../../../../src-main/analytics/detectors/nb/day.ts';
import type { JudgedHour } from '../../../../../src-main/analytics/detectors/nb/hour.ts';
import { leadingTest, listHours } from '../../../../../src-main/analytics/detectors/nb/listing.ts';
import { nbParameters } from '../../../../../src-main/analytics/detectors/nb/parameters.ts';

const tested = (surprise: number) => ({ clock: 'wall', test: { surprise } }) as JudgedHour['whole'];
const hour = (actor: number, at: number, surprise: number): JudgedHour => ({
  actor,
  hour: at,
  whole: tested(surprise),
  single: null,
});
const dayOf = (hours: readonly JudgedHour[], members: number) =>
  ({ hours, wall: { members: Array.from({ length: members }) } }) as unknown as JudgedDay;
const list = (hours: readonly JudgedHour[], members = 100) =>
  listHours(dayOf(hours, members), 1, nbParameters).map(({ judged, standing }) => [
    judged.hour,
    standing.rank,
    standing.tests,
    standing.survives,
  ]);

describe('listing', () => {
  test('compares an hour with the hours of its day up to it, whatever order they come in', () => {
    const hours = [hour(0, 30, 5), hour(1, 24, 3), hour(2, 26, 8), hour(3, 24, 2)];
    const expected = [
      [24, 1, 100, false],
      [26, 1, 300, true],
      [30, 2, 700, true],
    ];
    expect(list(hours)).toEqual(expected);
    expect(list(hours.toReversed())).toEqual(expected);
  });

  test('doubles the probability of an hour, because it was looked at twice', () => {
    // One test of ten at q = 0.05 survives from p = 0.005 down: 2 × 0.0025.
    const limit = -Math.log10(0.0025);
    const lenient = { ...nbParameters, threshold: 1 };
    const survives = (surprise: number) =>
      listHours(dayOf([hour(0, 24, surprise)], 10), 1, lenient)[0]!.standing.survives;
    expect(survives(limit + 1e-9)).toBe(true);
    expect(survives(limit - 1e-9)).toBe(false);
  });

  test('lists from the threshold on', () => {
    expect(list([hour(0, 24, 2.87), hour(1, 24, 2.869)])).toHaveLength(1);
  });

  test('lets the more surprising test lead, and the total where both are equal', () => {
    const single = { ...tested(4)!, series: 7 };
    expect(leadingTest({ actor: 1, hour: 2, whole: tested(3), single }).subject).toEqual({
      unit: 'action',
      actor: 1,
      series: 7,
    });
    expect(leadingTest({ actor: 1, hour: 2, whole: tested(4), single }).subject.unit).toBe('actor');
    expect(leadingTest({ actor: 1, hour: 2, whole: null, single }).subject.unit).toBe('action');
  });
});
