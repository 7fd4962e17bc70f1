// What a data file of a pack is: its name, the form of a line, and where its rows come from. Writer and verifier share it.
import type { z } from 'zod';
import { formatJsonLine, parseJsonLine } from './json-lines.ts';
import type { PackSource } from './pack-source.ts';
import type { NotYet } from './row-pauses.ts';

/** Rows that files hold and that others are made from; the type says of what kind they are. */
export type Rows<Row> = { readonly rows: string; readonly kind?: Row };

/** A data file of canonical JSON lines. */
export type PayloadPart<Row> = Rows<Row> & {
  readonly name: string;
  /** Whether it is one value, on one line. */
  readonly isSingle: boolean;
  /** Packs made before there was this file lack it. */
  readonly isOptional: boolean;
  /** The rows to be written; null when this pack has none of this kind, and no such file. */
  from(source: PackSource): Iterable<Row | NotYet> | null;
  /** A row as a line with its end. */
  format(row: Row): string;
  /**
   * Reads a line, given without its end.
   * @throws Problem `file-unreadable`
   */
  parse(text: string, where: string): Row;
};

type Definition<Line, Row> = {
  readonly name: string;
  readonly line: z.ZodType<Line>;
  readonly isSingle?: boolean;
  readonly isOptional?: boolean;
  readonly from: (source: PackSource) => Iterable<Row | NotYet> | null;
  readonly lineOf: (row: Row) => Line;
  readonly rowOf: (line: Line, text: string) => Row;
};

/** Defines a data file whose rows are not quite its lines. */
export function definePartOf<Line, Row>(definition: Definition<Line, Row>): PayloadPart<Row> {
  const { name, line, isSingle = false, isOptional = false, from, lineOf, rowOf } = definition;
  return {
    rows: name,
    name,
    isSingle,
    isOptional,
    from,
    format: (row) => formatJsonLine(line.parse(lineOf(row))),
    parse: (text, where) => rowOf(parseJsonLine(text, where, line), text),
  };
}

/** Defines a data file whose rows are its lines. */
export function definePart<Line>(
  definition: Omit<Definition<Line, Line>, 'lineOf' | 'rowOf'>,
): PayloadPart<Line> {
  return definePartOf({ ...definition, lineOf: (row) => row, rowOf: (line) => line });
}
