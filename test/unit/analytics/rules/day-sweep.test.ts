import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sweepDays } from '../../../../src-main/analytics/rules/day-sweep.ts';

test('memory holds exactly the days of its reach, each learned once', () => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });
  const reach = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(days, reach, fc.integer({ min: 0, max: 3 }), (list, reachDays, gapDays) => {
      const held = new Set<number>();
      const learned: number[] = [];
      const judged = list
        .toSorted((a, b) => a - b)
        .map((day) => ({ day, startMicroseconds: day, endMicroseconds: day + 1 }));
      sweepDays(judged, {
        reachDays,
        gapDays,
        learn: (day) => {
          learned.push(day);
          held.add(day);
          return day;
        },
        forget: (day) => held.delete(day),
        judge: ({ day }) => {
          const expected = Array.from({ length: reachDays }, (_, at) => day - gapDays - reachDays + at);
          expect([...held].toSorted((a, b) => a - b)).toEqual(expected);
        },
      });
      expect(new Set(learned).size).toBe(learned.length);
    }),
  );
});
