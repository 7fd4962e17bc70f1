// Text with letters that run from right to left, put into the order in which it stands on a line.
import { mirrorOf } from './bidi-class.ts';
import { baseLevelOf, bidiLevels, visualOrder } from './bidi-levels.ts';

const turning = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

export const hasTurnedLetters = (text: string): boolean => turning.test(text);

/** Levels by code unit. Each line of the text has its own direction, and is set apart from what stands around it. */
export function levelsOf(text: string): number[] {
  return text.split('\n').flatMap((line, index) => {
    const characters = Array.from(line);
    const levels = bidiLevels(characters, baseLevelOf(characters));
    const units = characters.flatMap((character, place) =>
      Array.from({ length: character.length }, () => levels[place] ?? 0),
    );
    return index === 0 ? units : [0, ...units];
  });
}

type Chunk = { text: string; readonly level: number };

/** Stretches of one level; a space ends one, because words are laid out one by one. */
function chunksOf(text: string, levels: readonly number[]): Chunk[] {
  const chunks: Chunk[] = [];
  let place = 0;
  for (const character of text) {
    const level = levels[place] ?? 0;
    const last = chunks.at(-1);
    if (last?.level === level && !last.text.endsWith(' ')) last.text += character;
    else chunks.push({ text: character, level });
    place += character.length;
  }
  return chunks;
}

/** Letters of a chunk are turned by the typeface, which knows their forms; what is no letter has to be mirrored here. */
const shown = ({ text, level }: Chunk): string =>
  level % 2 === 0 ? text : Array.from(text, mirrorOf).join('');

/** Letters that tell the typeface the direction of what stands with them. */
const directed = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** A chunk without letters is turned here, character by character. */
function turned(chunk: Chunk): string {
  const text = shown(chunk);
  return chunk.level % 2 === 0 || directed.test(text) ? text : Array.from(text).toReversed().join('');
}

export type TurnedPart = {
  readonly text: string;
  /** In points, from where the text begins. */
  readonly x: number;
  /** Whether its characters stand in another order than they are read in. */
  readonly isReversed: boolean;
};

/**
 * What stands on a line, in the order in which it is read, each part with its place. Spaces at its end are left out.
 * @param levels of the code units of the text
 * @param widthOf in points
 */
export function turnedLine(
  text: string,
  levels: readonly number[],
  widthOf: (text: string) => number,
): TurnedPart[] {
  const chunks = chunksOf(text.trimEnd(), levels);
  const parts: TurnedPart[] = [];
  let x = 0;
  for (const index of visualOrder(chunks.map(({ level }) => level))) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    const part = { text: turned(chunk), x, isReversed: chunk.level % 2 === 1 };
    parts[index] = part;
    x += widthOf(part.text);
  }
  return parts;
}
