// What an exported table is made of: its columns, and how one row becomes a line of a file.
import type { TableFormat } from '#shared/model/exports.ts';
import { formatCsvCell, type CsvCell } from '../csv.ts';
import { canonicalJson } from '../entry-hash.ts';

export type Column<Row> = readonly [title: string, cell: (row: Row) => CsvCell];

/** Spreadsheets otherwise guess another encoding. */
const byteOrderMark = '\uFEFF';

/** The lines before the rows. */
export function headOf<Row>(columns: readonly Column<Row>[], format: TableFormat): string {
  if (format === 'ndjson') return '';
  return `${byteOrderMark}${columns.map(([title]) => formatCsvCell(title)).join(',')}\r\n`;
}

/** A row as one record: RFC 4180 with formulas made harmless, or the whole value as canonical JSON (RFC 8785). */
export function lineOf<Row>(row: Row, columns: readonly Column<Row>[], format: TableFormat): string {
  if (format === 'ndjson') return `${canonicalJson(row)}\n`;
  return `${columns.map(([, cell]) => formatCsvCell(cell(row))).join(',')}\r\n`;
}

/** Several values in one cell. */
export const together = (values: readonly string[]): CsvCell =>
  values.length === 0 ? null : values.join('; ');
