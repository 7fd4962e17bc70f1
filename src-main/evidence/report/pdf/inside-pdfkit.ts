// What pdfkit has inside and its types leave out, in one place: a newer pdfkit is looked at here.
import { z } from 'zod';

export type ParsedTypeface = PDFKit.Mixins.PDFFontSource & {
  readonly hasGlyphForCodePoint: (codePoint: number) => boolean;
  /** Glyphs by number, each with the characters it was first asked for. */
  ['_glyphs']: Record<number, unknown>;
};
type TypefaceInUse = {
  readonly font: ParsedTypeface;
  /** Glyphs and their places, by word. */
  layoutCache: Record<string, unknown>;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const withTypeface = z.custom<{ readonly ['_font']: TypefaceInUse }>(
  (value) => isObject(value) && '_font' in value && isObject(value['_font']) && 'font' in value['_font'],
);
const withDictionary = z.custom<{ readonly dictionary: { readonly data: { A?: unknown } } }>(
  (value) =>
    isObject(value) && 'dictionary' in value && isObject(value.dictionary) && 'data' in value.dictionary,
);

const withPages = z.custom<{ ['_pageBuffer']: unknown[] }>(
  (value) => isObject(value) && '_pageBuffer' in value && Array.isArray(value['_pageBuffer']),
);

/** The typeface chosen last. */
export const typefaceInUse = (pdf: PDFKit.PDFDocument): TypefaceInUse => withTypeface.parse(pdf)['_font'];

/**
 * Forgets which characters glyphs stood for. Where a typeface has one glyph for several, a document must not say one of them
 * because another document had it.
 */
export function forgetGlyphs(typeface: ParsedTypeface): void {
  typeface['_glyphs'] = {};
}

/** Sets the attributes of an element that is not ended yet; strings in them become names of PDF. */
export function setAttributes(
  element: PDFKit.PDFStructureElement,
  attributes: Readonly<Record<string, string>>,
): void {
  withDictionary.parse(element).dictionary.data.A = attributes;
}

/** A record without any name, not even those every object has: words become names in it. */
export function blankRecord(): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  Object.setPrototypeOf(record, null);
  return record;
}

/** Writes the pages that are set, one after the other; nothing can be drawn on them any more. */
export async function writePages(pdf: PDFKit.PDFDocument, breathe: () => Promise<void>): Promise<void> {
  const buffered = withPages.parse(pdf);
  for (const page of buffered['_pageBuffer']) {
    buffered['_pageBuffer'] = [page];
    pdf.flushPages();
    await breathe();
  }
}
