import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePattern, patternTest } from '../../../../src-main/analytics/sigma/pattern.ts';

const matches = (pattern: string, text: string, cased = false) =>
  patternTest(parsePattern(pattern), cased)(text);

/** The same meaning by recursion over the written pattern, one character at a time. */
function naive(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (/^\\[*?\\]/.test(pattern)) return text[0] === pattern[1] && naive(pattern.slice(2), text.slice(1));
  if (pattern[0] === '*')
    return naive(pattern.slice(1), text) || (text !== '' && naive(pattern, text.slice(1)));
  if (pattern[0] === '?') return text !== '' && naive(pattern.slice(1), text.slice(1));
  return text[0] === pattern[0] && naive(pattern.slice(1), text.slice(1));
}

describe('a pattern', () => {
  test.each([
    ['abc', 'abc', true],
    ['abc', 'ABC', true],
    ['abc', 'abcd', false],
    ['', '', true],
    ['*', '', true],
    ['?', '', false],
    ['a*c', 'abbbc', true],
    ['a*c', 'ac', true],
    ['a?c', 'ac', false],
    ['*b*', 'abc', true],
    ['ab*ba', 'aba', false],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['a\\?c', 'abc', false],
    ['a\\\\*', 'a\\bc', true],
    ['a\\\\\\*', 'a\\*', true],
    ['a\\\\\\*', 'a\\b', false],
    ['a\\b', 'a\\b', true],
    ['C:\\\\Windows', 'c:\\windows', true],
    ['?', '😀', true],
    ['*?', '😀', true],
    ['a?b*', 'a😀b', true],
    ['straße', 'STRASSE', false],
    ['ÄÖ', 'äö', true],
  ])('%s against %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test('keeps to letters as written when cased', () => {
    expect(matches('aB*', 'aBc', true)).toBe(true);
    expect(matches('aB*', 'abc', true)).toBe(false);
  });

  test('agrees with a matcher that tries everything', () => {
    const pieces = fc.array(fc.constantFrom('a', 'b', '*', '?', '\\', '\\*', '\\?'), { maxLength: 8 });
    const text = fc.array(fc.constantFrom('a', 'b', '*', '?', '\\'), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, text, (pattern, text) => {
        expect(matches(pattern.join(''), text.join(''), true)).toBe(naive(pattern.join(''), text.join('')));
      }),
      { numRuns: 20_000 },
    );
  });

  test('of many stars is not led astray by a long text', () => {
    expect(matches(`${'*a'.repeat(100)}*b`, 'a'.repeat(200_000))).toBe(false);
  });
});
