// Reads a regular expression into a tree, and refuses what cannot be matched in time linear in the text.
import {
  anyButLineEnd,
  anyCharacter,
  namedSet,
  oneCharacter,
  rangesOf,
  type CharacterSet,
} from './character-set.ts';

export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly part: RegexNode; readonly least: number; readonly most: number }
  | { readonly kind: 'assertion'; readonly assertion: Assertion };
export type Assertion = 'start' | 'end' | 'word-boundary' | 'no-word-boundary';

export interface RegexFlags {
  /** Letters match whatever their case. */
  readonly ignoreCase: boolean;
  /** ^ and $ match at every line. */
  readonly multiline: boolean;
  /** A dot also matches the end of a line. */
  readonly dotMatchesAll: boolean;
}

/** Why an expression cannot be used, as a sentence. */
export class RegexRefused extends Error {}

const deepestNesting = 20;
const highestRepeat = 1000;
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/**
 * Reads the part of regular expressions in which everything is decided by looking at each character once: characters, classes,
 * groups, alternatives, repetition, ^ $ \b \B.
 * @throws RegexRefused
 */
export function parseRegex(source: string, flags: RegexFlags): RegexNode {
  const reader = new RegexReader(Array.from(source), flags);
  return reader.readAll();
}

class RegexReader {
  readonly #characters: readonly string[];
  readonly #flags: RegexFlags;
  #at = 0;
  #depth = 0;

  constructor(characters: readonly string[], flags: RegexFlags) {
    this.#characters = characters;
    this.#flags = flags;
  }

  readAll(): RegexNode {
    const node = this.#choice();
    if (this.#at < this.#characters.length) throw new RegexRefused('A closing bracket has no opening one.');
    return node;
  }

  #peek(offset = 0): string | undefined {
    return this.#characters[this.#at + offset];
  }

  #take(wanted: string): boolean {
    if (this.#peek() !== wanted) return false;
    this.#at += 1;
    return true;
  }

