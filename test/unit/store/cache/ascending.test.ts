import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packAscending, unpackAscending } from '../../../../src-main/store/cache/ascending.ts';

const microseconds = fc.integer({ min: -(2 ** 52), max: 2 ** 52 });
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.nat(3_000_000) },
    { weight: 1, arbitrary: fc.constantFrom(0, 2 ** 24 - 2, 2 ** 24 - 1, 2 ** 24, 2 ** 32, 2 ** 40) },
  ),
  { maxLength: 200 },
);

function ascending(first: number, by: readonly number[], unit: number): Float64Array {
  let number = first;
  return Float64Array.from([first, ...by.map((step) => (number += step * unit))]);
}

describe('ascending numbers', () => {
  test('read back exactly, before 1970 and with any steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 45), max: 2 ** 45 }), steps, (first, by) => {
        const numbers = ascending(first, by, 1);
        expect(unpackAscending(packAscending(numbers)!.buffer)).toEqual(numbers);
      }),
    );
  });

  test('of coarser clocks read back exactly too', () => {
    fc.assert(
      fc.property(
        microseconds.map((first) => Math.floor(first / 2 ** 10)),
        fc.array(fc.nat(100_000), { maxLength: 50 }),
        fc.constantFrom(1_000, 1_000_000),
        (first, by, unit) => {
          const numbers = ascending(first, by, unit);
          expect(unpackAscending(packAscending(numbers)!.buffer)).toEqual(numbers);
        },
      ),
    );
  });

  test('of a clock that counts seconds cost less', () => {
    const by = Array.from({ length: 1000 }, (_, at) => at % 4);
    const ofSeconds = packAscending(ascending(1_795_248_000_000_000, by, 1_000_000))!;
    const ofMicroseconds = packAscending(ascending(1_795_248_000_000_000, by, 999_999))!;
    expect(ofSeconds.length * 4).toBeLessThan(ofMicroseconds.length);
  });

  test('a few wide steps do not widen the others', () => {
    const by = Array.from({ length: 1000 }, (_, at) => (at === 500 ? 2 ** 45 : 100));
    expect(packAscending(ascending(0, by, 1))!.length).toBeLessThan(1000);
  });

  test('a step of nothing but ones is not taken for a wide one that is not there', () => {
    const by = Array.from({ length: 1000 }, (_, at) => (at === 500 ? 3 : 2));
    const packed = packAscending(ascending(0, by, 1))!;
    expect(packed.length).toBeLessThan(350);
    expect(unpackAscending(packed.buffer)).toEqual(ascending(0, by, 1));
  });

  test('none, one, and the same again and again', () => {
    for (const numbers of [[], [-7], [5, 5, 5, 5]]) {
      const packed = packAscending(Float64Array.from(numbers))!;
      expect([...unpackAscending(packed.buffer)]).toEqual(numbers);
    }
  });

  test('is not for what does not ascend or does not add up exactly', () => {
    for (const numbers of [
      [2, 1],
      [0, 0.1],
      [0, Infinity],
      [-Infinity, Infinity],
      [NaN, 1],
      [-(2 ** 53), 2 ** 53],
    ])
      expect(packAscending(Float64Array.from(numbers))).toBeNull();
  });
});
