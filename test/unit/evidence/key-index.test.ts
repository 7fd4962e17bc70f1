import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyColumn, numberColumn } from '../../../src-main/evidence/column.ts';
import { keyIndex, keyOf } from '../../../src-main/evidence/key-index.ts';

test('texts are numbered in the order they first come, and found again, whatever they hold', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('', 'a', 'b', '\0'));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 400 }), text, (texts, other) => {
      const index = keyIndex();
      const expected = new Map<string, number>();
      for (const one of texts) {
        if (!expected.has(one)) expected.set(one, expected.size);
        expect(index.add(one)).toBe(expected.get(one));
        expect(index.size()).toBe(expected.size);
      }
      for (const one of texts) expect(index.find(one)).toBe(expected.get(one));
      expect(index.find(other)).toBe(expected.get(other) ?? -1);
    }),
    { numRuns: 50 },
  );
});

test('many thousand texts keep their numbers while the index grows', () => {
  const index = keyIndex();
  for (let number = 0; number < 20_000; number += 1) index.add(`review-${number}`);
  for (let number = 0; number < 20_000; number += 1) expect(index.find(`review-${number}`)).toBe(number);
  expect(index.find('review-20000')).toBe(-1);
});

test('columns answer what was set last, and nothing for rows that never were', () => {
  const numbers = numberColumn();
  numbers.set(500, 7);
  numbers.set(2, 1);
  numbers.set(2, 3);
  expect([numbers.get(500), numbers.get(2), numbers.get(3), numbers.get(501), numbers.get(-1)]).toEqual([
    7,
    3,
    NaN,
    NaN,
    NaN,
  ]);
  const keys = keyColumn();
  keys.set(300, keyOf('a'));
  expect(keys.equals(300, keyOf('a'))).toBe(true);
  expect(keys.equals(300, keyOf('b'))).toBe(false);
  expect(keys.equals(299, keyOf('a'))).toBe(false);
});
