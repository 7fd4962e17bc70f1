import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PairSet } from '../../../../../src-main/analytics/detectors/events/pair-set.ts';

test('tells new pairs from known ones as a set of texts does, however many and however large', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 4_000_000 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 3000 }), (pairs) => {
      const set = new PairSet(4_000_001);
      const known = new Set<string>();
      for (const [a, b] of pairs) {
        expect(set.has(a, b)).toBe(known.has(`${a} ${b}`));
        expect(set.add(a, b)).toBe(!known.has(`${a} ${b}`));
        known.add(`${a} ${b}`);
      }
      expect(set.size).toBe(known.size);
      set.clear();
      expect(pairs.some(([a, b]) => set.has(a, b))).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test('grows with what it holds', () => {
  const set = new PairSet(100);
  for (let a = 0; a < 100; a += 1) for (let b = 0; b < 100; b += 1) expect(set.add(a, b)).toBe(true);
  for (let a = 0; a < 100; a += 1) for (let b = 0; b < 100; b += 1) expect(set.has(a, b)).toBe(true);
  expect(set.size).toBe(10_000);
  expect(set.has(100, 0)).toBe(false);
});