  #choice(): RegexNode {
    if (this.#depth > deepestNesting) throw new RegexRefused('The groups are nested too deeply.');
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek())
      parts.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', parts };
  }

  #repeated(part: RegexNode): RegexNode {
    const bounds = this.#bounds();
    if (bounds === null) return part;
    if (this.#peek() === '+') throw new RegexRefused('A possessive quantifier is not supported.');
    this.#take('?');
    if (part.kind === 'assertion') throw new RegexRefused('A quantifier follows an anchor.');
    if (this.#bounds() !== null) throw new RegexRefused('Two quantifiers follow each other.');
    const [least, most] = bounds;
    if (most === Infinity && isUnbounded(part))
      throw new RegexRefused('A quantifier without an upper bound encloses another one.');
    return { kind: 'repeat', part, least, most };
  }

  /** The quantifier here, consumed; null when there is none. */
  #bounds(): [number, number] | null {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    if (this.#peek() !== '{') return null;
    const rest = this.#characters.slice(this.#at, this.#at + 12).join('');
    const match = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(rest);
    if (!match) throw new RegexRefused('A brace that is no repetition must be written \\{.');
    this.#at += match[0].length;
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === '' ? Infinity : Number(match[3]);
    if (most < least || least > highestRepeat || (most > highestRepeat && most !== Infinity))
      throw new RegexRefused(`A repetition must be from 0 to ${highestRepeat}, the smaller number first.`);
    return [least, most];
  }

  #atom(): RegexNode {
    const character = this.#characters[this.#at++]!;
    if (character === '(') return this.#group();
    if (character === '[') return { kind: 'set', set: this.#class() };
    if (character === '\\') return this.#escape();
    if (character === '^') return { kind: 'assertion', assertion: 'start' };
    if (character === '$') return { kind: 'assertion', assertion: 'end' };
    if (character === '.')
      return { kind: 'set', set: this.#flags.dotMatchesAll ? anyCharacter : anyButLineEnd };
    if ('*+?{'.includes(character)) throw new RegexRefused('A quantifier has nothing to repeat.');
    return { kind: 'set', set: oneCharacter(character.codePointAt(0)!) };
  }

  #group(): RegexNode {
    if (this.#take('?') && !this.#take(':')) {
      const isLook = /^(<?[=!])/.test((this.#peek() ?? '') + (this.#peek(1) ?? ''));
      throw new RegexRefused(
        isLook ? 'Lookahead and lookbehind are not supported.' : 'Of special groups, only (?: is supported.',
      );
    }
    this.#depth += 1;
    const inside = this.#choice();
    this.#depth -= 1;
    if (!this.#take(')')) throw new RegexRefused('A bracket is not closed.');
    return inside;
  }

  #escape(): RegexNode {
    const letter = this.#peek();
    if (letter !== undefined && /[1-9k]/.test(letter))
      throw new RegexRefused('References back to a group are not supported.');
    if (letter === 'b' || letter === 'B') {
      this.#at += 1;
      return { kind: 'assertion', assertion: letter === 'b' ? 'word-boundary' : 'no-word-boundary' };
    }
    return { kind: 'set', set: this.#escapedSet() };
  }

  /** What follows a backslash, inside or outside a class. */
  #escapedSet(): CharacterSet {
    const letter = this.#characters[this.#at++];
    if (letter === undefined) throw new RegexRefused('A backslash ends the expression.');
    const named = namedSet(letter);
    if (named !== null) return named;
    if (Object.hasOwn(controls, letter)) return oneCharacter(controls[letter]!);
    if (letter === 'x') return oneCharacter(this.#hexadecimal(2));
    if (letter === 'u') return oneCharacter(this.#hexadecimal(4));
    if (/[A-Za-z0-9]/.test(letter)) throw new RegexRefused(`The escape \\${letter} is not supported.`);
    return oneCharacter(letter.codePointAt(0)!);
  }

  #hexadecimal(length: number): number {
    const text = this.#characters.slice(this.#at, this.#at + length).join('');
    if (!/^[0-9a-f]+$/i.test(text) || text.length !== length)
      throw new RegexRefused(`${length} hexadecimal digits are expected after the escape.`);
    this.#at += length;
    return parseInt(text, 16);
  }

  #class(): CharacterSet {
    const negated = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.#take(']')) {
      const low = this.#classMember();
      if (this.#peek() === '-' && this.#peek(1) !== ']' && this.#peek(1) !== undefined) {
        this.#at += 1;
        ranges.push(rangeBetween(low, this.#classMember()));
      } else ranges.push(...rangesOf(low));
    }
    if (ranges.length === 0) throw new RegexRefused('A class of characters is empty.');
    return { negated, ranges };
  }

  #classMember(): CharacterSet {
    const character = this.#characters[this.#at++];
    if (character === undefined) throw new RegexRefused('A class of characters is not closed.');
    if (character === '[' && /[:.=]/.test(this.#peek() ?? ''))
      throw new RegexRefused('Named classes such as [:alpha:] are not supported.');
    return character === '\\' ? this.#escapedSet() : oneCharacter(character.codePointAt(0)!);
  }
}

function rangeBetween(low: CharacterSet, high: CharacterSet): [number, number] {
  const [from] = low.ranges;
  const [to] = high.ranges;
  const isSingle = [low, high].every(
    ({ negated, ranges }) => !negated && ranges.length === 1 && ranges[0]![0] === ranges[0]![1],
  );
  if (!isSingle || from === undefined || to === undefined || from[0] > to[0])
    throw new RegexRefused('A range of characters does not go from a lower to a higher character.');
  return [from[0], to[0]];
}

/** Whether something in it may repeat without end. */
function isUnbounded(node: RegexNode): boolean {
  if (node.kind === 'repeat') return node.most === Infinity || isUnbounded(node.part);
  return 'parts' in node && node.parts.some(isUnbounded);
}
