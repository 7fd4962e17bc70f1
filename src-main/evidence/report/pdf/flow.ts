// The place on the page where the next thing goes, and how text gets there.
import type { Phrase, Tone } from '../document-model.ts';
import { runsOf } from './runs.ts';
import type { Element } from './structure.ts';
import { breakLines, type Line, type Piece } from './text-lines.ts';
import { forgetWords, type Face, type Typesetter } from './typefaces.ts';

/** A4 in points. */
export const pageWidth = 595.28;
export const pageHeight = 841.89;
export const left = 54;
export const contentWidth = pageWidth - 2 * left;
export const top = 62;
export const bottom = pageHeight - 62;

export const greys: Readonly<Record<Tone, string>> = {
  paper: '#ffffff',
  pale: '#eeeeee',
  light: '#cccccc',
  middle: '#999999',
  dark: '#555555',
  ink: '#111111',
};

export type TextStyle = {
  readonly size: number;
  /** Distance between baselines in points. */
  readonly leading: number;
  readonly face: Face;
};

export type Flow = {
  readonly pdf: PDFKit.PDFDocument;
  readonly setter: Typesetter;
  /** Where the next thing starts, from the top of the page in points. */
  y: number;
  /** Awaited between blocks and rows: lets others in, and throws to give up. */
  readonly breathe: () => Promise<void>;
};

const pagesBetweenForgetting = 10;

export function newPage(flow: Flow): void {
  flow.pdf.addPage();
  if (flow.pdf.bufferedPageRange().count % pagesBetweenForgetting === 0) forgetWords(flow.pdf);
  flow.y = top;
}

/** Goes to a new page where the given height is not left. */
export function ensure(flow: Flow, height: number): void {
  if (flow.y + height > bottom && flow.y > top) newPage(flow);
}

export const linesOf = (flow: Flow, phrase: Phrase, style: TextStyle, width: number): Line[] =>
  breakLines(runsOf(phrase, style.face, flow.setter), { width, size: style.size, setter: flow.setter });

/** Draws a piece. What stands in another order than it is read in is marked as such, for programs that read it out. */
function drawPiece(
  pdf: PDFKit.PDFDocument,
  { text, face, x, parts = [{ text, x: 0, isReversed: false }] }: Piece,
  [left, baseline]: Point,
  size: number,
): void {
  for (const part of parts) {
    if (part.isReversed) pdf.markContent('ReversedChars');
    pdf
      .font(face)
      .fontSize(size)
      .text(part.text, left + x + part.x, baseline, { lineBreak: false, baseline: 'alphabetic' });
    if (part.isReversed) pdf.endMarkedContent();
  }
}

type Point = readonly [x: number, y: number];

/** Draws lines below each other; a space ends each of them, so that words stay apart when the text is read out. */
export function drawLines(
  { pdf }: Flow,
  lines: readonly Line[],
  { size, leading }: TextStyle,
  [x, y]: Point,
  tone: Tone = 'ink',
): void {
  pdf.fillColor(greys[tone]);
  for (const [index, line] of lines.entries()) {
    const baseline = y + index * leading + leading * 0.76;
    for (const [place, piece] of line.entries()) {
      const isEnd = place === line.length - 1 && index < lines.length - 1;
      const text = isEnd && !piece.text.endsWith(' ') ? `${piece.text} ` : piece.text;
      drawPiece(pdf, { ...piece, text }, [x, baseline], size);
    }
  }
}

/** Sets a phrase as content of an element, over as many pages as it takes. */
export function setText(
  flow: Flow,
  element: Element,
  phrase: Phrase,
  style: TextStyle,
  place: { readonly x: number; readonly width: number } = { x: left, width: contentWidth },
): void {
  let lines = linesOf(flow, phrase, style, place.width);
  while (lines.length > 0) {
    // A single line at the end of a page, or at the beginning of the next, gets lost.
    ensure(flow, Math.min(lines.length, 2) * style.leading);
    const room = Math.max(1, Math.floor((bottom - flow.y) / style.leading));
    const count = lines.length - room === 1 && room > 2 ? room - 1 : room;
    const part = lines.slice(0, count);
    element.add(() => drawLines(flow, part, style, [place.x, flow.y]));
    flow.y += part.length * style.leading;
    lines = lines.slice(count);
  }
  element.end();
}
