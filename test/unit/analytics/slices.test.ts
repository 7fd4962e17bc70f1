// Slices cover everything once: what lies before the known, after it, and between two of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { sliceByDay } from '../../../src-main/analytics/slices.ts';

const edge = fc.integer({ min: -400 * microsecondsPerDay, max: 400 * microsecondsPerDay });
const open = fc.option(edge, { nil: null });
const bounds = fc
  .tuple(edge, edge)
  .map(([a, b]) => ({ firstMicroseconds: Math.min(a, b), lastMicroseconds: Math.max(a, b) }));
const input = fc.record({
  from: open,
  until: open,
  known: fc.option(bounds, { nil: null }),
  expected: fc.oneof(fc.constantFrom(0, 1, -1, 1e12), fc.integer({ min: 0, max: 20_000_000 })),
});

describe('slices', () => {
  test('leave no microsecond out and hold none twice, whatever is known', () => {
    fc.assert(
      fc.property(input, ({ from, until, known, expected }) => {
        const slices = sliceByDay(from, until, known, expected);
        expect(slices[0]!.fromMicroseconds).toBe(from);
        expect(slices.at(-1)!.untilMicroseconds).toBe(until);
        for (const [index, slice] of slices.slice(1).entries()) {
          expect(slice.fromMicroseconds).not.toBeNull();
          expect(slice.fromMicroseconds).toBe(slices[index]!.untilMicroseconds! + 1);
          expect(slice.fromMicroseconds! % microsecondsPerDay === 0).toBe(true);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('ascend and are never empty where the range is none', () => {
    fc.assert(
      fc.property(input, ({ from, until, known, expected }) => {
        fc.pre(from === null || until === null || from <= until);
        fc.pre(known === null || from === null || from <= known.lastMicroseconds);
        fc.pre(known === null || until === null || until >= known.firstMicroseconds);
        for (const { fromMicroseconds, untilMicroseconds } of sliceByDay(from, until, known, expected))
          expect(fromMicroseconds ?? -Infinity).toBeLessThanOrEqual(untilMicroseconds ?? Infinity);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('are as many as the events deserve, never more than there are days', () => {
    const tenDays = { firstMicroseconds: 0, lastMicroseconds: 10 * microsecondsPerDay - 1 };
    expect(sliceByDay(null, null, tenDays, 1_000_000)).toHaveLength(5);
    expect(sliceByDay(null, null, tenDays, 1e12)).toHaveLength(10);
    expect(sliceByDay(null, null, tenDays, 0)).toHaveLength(1);
    expect(sliceByDay(null, null, null, 1e12)).toEqual([{ fromMicroseconds: null, untilMicroseconds: null }]);
  });
});
