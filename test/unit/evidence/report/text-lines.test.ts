import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakLines } from '../../../../src-main/evidence/report/pdf/text-lines.ts';
import type { Typesetter } from '../../../../src-main/evidence/report/pdf/typefaces.ts';

/** Every character is as wide as it is long, whatever the typeface. */
const setter: Typesetter = { printable: (text) => text, widthOf: (text) => text.length };
const broken = (text: string, width: number): string[] =>
  breakLines([{ text, face: 'body' }], { width, size: 1, setter }).map((line) =>
    line.map((piece) => piece.text).join(''),
  );

test('nothing is lost, and no line is wider than its place', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '/', '\n', '😀'), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 12 }), (given, width) => {
      const lines = broken(given, width);
      expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(/[ \n]/g, ''));
      for (const line of lines) {
        expect(line.trimEnd().length).toBeLessThanOrEqual(width);
        expect(line.isWellFormed()).toBe(true);
      }
    }),
  );
});

test('words go to the next line whole; long ones break after punctuation', () => {
  expect(broken('one two three', 8)).toEqual(['one two ', 'three']);
  expect(broken('aaaa/bbbbcccc', 8)).toEqual(['aaaa/', 'bbbbcccc']);
  expect(broken('aaaaaaaaaaaa', 8)).toEqual(['aaaaaaaa', 'aaaa']);
  expect(broken('a\n\nb', 8)).toEqual(['a', '', 'b']);
});

test('pieces in several typefaces stand beside each other', () => {
  const runs = [
    { text: 'key ', face: 'body' as const },
    { text: 'abc', face: 'mono' as const },
  ];
  expect(breakLines(runs, { width: 20, size: 1, setter })).toEqual([
    [
      { text: 'key ', face: 'body', x: 0 },
      { text: 'abc', face: 'mono', x: 4 },
    ],
  ]);
});
