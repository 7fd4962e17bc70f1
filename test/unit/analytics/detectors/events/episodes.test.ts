import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { busiestWindow, episodesOf } from '../../../../../src-main/analytics/detectors/events/episodes.ts';

const rule = { count: 3, windowMicroseconds: 10, quietMicroseconds: 30 };
const found = (times: number[], dayStart: number) => episodesOf(Float64Array.from(times), rule, dayStart);

describe('episodes', () => {
  test.each([
    ['too few', [0, 5], 0, []],
    ['just in time', [0, 5, 10], 0, [{ first: 0, last: 2 }]],
    ['a moment too late', [0, 5, 11], 0, []],
    ['what follows belongs to it', [0, 5, 10, 39, 60], 0, [{ first: 0, last: 4 }]],
    [
      'quiet ends it',
      [0, 5, 10, 40, 45, 50],
      0,
      [
        { first: 0, last: 2 },
        { first: 3, last: 5 },
      ],
    ],
    [
      'the start is the first of the full window, not of the stretch',
      [0, 20, 25, 30],
      0,
      [{ first: 1, last: 3 }],
    ],
    ['a window across midnight is found on the new day', [95, 98, 102], 100, [{ first: 0, last: 2 }]],
    ['not again when the day before had found it', [90, 92, 94, 102], 100, []],
    ['but when it goes on at that pace', [90, 92, 94, 102, 104, 106], 100, [{ first: 3, last: 5 }]],
    ['all of the day before', [90, 92, 94], 100, []],
    ['all at once', [7, 7, 7], 0, [{ first: 0, last: 2 }]],
  ])('%s', (_name, times, dayStart, expected) => expect(found(times, dayStart)).toEqual(expected));

  test('on one day: any full window is in exactly one episode, and no episode is without', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), (unsorted) => {
        const times = unsorted.toSorted((a, b) => a - b);
        const episodes = found(times, 0);
        times.forEach((time, from) => {
          if (from + 2 >= times.length || times[from + 2]! - time > 10) return;
          expect(episodes.filter(({ first, last }) => first <= from && from + 2 <= last)).toHaveLength(1);
        });
        for (const { first, last } of episodes) {
          expect(times[first + 2]! - times[first]!).toBeLessThanOrEqual(10);
          for (let at = first + 1; at <= last; at += 1) expect(times[at]! - times[at - 1]!).toBeLessThan(30);
        }
      }),
    );
  });
});

test('the busiest window, against counting every window', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 60 }), (unsorted) => {
      const times = unsorted.toSorted((a, b) => a - b);
      const counts = times.map((from) => times.filter((time) => time >= from && time <= from + 10).length);
      const busiest = busiestWindow(Float64Array.from(times), 0, times.length - 1, 10);
      expect(busiest.count).toBe(Math.max(...counts));
      expect(times[busiest.first]).toBe(times[counts.indexOf(busiest.count)]);
    }),
  );
});
