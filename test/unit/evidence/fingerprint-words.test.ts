import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  digestOf,
  fingerprintOfWords,
  hexGroupsOf,
  wordsOf,
} from '../../../src-main/evidence/fingerprint-words.ts';

const fingerprintOfBytes = (bytes: Uint8Array) =>
  `SHA256:${Buffer.from(bytes).toString('base64').replace(/=+$/, '')}`;

// The vectors for 256 bits that are published with BIP 39.
test.each([
  ['00', `${'abandon '.repeat(23)}art`],
  [
    '7f',
    'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title',
  ],
  [
    '80',
    'letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless',
  ],
  ['ff', `${'zoo '.repeat(23)}vote`],
])('32 bytes %s are these words, and these words are those bytes', (byte, words) => {
  const digest = Buffer.from(byte.repeat(32), 'hex');
  expect(wordsOf(digest).join(' ')).toBe(words);
  expect(wordsOf(fingerprintOfBytes(digest)).join(' ')).toBe(words);
  expect(fingerprintOfWords(words)).toBe(fingerprintOfBytes(digest));
});

test('words and hex give the fingerprint back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (digest) => {
      const fingerprint = fingerprintOfBytes(digest);
      const words = wordsOf(fingerprint);
      expect(words).toHaveLength(24);
      expect(fingerprintOfWords(`  ${words.join('\n').toUpperCase()} `)).toBe(fingerprint);
      const hex = hexGroupsOf(fingerprint);
      expect(hex).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
      expect(Buffer.from(hex.replaceAll(' ', ''), 'hex').equals(digestOf(fingerprint))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('a word of the wrong list, too few words and a wrong order are refused', () => {
  const words = wordsOf(Buffer.alloc(32, 7));
  expect(() => fingerprintOfWords(words.with(3, 'countersign').join(' '))).toThrow(/not in the list/);
  expect(() => fingerprintOfWords(words.slice(0, 12).join(' '))).toThrow(/24 words/);
  const other = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
  const [first = '', second = '', ...rest] = wordsOf(other);
  expect(() => fingerprintOfWords([second, first, ...rest].join(' '))).toThrow(/24 words/);
});

test.each(['', 'SHA256:', 'MD5:00', `SHA256:${'A'.repeat(42)}B`, `SHA256:${'A'.repeat(44)}`, 'SHA256:ä'])(
  'what is no fingerprint is refused: %s',
  (text) => {
    expect(() => wordsOf(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  },
);
