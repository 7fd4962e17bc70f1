import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstPlaceFrom,
  flagJudged,
  forwardPlaces,
  hourSpan,
  placeOfHour,
} from '../../../../../src-main/analytics/detectors/hours/judged-hours.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import { scopeOf } from './told-otherwise.ts';

const hourUs = 3_600_000_000;
/** Two groups; days −1, 0 and 2 have hours. */
const counts = {
  offsets: Uint32Array.of(0, 4, 6),
  hours: Int32Array.of(-3, 0, 5, 50, 5, 51),
  counts: Uint32Array.of(1, 2, 3, 4, 5, 6),
};
const nothing = buildHistory([]);
const scope = (days: number[], untilHour: number) =>
  scopeOf(nothing, { days, untilMicroseconds: untilHour * hourUs });

test('places are the same whether looked for one after the other, or each by itself', () => {
  const drawn = fc.uniqueArray(fc.nat({ max: 400 }), { maxLength: 200 });
  const asked = fc.array(fc.tuple(fc.nat({ max: 1 }), fc.integer({ min: -5, max: 405 })), { maxLength: 20 });
  fc.assert(
    fc.property(drawn, drawn, asked, fc.boolean(), (first, second, questions, isForward) => {
      const hours = [first, second].flatMap((own) => own.toSorted((a, b) => a - b));
      const all = {
        offsets: Uint32Array.of(0, first.length, hours.length),
        hours: Int32Array.from(hours),
        counts: new Uint32Array(hours.length).fill(1),
      };
      const placeOf = forwardPlaces(all);
      for (const [group, hour] of isForward ? questions.toSorted(([, a], [, b]) => a - b) : questions)
        expect(placeOf(group, hour)).toBe(firstPlaceFrom(all, group, hour));
    }),
  );
});

describe('judged hours', () => {
  test('lie in the days asked about and had ended', () => {
    expect([...flagJudged(counts, scope([-1, 0, 2], 999), null)]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([...flagJudged(counts, scope([-1, 2], 999), null)]).toEqual([1, 0, 0, 1, 0, 1]);
    expect([...flagJudged(counts, scope([-1, 0, 2], 51), null)]).toEqual([1, 1, 1, 1, 1, 0]);
    expect([...flagJudged(counts, scope([0], 5.99), null)]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  test('are only the touched ones where some are named', () => {
    const touched = new Map([
      [0, [5, 6, 50]],
      [1, [5]],
    ]);
    expect([...flagJudged(counts, scope([0], 999), touched)]).toEqual([0, 0, 1, 0, 1, 0]);
  });

  test('do not exist before the first day has had an hour', () => {
    expect(hourSpan(scope([1], 24))).toBeNull();
    expect(hourSpan(scope([], 24))).toBeNull();
    expect(hourSpan(scope([1, 3], 26))).toEqual({ fromHour: 24, toHour: 26 });
    expect(hourSpan(scope([1, 3], 500))).toEqual({ fromHour: 24, toHour: 96 });
  });

  test('are found in their group only', () => {
    expect(placeOfHour(counts, 0, 5)).toBe(2);
    expect(placeOfHour(counts, 1, 50)).toBe(-1);
    expect(firstPlaceFrom(counts, 1, 6)).toBe(5);
    expect(firstPlaceFrom(counts, 0, 999)).toBe(4);
  });
});
