import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countHours } from '../../../../../src-main/analytics/detectors/hours/count-hours.ts';
import { hourBlocks } from '../../../../../src-main/analytics/detectors/hours/hour-blocks.ts';
import type { ActivityDay } from '../../../../../src-main/analytics/history/activity.ts';

const seriesCount = 5000;

const day = fc
  .uniqueArray(
    fc.tuple(fc.nat({ max: seriesCount - 1 }), fc.nat({ max: 95 }), fc.integer({ min: 1, max: 9 })),
    {
      selector: ([series, slot]) => series * 96 + slot,
      maxLength: 80,
    },
  )
  .map((cells) => cells.toSorted(([a, x], [b, y]) => a - b || x - y));

const activity = fc.array(day, { maxLength: 5 }).map((days): ActivityDay[] =>
  days.map((cells, index) => ({
    day: index * 2 - 3,
    series: Uint32Array.from(cells, ([series]) => series),
    slots: Uint8Array.from(cells, ([, slot]) => slot),
    counts: Uint32Array.from(cells, ([, , count]) => count),
  })),
);

const members = fc.oneof(
  fc.constant(Array.from({ length: seriesCount }, (_, series) => series)),
  fc.uniqueArray(fc.nat({ max: seriesCount - 1 }), { maxLength: 12 }),
);

describe('counting hours block by block', () => {
  test('gives every member the hours that counting all at once gives it', () => {
    fc.assert(
      fc.property(
        activity,
        members,
        fc.integer({ min: -100, max: 150 }),
        fc.nat({ max: 200 }),
        (days, drawn, from, length) => {
          const used = new Set(days.flatMap(({ series }) => [...series]));
          // Half of the few are series that have events.
          const some = [...drawn, ...(drawn.length < 20 ? [...used].slice(0, drawn.length) : [])];
          const chosen = Uint32Array.from(new Set(some)).toSorted();
          const groupOf = new Int32Array(seriesCount).fill(-1);
          for (const [group, series] of chosen.entries()) groupOf[series] = group;
          const expected = countHours(days, groupOf, chosen.length, from, from + length);
          let next = 0;
          for (const { first, counts } of hourBlocks(days, chosen, seriesCount, from, from + length)) {
            expect(first).toBe(next);
            for (let at = 0; at + 1 < counts.offsets.length; at += 1) {
              const own = [expected.offsets[first + at]!, expected.offsets[first + at + 1]!] as const;
              const found = [counts.offsets[at]!, counts.offsets[at + 1]!] as const;
              if (own[0] === own[1] && found[0] === found[1]) continue;
              expect(counts.hours.slice(...found)).toEqual(expected.hours.slice(...own));
              expect(counts.counts.slice(...found)).toEqual(expected.counts.slice(...own));
            }
            next = first + counts.offsets.length - 1;
          }
          expect(next).toBe(chosen.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
