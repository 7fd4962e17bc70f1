import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SparseSum } from '../../../src-main/analytics/sparse-sum.ts';

test('what was added comes out once, in order, and leaves nothing behind', () => {
  const added = fc.array(fc.record({ place: fc.nat(4_999), count: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 50,
  });
  fc.assert(
    fc.property(fc.array(added, { maxLength: 4 }), fc.nat(3), (rows, start) => {
      const sum = new SparseSum(5_000);
      for (const row of rows) {
        const expected = new Map<number, number>();
        for (const { place, count } of row) {
          sum.add(place, count);
          expected.set(place, (expected.get(place) ?? 0) + count);
        }
        const [places, counts] = [new Uint16Array(60), new Uint32Array(60)];
        const end = sum.drain(places, counts, start);
        expect(Array.from(places.subarray(start, end), (place, at) => [place, counts[start + at]])).toEqual(
          [...expected].toSorted(([a], [b]) => a - b),
        );
      }
    }),
  );
});

test('what was added and taken away again is no place with events', () => {
  const sum = new SparseSum(168);
  sum.add(31, 5);
  sum.add(32, 4);
  sum.subtract(31, 5);
  sum.subtract(32, 1);
  const [hours, counts] = [new Uint8Array(168), new Uint32Array(168)];
  expect(sum.drain(hours, counts, 0)).toBe(1);
  expect([hours[0], counts[0]]).toEqual([32, 3]);
});
