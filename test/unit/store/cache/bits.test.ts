import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitsFor, bytesFor, mostBits, packBits, unpackBits } from '../../../../src-main/store/cache/bits.ts';

describe('numbers in as few bits as the largest needs', () => {
  test('are as many bits as that', () => {
    expect([0, 1, 2, 3, 4, 255, 256, 2 ** 24 - 1, 2 ** 32 - 1, 2 ** 32].map(bitsFor)).toEqual([
      0, 1, 2, 2, 3, 8, 9, 24, 32, 33,
    ]);
    expect(bitsFor(-1)).toBe(0);
  });

  test('read back as they were, in no more bytes than they need', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: mostBits }), fc.array(fc.nat()), (bits, some) => {
        const numbers = Uint32Array.from(some, (number) => number % 2 ** bits);
        const packed = packBits(numbers, bits);
        expect(packed.length).toBe(bytesFor(numbers.length, bits));
        expect(unpackBits(packed, bits, new Uint32Array(numbers.length))).toEqual(numbers);
      }),
    );
  });

  test('fill narrower lists alike', () => {
    const numbers = [0, 7, 3, 5, 1, 6, 2, 4, 7];
    const packed = packBits(numbers, 3);
    expect(packed.length).toBe(4);
    expect([...unpackBits(packed, 3, new Uint8Array(9))]).toEqual(numbers);
    expect([...unpackBits(packed, 3, new Uint16Array(9))]).toEqual(numbers);
  });
});
