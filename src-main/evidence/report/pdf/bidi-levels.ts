// The levels of the Unicode Bidirectional Algorithm (UAX #9, rules P2 to I2) for a text without direction marks.
import { bidiClassOf, closingOf, type BidiClass } from './bidi-class.ts';

type Strong = 'L' | 'R';

const isNumber = (one: BidiClass | undefined): boolean => one === 'EN' || one === 'AN';
const isNeutral = (one: BidiClass | undefined): boolean => one === 'WS' || one === 'ON';

/** Numbers count as from right to left where neutral characters are resolved. */
function strongOf(one: BidiClass | undefined): Strong | null {
  if (one === 'L') return 'L';
  return one === 'R' || one === 'AL' || isNumber(one) ? 'R' : null;
}

/** P2, P3: 1 where the first strong character is one from right to left, else 0. */
export function baseLevelOf(characters: readonly string[]): 0 | 1 {
  for (const character of characters) {
    const found = bidiClassOf(character);
    if (found === 'L') return 0;
    if (found === 'R' || found === 'AL') return 1;
  }
  return 0;
}

/** W1 to W3: marks follow their letter, digits after Arabic letters are Arabic. */
function resolveLetters(types: BidiClass[], base: Strong): void {
  let before: BidiClass = base;
  let strong: BidiClass = base;
  for (const [index, type] of types.entries()) {
    const own: BidiClass = type === 'NSM' ? before : type;
    if (own === 'L' || own === 'R' || own === 'AL') strong = own;
    before = own;
    types[index] = own === 'EN' && strong === 'AL' ? 'AN' : own;
  }
  for (const [index, type] of types.entries()) if (type === 'AL') types[index] = 'R';
}

/** W4 to W7: what stands in or beside a number belongs to it; numbers after Latin letters are as those. */
function resolveNumbers(types: BidiClass[], base: Strong): void {
  for (const [index, type] of types.entries()) {
    const [before, after] = [types[index - 1], types[index + 1]];
    if (before !== after || !isNumber(before)) continue;
    if (type === 'CS' || (type === 'ES' && before === 'EN')) types[index] = before ?? type;
  }
  for (let start = 0; start < types.length; start += 1) {
    if (types[start] !== 'ET') continue;
    let end = start;
    while (types[end] === 'ET') end += 1;
    if (types[start - 1] === 'EN' || types[end] === 'EN') types.fill('EN', start, end);
    start = end;
  }
  let strong: BidiClass = base;
  for (const [index, type] of types.entries()) {
    if (type === 'ES' || type === 'ET' || type === 'CS') types[index] = 'ON';
    if (type === 'L' || type === 'R') strong = type;
    if (type === 'EN' && strong === 'L') types[index] = 'L';
  }
}

const mostOpenBrackets = 63;

/** BD16: the places of paired brackets, by their opening ones. */
function pairsOf(characters: readonly string[], types: readonly BidiClass[]): [number, number][] {
  const open: { readonly closing: string; readonly index: number }[] = [];
  const pairs: [number, number][] = [];
  for (const [index, character] of characters.entries()) {
    if (types[index] !== 'ON') continue;
    const closing = closingOf.get(character);
    if (closing !== undefined) {
      if (open.length === mostOpenBrackets) break;
      open.push({ closing, index });
      continue;
    }
    const place = open.findLastIndex((one) => one.closing === character);
    const opening = open[place];
    if (opening === undefined) continue;
    pairs.push([opening.index, index]);
    open.length = place;
  }
  return pairs.toSorted(([left], [right]) => left - right);
}

/** N0: the direction of a pair of brackets, or null where it stays neutral. */
function directionOfPair(
  types: readonly BidiClass[],
  [from, to]: [number, number],
  base: Strong,
): Strong | null {
  let hasOpposite = false;
  for (let index = from + 1; index < to; index += 1) {
    const strong = strongOf(types[index]);
    if (strong === base) return base;
    if (strong !== null) hasOpposite = true;
  }
  if (!hasOpposite) return null;
  for (let index = from - 1; index >= 0; index -= 1) {
    const strong = strongOf(types[index]);
    if (strong !== null) return strong;
  }
  return base;
}

function resolveBrackets(
  types: BidiClass[],
  characters: readonly string[],
  original: readonly BidiClass[],
  base: Strong,
): void {
  for (const pair of pairsOf(characters, types)) {
    const direction = directionOfPair(types, pair, base);
    if (direction === null) continue;
    for (const place of pair) {
      types[place] = direction;
      for (let mark = place + 1; original[mark] === 'NSM'; mark += 1) types[mark] = direction;
    }
  }
}

/** N1, N2: neutral characters follow their neighbours where these agree, else the text as a whole. */
function resolveNeutrals(types: BidiClass[], base: Strong): void {
  for (let start = 0; start < types.length; start += 1) {
    if (!isNeutral(types[start])) continue;
    let end = start;
    while (isNeutral(types[end])) end += 1;
    const before = start === 0 ? base : strongOf(types[start - 1]);
    const after = end === types.length ? base : strongOf(types[end]);
    types.fill(before !== null && before === after ? before : base, start, end);
    start = end;
  }
}

/**
 * The level of each character: even ones run from left to right.
 * @param base 0 for a text from left to right, 1 for one from right to left
 */
export function bidiLevels(characters: readonly string[], base: 0 | 1): number[] {
  const direction: Strong = base === 0 ? 'L' : 'R';
  const original = characters.map(bidiClassOf);
  const types = [...original];
  resolveLetters(types, direction);
  resolveNumbers(types, direction);
  resolveBrackets(types, characters, original, direction);
  resolveNeutrals(types, direction);
  // I1, I2
  return types.map((type) => {
    if (type === 'R') return 1;
    if (isNumber(type)) return 2;
    return base === 0 ? 0 : 2;
  });
}

/** L2: the order in which pieces of these levels stand from left to right. */
export function visualOrder(levels: readonly number[]): number[] {
  let order = levels.map((_, index) => index);
  for (let level = Math.max(0, ...levels); level > 0; level -= 1) {
    const next: number[] = [];
    let turned: number[] = [];
    for (const index of order) {
      if ((levels[index] ?? 0) >= level) turned.unshift(index);
      else {
        next.push(...turned, index);
        turned = [];
      }
    }
    order = [...next, ...turned];
  }
  return order;
}
