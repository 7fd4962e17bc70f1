import { expect, test } from 'vitest';
import fc from 'fast-check';
import { PairNumbers } from '../../../../src-main/store/cache/pair-numbers.ts';

const part = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 2 ** 31 - 1 }));

test('knows what a map knows', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part), { maxLength: 3_000 }), (pairs) => {
      const numbers = new PairNumbers();
      const map = new Map<string, number>();
      for (const [number, [first, second]] of pairs.entries()) {
        expect(numbers.get(first, second)).toBe(map.get(`${first} ${second}`) ?? -1);
        if (map.has(`${first} ${second}`)) continue;
        map.set(`${first} ${second}`, number);
        numbers.add(first, second, number);
      }
      for (const [first, second] of pairs)
        expect(numbers.get(first, second)).toBe(map.get(`${first} ${second}`));
    }),
    { numRuns: 50 },
  );
});

test('grows without forgetting', () => {
  const numbers = new PairNumbers();
  for (let number = 0; number < 100_000; number += 1) numbers.add(number % 331, number, number);
  for (let number = 0; number < 100_000; number += 1) {
    if (numbers.get(number % 331, number) !== number) expect.fail(`lost ${number}`);
  }
  expect(numbers.get(331, 0)).toBe(-1);
});
