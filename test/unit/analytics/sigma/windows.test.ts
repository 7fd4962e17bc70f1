import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fixedWindows,
  slidingWindows,
  type Occurrences,
} from '../../../../src-main/analytics/sigma/windows.ts';

const occurrences = fc
  .array(
    fc.record({
      at: fc.nat({ max: 60 }),
      rules: fc.integer({ min: 1, max: 7 }),
      values: fc.subarray([1, 2, 3, 4]),
    }),
    { maxLength: 20 },
  )
  .map((made): Occurrences => {
    const sorted = made.toSorted((a, b) => a.at - b.at);
    return {
      microseconds: sorted.map(({ at }) => at),
      rules: sorted.map(({ rules }) => rules),
      values: sorted.map(({ values }) => values),
    };
  });
const span = fc.integer({ min: 1, max: 30 });

/** Every event of the window [end − span, end], for the event at `end`, by looking at all of them. */
function within({ microseconds }: Occurrences, last: number, span: number): number[] {
  return Array.from({ length: last + 1 }, (_, at) => at).filter(
    (at) => microseconds[at]! >= microseconds[last]! - span,
  );
}

describe('sliding windows', () => {
  const measures = {
    event_count: (_: Occurrences, members: number[]) => members.length,
    value_count: ({ values }: Occurrences, members: number[]) =>
      new Set(members.flatMap((at) => [...values[at]!])).size,
    temporal: ({ rules }: Occurrences, members: number[]) =>
      [1, 2, 4].filter((bit) => members.some((at) => (rules[at]! & bit) > 0)).length,
  };
  test.each(['event_count', 'value_count', 'temporal'] as const)(
    'of %s are those a full search finds',
    (type) => {
      fc.assert(
        fc.property(occurrences, span, fc.integer({ min: 1, max: 4 }), (given, span, atLeast) => {
          const expected = given.rules as number[];
          const all = expected.flatMap((_, last) => {
            const members = within(given, last, span);
            const measure = measures[type](given, members);
            return measure >= atLeast ? [{ first: members[0]!, last, measure }] : [];
          });
          expect(slidingWindows(type, given, span, atLeast)).toEqual(all);
        }),
        { numRuns: 2000 },
      );
    },
  );

  test('of temporal_ordered end where a chain of different events in order fits, and begin as late as one can', () => {
    fc.assert(
      fc.property(occurrences, span, fc.integer({ min: 2, max: 3 }), (given, span, ruleCount) => {
        const has = (at: number, rule: number) => ((given.rules[at]! >> rule) & 1) === 1;
        const latestStart = (end: number, rule: number): number => {
          if (!has(end, rule)) return -1;
          if (rule === 0) return end;
          return Math.max(-1, ...Array.from({ length: end }, (_, before) => latestStart(before, rule - 1)));
        };
        const all = (given.rules as number[]).flatMap((_, last) => {
          const first = latestStart(last, ruleCount - 1);
          const fits = first >= 0 && given.microseconds[last]! - given.microseconds[first]! <= span;
          return fits ? [{ first, last, measure: ruleCount }] : [];
        });
        expect(slidingWindows('temporal_ordered', given, span, ruleCount)).toEqual(all);
      }),
      { numRuns: 1000 },
    );
  });

  test('count both ends of the timespan', () => {
    const given = { microseconds: [0, 300], rules: [1, 1], values: [[], []] };
    expect(slidingWindows('event_count', given, 300, 2)).toHaveLength(1);
    expect(slidingWindows('event_count', given, 299, 2)).toHaveLength(0);
  });
});

test('fixed windows are the pieces of time whose count lies within both bounds', () => {
  fc.assert(
    fc.property(occurrences, span, fc.nat({ max: 3 }), fc.nat({ max: 3 }), (given, span, least, more) => {
      const pieces = Map.groupBy((given.rules as number[]).keys(), (at) =>
        Math.floor(given.microseconds[at]! / span),
      );
      const expected = [...pieces.values()]
        .filter(({ length }) => length >= least && length <= least + more)
        .map((members) => ({ first: members[0]!, last: members.at(-1)!, measure: members.length }));
      expect(fixedWindows('event_count', given, span, { atLeast: least, atMost: least + more })).toEqual(
        expected,
      );
    }),
    { numRuns: 1000 },
  );
});
