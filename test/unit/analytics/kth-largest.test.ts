import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kthLargest } from '../../../src-main/analytics/kth-largest.ts';

const numbers = fc.oneof(
  fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }),
  fc.array(fc.integer(), { minLength: 1, maxLength: 60 }),
);

test('the k-th largest is where sorting would put it, and nothing is moved', () => {
  fc.assert(
    fc.property(numbers, fc.nat(), (values, draw) => {
      const given = Float64Array.from(values);
      const k = 1 + (draw % values.length);
      expect(kthLargest(given, k)).toBe(values.toSorted((a, b) => b - a)[k - 1]);
      expect([...given]).toEqual(values);
    }),
  );
});

test.each([
  ['ascending', (place: number) => place],
  ['descending', (place: number) => -place],
  ['all alike', () => 7],
])('a long list that is %s', (_, valueAt) => {
  const values = Float64Array.from({ length: 100_000 }, (_, place) => valueAt(place));
  expect(kthLargest(values, 500)).toBe(values.toSorted().at(-500));
});
