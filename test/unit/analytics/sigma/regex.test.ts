import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex, regexTest } from '../../../../src-main/analytics/sigma/regex-program.ts';
import { RegexRefused } from '../../../../src-main/analytics/sigma/regex-syntax.ts';

const noFlags = { ignoreCase: false, multiline: false, dotMatchesAll: false };
const matches = (source: string, text: string, flags = {}) =>
  regexTest(compileRegex(source, { ...noFlags, ...flags }))(text);

/** Texts that are regular expressions most of the time, in a syntax that JavaScript reads the same way. */
const expression: fc.Arbitrary<string> = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        'a',
        'b',
        'B',
        ' ',
        '_',
        '.',
        '\\d',
        '\\w',
        '\\S',
        '[ab]',
        '[^a]',
        '[a-c_]',
        '[\\d-]',
      ),
    },
    { weight: 2, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B') },
    { weight: 2, arbitrary: tie('node').map((inside) => `(${inside})`) },
    { weight: 1, arbitrary: tie('node').map((inside) => `(?:${inside})`) },
  ),
  node: fc
    .array(
      fc.tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '+?')),
      { minLength: 0, maxLength: 4 },
    )
    .chain((parts) =>
      fc.tuple(fc.constant(parts.map((part) => part.join('')).join('')), fc.option(tie('node'), { freq: 3 })),
    )
    .map(([first, second]) => (second === null ? first : `${first}|${second}`)),
})).node;

describe('a regular expression', () => {
  test.each([
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['a.c', 'a\nc', false],
    ['^(a|b){2,3}$', 'aba', true],
    ['^(a|b){2,3}$', 'abab', false],
    ['\\bfoo\\b', 'a foo b', true],
    ['\\bfoo\\b', 'afoo', false],
    ['[^\\s]', '   ', false],
    ['^.$', '😀', true],
    ['\\x41\\u0042', 'AB', true],
    ['\\.', 'a', false],
    ['()*$', '', true],
    ['a\\{2}', 'a{2}', true],
    ['[-a]', '-', true],
  ])('%s in %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });

  test('minds its flags', () => {
    expect(matches('stra', 'STRASSE')).toBe(false);
    expect(matches('stra', 'STRASSE', { ignoreCase: true })).toBe(true);
    expect(matches('[A-Z]', 'é', { ignoreCase: true })).toBe(false);
    expect(matches('É', 'é', { ignoreCase: true })).toBe(true);
    expect(matches('[^a]', 'A', { ignoreCase: true })).toBe(false);
    expect(matches('^b$', 'a\nb\nc')).toBe(false);
    expect(matches('^b$', 'a\nb\nc', { multiline: true })).toBe(true);
    expect(matches('a.c', 'a\nc', { dotMatchesAll: true })).toBe(true);
  });

  test('agrees with the engine of JavaScript', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'B', 'c', '_', '1', ' ', '\n', '-'), { maxLength: 10 });
    const flags = fc.record({
      ignoreCase: fc.boolean(),
      multiline: fc.boolean(),
      dotMatchesAll: fc.boolean(),
    });
    let compared = 0;
    fc.assert(
      fc.property(expression, text, flags, (source, letters, flags) => {
        const ours = (() => {
          try {
            return regexTest(compileRegex(source, flags));
          } catch (error) {
            if (error instanceof RegexRefused) return null;
            throw error;
          }
        })();
        if (ours === null) return;
        compared += 1;
        const letter = `${flags.ignoreCase ? 'i' : ''}${flags.multiline ? 'm' : ''}${flags.dotMatchesAll ? 's' : ''}`;
        expect(ours(letters.join(''))).toBe(new RegExp(source, letter).test(letters.join('')));
      }),
      { numRuns: 20_000 },
    );
    expect(compared).toBeGreaterThan(3000);
  });

  test('that would take a backtracking engine for ever is done at once', () => {
    for (const source of [
      '(a|a)*$',
      '(a|b|ab)*c',
      'a*a*a*a*a*a*b',
      '(a?){30}a{30}b',
      '(.*)(.*)(.*)(.*)(.*)[^a]$',
    ])
      expect(matches(source, 'a'.repeat(20_000))).toBe(source === '(a|a)*$');
  });

  test('can be used again after any answer', () => {
    const test = regexTest(compileRegex('a.*b$', noFlags));
    expect([test('ab'), test('a'), test('xaxb'), test('')]).toEqual([true, false, true, false]);
  });
});
