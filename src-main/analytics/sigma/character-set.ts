// Sets of characters as ranges of code points.

export interface CharacterSet {
  readonly negated: boolean;
  /** Inclusive at both ends; they may overlap. */
  readonly ranges: readonly (readonly [number, number])[];
}

const digits: CharacterSet['ranges'] = [[48, 57]];
const words: CharacterSet['ranges'] = [...digits, [65, 90], [95, 95], [97, 122]];
const spaces: CharacterSet['ranges'] = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const lineEnds: CharacterSet['ranges'] = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];
const lastCodePoint = 0x10ffff;

export const anyCharacter: CharacterSet = { negated: true, ranges: [] };
export const anyButLineEnd: CharacterSet = { negated: true, ranges: lineEnds };

export function oneCharacter(codePoint: number): CharacterSet {
  return { negated: false, ranges: [[codePoint, codePoint]] };
}

/** The set \d, \w or \s stands for, or in capitals its complement; null for any other letter. */
export function namedSet(letter: string): CharacterSet | null {
  const ranges = { d: digits, w: words, s: spaces }[letter.toLowerCase()];
  return ranges === undefined ? null : { negated: letter !== letter.toLowerCase(), ranges };
}

/** The same set as ranges only, so that it can be a part of another. */
export function rangesOf({ negated, ranges }: CharacterSet): CharacterSet['ranges'] {
  if (!negated) return ranges;
  const gaps: [number, number][] = [];
  let from = 0;
  for (const [low, high] of ranges.toSorted(([a], [b]) => a - b)) {
    if (low > from) gaps.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= lastCodePoint) gaps.push([from, lastCodePoint]);
  return gaps;
}

export function isLineEnd(codePoint: number): boolean {
  return codePoint === 10 || codePoint === 13 || codePoint === 0x2028 || codePoint === 0x2029;
}

export function isWordCharacter(codePoint: number): boolean {
  return isIn(words, codePoint);
}

/** Whether a character, or with `ignoreCase` its small or capital form, belongs to the set. */
export function contains(set: CharacterSet, codePoint: number, ignoreCase: boolean): boolean {
  const isListed =
    isIn(set.ranges, codePoint) ||
    (ignoreCase && otherCases(codePoint).some((other) => isIn(set.ranges, other)));
  return isListed !== set.negated;
}

function isIn(ranges: CharacterSet['ranges'], codePoint: number): boolean {
  for (const [low, high] of ranges) if (codePoint >= low && codePoint <= high) return true;
  return false;
}

/** Forms of one character only: what becomes two letters in capitals has no capital form here. */
function otherCases(codePoint: number): number[] {
  if (codePoint < 65) return [];
  const text = String.fromCodePoint(codePoint);
  return [text.toLowerCase(), text.toUpperCase()]
    .map((form) => ({ form, code: form.codePointAt(0)! }))
    .filter(({ form, code }) => form.length === (code > 0xffff ? 2 : 1) && code !== codePoint)
    .map(({ code }) => code);
}
