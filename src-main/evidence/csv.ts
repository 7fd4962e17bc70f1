// CSV as RFC 4180, safe to open in a spreadsheet: no cell can be taken for a formula.

export type CsvCell = string | number | boolean | null;

/** Also the full-width forms, which spreadsheets in East Asian settings read alike. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/u;
const byteOrderMark = '\uFEFF';

/** One cell: formulas get a leading apostrophe, unknown is empty, quotes only where needed. Numbers are never formulas. */
export function formatCsvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a table begins with: UTF-8 with a byte order mark, because spreadsheets otherwise guess another encoding. */
export const csvHead = (titles: readonly string[]): string => `${byteOrderMark}${csvRow(titles)}`;

/** One row with its CRLF. */
export const csvRow = (cells: readonly CsvCell[]): string => `${cells.map(formatCsvCell).join(',')}\r\n`;
