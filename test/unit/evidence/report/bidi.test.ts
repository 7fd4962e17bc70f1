// Capital letters stand for Hebrew ones, as in the examples of UAX #9.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mirrorOf } from '../../../../src-main/evidence/report/pdf/bidi-class.ts';
import {
  baseLevelOf,
  bidiLevels,
  visualOrder,
} from '../../../../src-main/evidence/report/pdf/bidi-levels.ts';
import { levelsOf, turnedLine } from '../../../../src-main/evidence/report/pdf/turned-text.ts';

const hebrew = (text: string): string =>
  text.replaceAll(/[A-Z]/g, (letter) => String.fromCharCode(0x05d0 + letter.charCodeAt(0) - 65));
const latin = (text: string): string =>
  text.replaceAll(/[\u05D0-\u05E9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x05d0 + 65));

function shown(text: string, base: 0 | 1): string {
  const characters = Array.from(hebrew(text));
  const levels = bidiLevels(characters, base);
  const glyphs = characters.map((one, index) => ((levels[index] ?? 0) % 2 === 0 ? one : mirrorOf(one)));
  return latin(
    visualOrder(levels)
      .map((index) => glyphs[index])
      .join(''),
  );
}

test.each<[string, 0 | 1, string]>([
  ['car means CAR.', 0, 'car means RAC.'],
  ['CAR MEANS car.', 1, '.car SNAEM RAC'],
  ['he said "IT IS 123, 456, OK".', 0, 'he said "KO ,456 ,123 SI TI".'],
  ['A 1.5-2 B', 0, 'B 1.5-2 A'],
  ['A 3 + 4 B', 1, 'B 4 + 3 A'],
  ['AB(CD[&ef]!)gh', 1, 'gh(![ef&]DC)BA'],
  ['smith (fabrikam AB) CD', 1, 'DC (BA fabrikam) smith'],
  ['a (B) c', 0, 'a (B) c'],
  ['abc 12% DEF 34%', 0, 'abc 12% 34% FED'],
])('%s', (text, base, expected) => {
  expect(shown(text, base)).toBe(expected);
});

test('digits after Arabic letters are Arabic ones, and keep their order', () => {
  const characters = Array.from('ع 12-3');
  expect(bidiLevels(characters, 1)).toEqual([1, 1, 2, 2, 1, 2]);
  expect(bidiLevels(Array.from('ע 12-3'), 1)).toEqual([1, 1, 2, 2, 2, 2]);
});

test('a mark stays with its letter, and the first letter decides about the whole', () => {
  expect(bidiLevels(Array.from('a\u05B0ב\u05B0'), 0)).toEqual([0, 0, 1, 1]);
  expect([baseLevelOf(Array.from('12 ב a')), baseLevelOf(Array.from('(a ב')), baseLevelOf(['1'])]).toEqual([
    1, 0, 0,
  ]);
});

const letters = fc.constantFrom(
  'a',
  'b',
  'א',
  'ב',
  'ع',
  'ر',
  '1',
  '٢',
  ' ',
  '(',
  ')',
  '-',
  '.',
  '%',
  '\u05B0',
  '𝐀',
);

test('nothing is lost or doubled, and text without such letters stays as it is', () => {
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 20 }), fc.constantFrom<0 | 1>(0, 1), (characters, base) => {
      const levels = bidiLevels(characters, base);
      expect(levels).toHaveLength(characters.length);
      expect(visualOrder(levels).toSorted((one, other) => one - other)).toEqual([...characters.keys()]);
      const plain = characters.filter((one) => /[ab(). -]/.test(one));
      expect(visualOrder(bidiLevels(plain, 0))).toEqual([...plain.keys()]);
    }),
    { numRuns: 200 },
  );
});

test('parts of a line come as they are read, each at the place where it stands', () => {
  const text = 'שלום (abc) 12 ';
  const parts = turnedLine(text, levelsOf(text), (part) => part.length);
  expect(parts.map(({ text: part, x }) => `${part}@${x}`)).toEqual([
    'שלום @8',
    ')@7',
    'abc@4',
    ' (@2',
    '12@0',
  ]);
  expect(parts.map(({ isReversed }) => isReversed)).toEqual([true, true, false, true, false]);
});

test('each line of a text has its own direction, and levels are by code unit', () => {
  expect(levelsOf('𝐀b\nא1')).toEqual([0, 0, 0, 0, 1, 2]);
});
