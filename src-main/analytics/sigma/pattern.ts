// Text with Sigma's wildcards: * is any text, ? is any one character, \*, \? and \\ are those characters themselves.

export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'anything' }
  | { readonly kind: 'one-character' };
export type Pattern = readonly PatternPart[];

/** Reads a value as written in a rule. A backslash before any other character is a backslash. */
export function parsePattern(written: string): Pattern {
  const parts: PatternPart[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < written.length; at += 1) {
    const character = written[at]!;
    const next = written[at + 1];
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      at += 1;
    } else if (character === '*' || character === '?') {
      flush();
      parts.push({ kind: character === '*' ? 'anything' : 'one-character' });
    } else text += character;
  }
  flush();
  return parts;
}

/**
 * Returns a test for whole texts. Without `cased`, letters are compared in lower case, whatever the language.
 * The last star alone is ever reconsidered, so the work is at most text × pattern.
 */
export function patternTest(pattern: Pattern, cased: boolean): (text: string) => boolean {
  const fold = cased ? (text: string) => text : (text: string) => text.toLowerCase();
  const pieces = piecesOf(pattern, fold);
  return (text) => piecesMatch(pieces, fold(text));
}

/** What stands between two stars: characters, null for any one. */
type Piece = readonly (string | null)[];

function piecesOf(pattern: Pattern, fold: (text: string) => string): Piece[] {
  const pieces: (string | null)[][] = [[]];
  for (const part of pattern) {
    if (part.kind === 'anything') pieces.push([]);
    else if (part.kind === 'one-character') pieces.at(-1)!.push(null);
    else pieces.at(-1)!.push(...Array.from(fold(part.text)));
  }
  return pieces;
}

function piecesMatch(pieces: readonly Piece[], text: string): boolean {
  const first = pieces[0]!;
  let from = lengthAt(first, text, 0);
  if (from < 0) return false;
  if (pieces.length === 1) return from === text.length;
  for (const piece of pieces.slice(1, -1)) {
    const start = find(piece, text, from);
    if (start < 0) return false;
    from = start + lengthAt(piece, text, start);
  }
  return endsWith(pieces.at(-1)!, text, from);
}

/** Length of the piece at this place of the text, or −1 when it is not there. */
function lengthAt(piece: Piece, text: string, start: number): number {
  let at = start;
  for (const wanted of piece) {
    if (at >= text.length) return -1;
    if (wanted === null) at += characterLength(text, at);
    else if (text.startsWith(wanted, at)) at += wanted.length;
    else return -1;
  }
  return at - start;
}

function find(piece: Piece, text: string, from: number): number {
  if (piece.every((wanted) => wanted !== null)) return text.indexOf(piece.join(''), from);
  for (let start = from; start < text.length; start += characterLength(text, start))
    if (lengthAt(piece, text, start) >= 0) return start;
  return -1;
}

function endsWith(piece: Piece, text: string, from: number): boolean {
  let at = text.length;
  for (const wanted of piece.toReversed()) {
    if (wanted === null) at -= lengthBefore(text, at);
    else if (text.endsWith(wanted, at)) at -= wanted.length;
    else return false;
  }
  return at >= from;
}

function characterLength(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

function lengthBefore(text: string, end: number): number {
  return end >= 2 && text.codePointAt(end - 2)! > 0xffff ? 2 : 1;
}
