// The dictionary: one number per text, by its bytes and nothing else.
import { hash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteDictionary } from '../../../../src-main/source/columns/byte-dictionary.ts';
import { viewOf } from './wire.ts';

const numberOf = (dictionary: ByteDictionary, text: Uint8Array, around = 0) => {
  const bytes = Buffer.concat([Buffer.alloc(around, 7), text, Buffer.alloc(around, 9)]);
  return dictionary.numberOf(bytes, viewOf(bytes), around, around + text.length);
};

describe('ByteDictionary', () => {
  it('numbers any bytes in the order they are first seen, wherever they lie', () => {
    const text = fc.oneof(
      fc.uint8Array({ maxLength: 9 }),
      fc.constantFrom(...['', 'a', 'aaaa', 'aaaaa'].map((a) => Buffer.from(a))),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.nat(5))), (texts) => {
        const dictionary = new ByteDictionary();
        const expected = new Map<string, number>();
        for (const [bytes, around] of texts) {
          const key = Buffer.from(bytes).toString('hex');
          const number = numberOf(dictionary, bytes, around);
          if (!expected.has(key)) expected.set(key, expected.size);
          expect(number).toBe(expected.get(key));
          expect(dictionary.bytesOf(number).toString('hex')).toBe(key);
          expect(dictionary.lengthOf(number)).toBe(bytes.length);
        }
        expect(dictionary.size).toBe(expected.size);
      }),
    );
  });

  it('keeps its numbers while it grows, and gives the texts back, also when two share a hash', () => {
    const dictionary = new ByteDictionary();
    // So many different texts that by chance some of them have the same 32 bits of hash.
    const texts = Array.from({ length: 250_000 }, (_, index) => `ü${hash('sha1', `${index}`).slice(0, 14)}`);
    const numbers = texts.map((text) => numberOf(dictionary, Buffer.from(text)));
    expect(numbers).toEqual(texts.map((_, index) => index));
    expect(texts.map((text) => numberOf(dictionary, Buffer.from(text)))).toEqual(numbers);
    expect(dictionary.size).toBe(texts.length);
    expect(dictionary.byteLength).toBe(16 * texts.length);
    expect(texts.map((_, index) => dictionary.textOf(index))).toEqual(texts);
  });

  it('tells texts apart that differ in one byte, whichever it is', () => {
    const text = Buffer.from('/api/v1/accounts/4711/documents/42');
    for (let place = 0; place < text.length; place += 1) {
      const dictionary = new ByteDictionary();
      const other = Buffer.from(text);
      other[place]! ^= 1;
      expect([numberOf(dictionary, text), numberOf(dictionary, other), numberOf(dictionary, text)]).toEqual([
        0, 1, 0,
      ]);
      expect(dictionary.isText(0, other, viewOf(other), 0, other.length)).toBe(false);
    }
  });
});
