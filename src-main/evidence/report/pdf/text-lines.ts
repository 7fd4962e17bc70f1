// Breaks text into lines: at spaces, in long words after punctuation, else wherever the line ends.
import { hasTurnedLetters, levelsOf, turnedLine, type TurnedPart } from './turned-text.ts';
import type { Face, Typesetter } from './typefaces.ts';

export type Run = { readonly text: string; readonly face: Face };
/** Part of a line in one typeface, with its place from the left in points. */
export type Piece = {
  readonly text: string;
  readonly face: Face;
  readonly x: number;
  /** Its parts in reading order, where they stand in another; their places are from where it begins. */
  readonly parts?: readonly TurnedPart[];
};
export type Line = readonly Piece[];

/** Where a piece with letters from right to left is from. */
type Origin = { readonly levels: readonly number[]; readonly start: number };
type OpenPiece = Piece & { readonly origin: Origin | null };
type OpenLine = { pieces: OpenPiece[]; width: number };

/** Words with the spaces behind them, and line feeds. */
function wordsOf(text: string): string[] {
  return text.match(/\n|[^ \n]* +|[^ \n]+/g) ?? [];
}

/** A word with more code units is measured by its characters, and never as a whole. */
const longWord = 60;

/** The number of code units of a word that fit into the width, at least one character. */
function fitting(word: string, width: number, widthOf: (text: string) => number): number {
  let used = 0;
  let end = 0;
  let afterPunctuation = 0;
  for (const character of word) {
    used += widthOf(character);
    if (used > width && end > 0) break;
    end += character.length;
    if (/[/_\-.,:;@=&?|)]/.test(character)) afterPunctuation = end;
  }
  return end < word.length && afterPunctuation > end / 2 ? afterPunctuation : end;
}

/** The words of a run, each with its place in it. */
function* placedWords(text: string): Generator<readonly [word: string, start: number]> {
  let start = 0;
  for (const word of wordsOf(text)) {
    yield [word, start];
    start += word.length;
  }
}

function ordered({ origin, ...piece }: OpenPiece, widthOf: (text: string, face: Face) => number): Piece {
  if (origin === null) return piece;
  const levels = origin.levels.slice(origin.start, origin.start + piece.text.length);
  return { ...piece, parts: turnedLine(piece.text, levels, (text) => widthOf(text, piece.face)) };
}

/**
 * @param runs already printable.
 * @param width in points
 * @param size of the type, in points
 */
export function breakLines(
  runs: readonly Run[],
  { width, size, setter }: { readonly width: number; readonly size: number; readonly setter: Typesetter },
): Line[] {
  const lines: Line[] = [];
  const widthIn = (text: string, face: Face): number => setter.widthOf(text, face, size);
  let line: OpenLine = { pieces: [], width: 0 };
  const end = () => {
    lines.push(line.pieces.map((piece) => ordered(piece, widthIn)));
    line = { pieces: [], width: 0 };
  };
  const place = (text: string, face: Face, origin: Origin | null) => {
    const last = line.pieces.at(-1);
    if (last?.face === face && last.origin?.levels === origin?.levels)
      line.pieces[line.pieces.length - 1] = { ...last, text: last.text + text };
    else line.pieces.push({ text, face, x: line.width, origin });
    line.width += widthIn(text, face);
  };
  const put = (word: string, face: Face, origin: Origin | null) => {
    const widthOf = (text: string) => widthIn(text, face);
    let rest = word;
    const originOfRest = () =>
      origin && { levels: origin.levels, start: origin.start + word.length - rest.length };
    const isWider = (than: number): boolean =>
      rest.length > longWord ? fitting(rest, than, widthOf) < rest.length : widthOf(rest.trimEnd()) > than;
    if (line.width > 0 && isWider(width - line.width)) end();
    while (isWider(width)) {
      const count = fitting(rest, width, widthOf);
      place(rest.slice(0, count), face, originOfRest());
      rest = rest.slice(count);
      end();
    }
    place(rest, face, originOfRest());
  };
  for (const { text, face } of runs) {
    const levels = hasTurnedLetters(text) ? levelsOf(text) : null;
    for (const [word, start] of placedWords(text)) {
      if (word === '\n') end();
      else put(word, face, levels && { levels, start });
    }
  }
  if (line.pieces.length > 0 || lines.length === 0) end();
  return lines;
}
