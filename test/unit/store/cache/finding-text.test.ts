import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { piecesOf, putTogether, takeApart } from '../../../../src-main/store/cache/finding-text.ts';

const sentence = (actor: string, count: number, day: string) =>
  JSON.stringify({ what: `document.read ${count} times by ${actor}, on ${day}, 15:00–16:00 UTC.` });
const namesOf = (actor: string) => [actor, 'document.read', ''];

describe('what findings say', () => {
  test('shares a pattern where it differs by numbers, dates and names alone', () => {
    const first = takeApart(sentence('dana', 5, 'Mon 5 Oct 2026'), namesOf('dana'));
    const second = takeApart(sentence('user-138', 12, 'Fri 13 Nov 2026'), namesOf('user-138'));
    expect(second.pattern).toBe(first.pattern);
    expect(first.blanks).toBe('5\nMon 5 Oct 2026,\n15:00\n16:00');
  });

  test('reads back as it was, whatever it says and whoever it names', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u0001',
        '\u0002\u0003',
        '\n',
        '"',
        '\\',
        '$&',
        'Mon 5 Oct 2026',
        '4.51',
        '\ud800',
        'x',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 3, maxLength: 3 }),
        fc.array(fc.nat(9)),
        fc.double(),
        (names, order, number) => {
          const parts = [...names, number, 'on Tue 6 Oct 2026, 9', 'of 672', null, '-', ' ', '.'];
          const said = order.map((place) => parts[place % parts.length]);
          const text = `${JSON.stringify({ number, said })}\n${JSON.stringify(said.join(''))}`;
          const { pattern, blanks } = takeApart(text, names);
          expect(putTogether(piecesOf(pattern), blanks, names)).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is never filled in with too many blanks or too few', () => {
    const { pattern, blanks } = takeApart('"1 of 2"', []);
    for (const wrong of ['', '1', `${blanks}\n3`])
      expect(() => putTogether(piecesOf(pattern), wrong, [])).toThrow(SyntaxError);
  });
});
