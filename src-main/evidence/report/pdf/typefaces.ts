// The typefaces of the PDF, and how wide their words are. They are embedded, so a report looks the same everywhere.
import { createRequire } from 'node:module';
import { blankRecord, forgetGlyphs, typefaceInUse, type ParsedTypeface } from './inside-pdfkit.ts';
import { codePointText, visibleText } from '../visible-text.ts';

const files = {
  body: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const;
export type Face = keyof typeof files;
const faces: readonly Face[] = ['body', 'bold', 'mono'];

const require = createRequire(import.meta.url);
const fontFile = (face: Face): string => require.resolve(`dejavu-fonts-ttf/ttf/${files[face]}`);

/** The parsed typefaces of one document in the making. */
export type TypefaceSet = Map<Face, ParsedTypeface>;

// Parsing a typeface takes longer than setting a short report; what is parsed does not change by being used one after the other.
const idle: TypefaceSet[] = [];

/** Typefaces that no other document uses at the same time. */
export const takeTypefaces = (): TypefaceSet => idle.pop() ?? new Map<Face, ParsedTypeface>();
export const returnTypefaces = (typefaces: TypefaceSet): void => void idle.push(typefaces);

/** Opens every typeface under its name. */
export function openTypefaces(pdf: PDFKit.PDFDocument, parsed: TypefaceSet): void {
  for (const face of faces) {
    pdf.registerFont(face, parsed.get(face) ?? fontFile(face));
    pdf.font(face);
    const { font } = typefaceInUse(pdf);
    forgetGlyphs(font);
    parsed.set(face, font);
  }
}

/** Forgets how words were laid out: most of those on a page, such as hashes, never come again. */
export function forgetWords(pdf: PDFKit.PDFDocument): void {
  for (const face of faces) {
    pdf.font(face);
    typefaceInUse(pdf).layoutCache = blankRecord();
  }
}

// Of the scripts from right to left, Hebrew and Arabic are set; a name that reads backwards would be worse than its codes.
const notTurned = /[\u0700-\u074F\u0780-\u08FF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const mark = /\p{M}/u;
const mostMarks = 2;

export type Typesetter = {
  /** Text in which every character can be printed: those that cannot stand there by their code. */
  readonly printable: (text: string, face: Face) => string;
  /** In points. */
  readonly widthOf: (text: string, face: Face, size: number) => number;
};

export function typesetter(pdf: PDFKit.PDFDocument): Typesetter {
  const known = new Map<string, boolean>();
  const widths = new Map<string, number>();
  const hasGlyph = (character: string, face: Face): boolean => {
    const key = `${face} ${character}`;
    let has = known.get(key);
    if (has === undefined) {
      pdf.font(face);
      has =
        !notTurned.test(character) &&
        typefaceInUse(pdf).font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
      known.set(key, has);
    }
    return has;
  };
  return {
    printable: (text, face) => {
      let printed = '';
      let marks = 0;
      for (const character of visibleText(text.normalize('NFC'))) {
        marks = mark.test(character) ? marks + 1 : 0;
        const isPrinted = character === '\n' || (marks <= mostMarks && hasGlyph(character, face));
        printed += character === '\t' ? ' ' : isPrinted ? character : codePointText(character);
      }
      return printed;
    },
    widthOf: (text, face, size) => {
      if (text.length > 2) return pdf.font(face).fontSize(size).widthOfString(text);
      const key = `${face} ${text}`;
      const width = widths.get(key) ?? pdf.font(face).fontSize(1).widthOfString(text);
      widths.set(key, width);
      return width * size;
    },
  };
}
