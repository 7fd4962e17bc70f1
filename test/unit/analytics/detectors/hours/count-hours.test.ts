import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countHours } from '../../../../../src-main/analytics/detectors/hours/count-hours.ts';
import { hourlyCounts, type ActivityDay } from '../../../../../src-main/analytics/history/activity.ts';

const seriesCount = 6;

const day = fc
  .uniqueArray(
    fc.tuple(fc.nat({ max: seriesCount - 1 }), fc.nat({ max: 95 }), fc.integer({ min: 1, max: 9 })),
    {
      selector: ([series, slot]) => series * 96 + slot,
      maxLength: 60,
    },
  )
  .map((cells) => cells.toSorted(([a, x], [b, y]) => a - b || x - y));

const activity = fc.array(day, { maxLength: 6 }).map((days): ActivityDay[] =>
  days.map((cells, index) => ({
    day: index * 2 - 3,
    series: Uint32Array.from(cells, ([series]) => series),
    slots: Uint8Array.from(cells, ([, slot]) => slot),
    counts: Uint32Array.from(cells, ([, , count]) => count),
  })),
);

function expectSame(
  days: readonly ActivityDay[],
  groupOf: Int32Array,
  groups: number,
  from: number,
  to: number,
) {
  const counted = countHours(days, groupOf, groups, from, to);
  expect(counted).toEqual(hourlyCounts(days, groupOf, groups, from, to));
}

describe('counting hours', () => {
  test('equals the plain way, for any grouping and any span', () => {
    fc.assert(
      fc.property(
        activity,
        fc.array(fc.integer({ min: -1, max: 4 }), { minLength: seriesCount, maxLength: seriesCount }),
        fc.integer({ min: -100, max: 250 }),
        fc.nat({ max: 200 }),
        (days, groups, from, length) => expectSame(days, Int32Array.from(groups), 5, from, from + length),
      ),
    );
  });

  test('equals it where every series is its own group, and where there are more groups than rows', () => {
    fc.assert(
      fc.property(activity, fc.boolean(), (days, isLarge) => {
        const own = Int32Array.from({ length: seriesCount }, (_, series) => series);
        expectSame(days, own, seriesCount, -100, 300);
        const shared = Int32Array.from({ length: seriesCount }, (_, series) => (series % 3) * 20_000);
        expectSame(days, shared, isLarge ? 50_000 : 40_001, -100, 300);
      }),
      { numRuns: 30 },
    );
  });
});
