// Breaks text into lines: at spaces, in long words after punctuation, else wherever the line ends.
import type { Face, Typesetter } from './typefaces.ts';

export type Run = { readonly text: string; readonly face: Face };
/** Part of a line in one typeface, with its place from the left in points. */
export type Piece = { readonly text: string; readonly face: Face; readonly x: number };
export type Line = readonly Piece[];

type OpenLine = { pieces: Piece[]; width: number };

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
  let line: OpenLine = { pieces: [], width: 0 };
  const end = () => {
    lines.push(line.pieces);
    line = { pieces: [], width: 0 };
  };
  const place = (text: string, face: Face) => {
    const last = line.pieces.at(-1);
    if (last?.face === face) line.pieces[line.pieces.length - 1] = { ...last, text: last.text + text };
    else line.pieces.push({ text, face, x: line.width });
    line.width += setter.widthOf(text, face, size);
  };
  const put = (word: string, face: Face) => {
    const widthOf = (text: string) => setter.widthOf(text, face, size);
    let rest = word;
    const isWider = (than: number): boolean =>
      rest.length > longWord ? fitting(rest, than, widthOf) < rest.length : widthOf(rest.trimEnd()) > than;
    if (line.width > 0 && isWider(width - line.width)) end();
    while (isWider(width)) {
      const count = fitting(rest, width, widthOf);
      place(rest.slice(0, count), face);
      rest = rest.slice(count);
      end();
    }
    place(rest, face);
  };
  for (const { text, face } of runs) {
    for (const word of wordsOf(text)) {
      if (word === '\n') end();
      else put(word, face);
    }
  }
  if (line.pieces.length > 0 || lines.length === 0) end();
  return lines;
}
