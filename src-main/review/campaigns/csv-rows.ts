// Reads a CSV file that was handed over (RFC 4180), strictly: a row with too few or too many cells is refused, never guessed at.
import { Problem } from '#shared/model/problem.ts';

export type CsvTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/**
 * @param bytes UTF-8, with or without a byte order mark; the first row names the columns.
 * @throws Problem `file-unreadable` naming the row, never a value
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  const records = recordsIn(decode(bytes));
  const [columns, ...rows] = records;
  if (columns === undefined) throw unreadable('It is empty.');
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(`Two columns are called “${twice.slice(0, 60)}”.`);
  const odd = rows.findIndex((row) => row.length !== columns.length);
  if (odd !== -1)
    throw unreadable(`Row ${odd + 2} has ${rows[odd]!.length} cells; the first row names ${columns.length}.`);
  return { columns, rows };
}

/**
 * How many rows stand below the first one: counted apart from {@link readCsv}, by the ends of lines outside quotation marks alone.
 */
export function countCsvRows(bytes: Uint8Array): number {
  const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];
  let isQuoted = false;
  let records = 0;
  let hasContent = false;
  for (const byte of bytes) {
    if (byte === quote) isQuoted = !isQuoted;
    if (byte === lineFeed && !isQuoted) {
      records += 1;
      hasContent = false;
    } else if (byte !== carriageReturn) hasContent = true;
  }
  return Math.max(0, records + (hasContent ? 1 : 0) - 1);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('It is not UTF-8 text.');
  }
}

function recordsIn(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let position = 0;
  while (position < text.length) {
    const { cell, end } = text[position] === '"' ? quotedCell(text, position) : plainCell(text, position);
    cells.push(cell);
    const isLast = text[end] !== ',';
    position = end + (text.startsWith('\r\n', end) ? 2 : 1);
    // A comma at the very end opens one more cell, which is empty.
    if (!isLast && position >= text.length) cells.push('');
    if (!isLast && position < text.length) continue;
    records.push(cells);
    cells = [];
  }
  return records;
}

function plainCell(text: string, start: number): { cell: string; end: number } {
  let end = start;
  while (end < text.length && !',\r\n'.includes(text[end]!)) {
    if (text[end] === '"')
      throw unreadable('A quotation mark stands in the middle of a cell without any around it.');
    end += 1;
  }
  if (text[end] === '\r' && text[end + 1] !== '\n') throw unreadable('A line ends with CR alone.');
  return { cell: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): { cell: string; end: number } {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] === '"') continue;
    const cell = text.slice(start + 1, end).replaceAll('""', '"');
    const after = end + 1;
    if (
      after === text.length ||
      text[after] === ',' ||
      text[after] === '\n' ||
      text.startsWith('\r\n', after)
    )
      return { cell, end: after };
    throw unreadable('Something follows a cell in quotation marks.');
  }
  throw unreadable('A quotation mark is never closed.');
}

function unreadable(why: string): Problem {
  return new Problem(
    'file-unreadable',
    `This CSV file cannot be read as it is. ${why} Nothing was kept of it.`,
    {
      next: 'Export it again as CSV in UTF-8, with the names of the columns in the first row.',
    },
  );
}
