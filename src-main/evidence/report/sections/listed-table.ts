// A table of the first of many: above it stands how many more there are, and in which file of the pack.
import { paragraph, tableOrNone, type Block, type Phrase } from '../document-model.ts';
import { countText } from '../visible-text.ts';

type Columns = Parameters<typeof tableOrNone>[1];

export type ListedTable<Row> = {
  readonly caption: string;
  readonly columns: Columns;
  /** Those that are listed. */
  readonly rows: readonly Row[];
  /** How many there are. */
  readonly total: number;
  /** Of the pack, with all of them. */
  readonly file: string;
};

/** Where there are none, it says so. */
export function listedTable<Row>(
  { caption, columns, rows, total, file }: ListedTable<Row>,
  cellsOf: (row: Row, index: number) => readonly Phrase[],
): Block[] {
  return [...moreText(rows.length, total, file), tableOrNone(caption, columns, rows.map(cellsOf))];
}

/** The first of all, as many as somebody reads on paper. */
export const firstOf = <Row>(all: readonly Row[], most: number) => ({
  rows: all.slice(0, most),
  total: all.length,
});

/** Says how many more there are than are listed, and in which file. */
export const moreText = (listed: number, total: number, file: string): Block[] =>
  listed === total
    ? []
    : [paragraph(`Listed are ${countText(listed)}; and ${countText(total - listed)} more in ${file}.`)];
