import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedWindow } from '../../../../src-main/analytics/series/sorted-window.ts';

const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
  minLength: 1,
  maxLength: 60,
});

test('is the sorted tail of the stream, whatever came', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 20 }), (stream, capacity) => {
      const window = new SortedWindow(capacity);
      for (const value of stream) window.add(value);
      const expected = Float64Array.from(stream.slice(-capacity)).toSorted();
      expect(window.size).toBe(expected.length);
      expect(Float64Array.from(expected, (_, rank) => window.at(rank))).toEqual(expected);
    }),
  );
});

test('counts what lies below', () => {
  const window = new SortedWindow(5);
  for (const value of [3, 1, 3, 2, 9]) window.add(value);
  expect([0, 1, 3, 4, 10].map((value) => window.countBelow(value))).toEqual([0, 0, 2, 4, 5]);
});

test('takes the middle, or the mean of two', () => {
  const window = new SortedWindow(4);
  expect(window.median()).toBeNaN();
  window.add(5);
  expect(window.median()).toBe(5);
  window.add(2);
  expect(window.median()).toBe(3.5);
  window.add(Number.MAX_VALUE);
  window.add(Number.MAX_VALUE);
  window.add(Number.MAX_VALUE);
  expect(window.median()).toBe(Number.MAX_VALUE);
});

test('refuses what has no order, and ranks that do not exist', () => {
  const window = new SortedWindow(2);
  expect(() => window.add(Number.NaN)).toThrow(RangeError);
  expect(() => window.add(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  expect(() => window.at(0)).toThrow(RangeError);
});
