// What a report is made of, whatever it is printed as: sections, paragraphs, lists of facts, tables, figures, notes.
import type { ReportEdition } from './edition.ts';

/** Text that came from outside: shown as it is, apart from the direction of the text around it. */
type Given = { readonly kind: 'given'; readonly text: string };
type Code = { readonly kind: 'code'; readonly text: string };
type Strong = { readonly kind: 'strong'; readonly text: string };
/** A number or word that can be computed again from the data of the pack. */
type StatedFact = {
  readonly kind: 'fact';
  readonly name: string;
  readonly value: string;
  readonly text: string;
};
/** A plain string is the report's own wording. */
export type Inline = string | Given | Code | Strong | StatedFact;
/** A line feed inside of a string starts a new line. */
export type Phrase = readonly Inline[];

export const given = (text: string): Inline => ({ kind: 'given', text });
export const code = (text: string): Inline => ({ kind: 'code', text });
export const strong = (text: string): Inline => ({ kind: 'strong', text });

/** From paper to ink; a renderer may not rely on hue, and neither may a reader. */
export type Tone = 'paper' | 'pale' | 'light' | 'middle' | 'dark' | 'ink';

/** Shapes in points, the origin at the upper left. */
export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: Tone | null;
      readonly stroke: Tone | null;
    }
  | {
      readonly kind: 'line';
      readonly from: readonly [x: number, y: number];
      readonly to: readonly [x: number, y: number];
      readonly stroke: Tone;
      readonly width: number;
      readonly isDashed: boolean;
    }
  | { readonly kind: 'path'; readonly d: string; readonly fill: Tone }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of the baseline. */
      readonly y: number;
      readonly size: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly tone: Tone;
      readonly isStrong: boolean;
      readonly text: string;
    };

export type Figure = {
  readonly kind: 'figure';
  readonly title: string;
  /** Everything the figure shows, in words. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
};

export type Column = {
  readonly title: string;
  /** Share of the width, relative to the other columns. */
  readonly weight: number;
};

export type Table = {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly Phrase[])[];
};

export type FactList = {
  readonly kind: 'facts';
  readonly terms: readonly (readonly [term: string, value: Phrase])[];
};

export type Block =
  | { readonly kind: 'paragraph'; readonly phrase: Phrase }
  | { readonly kind: 'note'; readonly phrase: Phrase }
  | { readonly kind: 'heading'; readonly phrase: Phrase }
  | { readonly kind: 'list'; readonly items: readonly Phrase[] }
  | { readonly kind: 'verbatim'; readonly text: string }
  | FactList
  | Table
  | Figure;

export type Section = { readonly id: string; readonly title: string; readonly blocks: readonly Block[] };

export type ReportDocument = {
  readonly edition: ReportEdition;
  readonly title: string;
  readonly packId: string;
  /** BCP 47. */
  readonly language: string;
  /** When the pack was made: a report knows no other time. */
  readonly generatedAt: string;
  readonly cover: readonly Block[];
  readonly sections: readonly Section[];
};

export const paragraph = (...phrase: Phrase): Block => ({ kind: 'paragraph', phrase });
export const heading = (...phrase: Phrase): Block => ({ kind: 'heading', phrase });
export const factList = (terms: FactList['terms']): Block => ({ kind: 'facts', terms });

/** A table, or a sentence that there is nothing to list. */
export function tableOrNone(caption: string, columns: readonly Column[], rows: Table['rows']): Block {
  return rows.length === 0 ? paragraph(`${caption}: none.`) : { kind: 'table', caption, columns, rows };
}

function* phrasesOf(block: Block): Generator<Phrase> {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
    case 'heading':
      yield block.phrase;
      return;
    case 'list':
      yield* block.items;
      return;
    case 'facts':
      for (const [, value] of block.terms) yield value;
      return;
    case 'table':
      for (const row of block.rows) yield* row;
      return;
    case 'verbatim':
    case 'figure':
      return;
  }
}

/** Every piece of text of a report, in reading order; figures and verbatim blocks have none. */
export function* inlinesOf(document: ReportDocument): Generator<Inline> {
  for (const block of [...document.cover, ...document.sections.flatMap(({ blocks }) => blocks)]) {
    for (const phrase of phrasesOf(block)) yield* phrase;
  }
}
