// Reads a CSV file that was handed over (RFC 4180), strictly: a row with too few or too many cells is refused, never guessed at.
import { createHash } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';

export type CsvRow = readonly string[];

export type CsvFile = {
  readonly columns: readonly string[];
  /**
   * Some rows at a time, each of as many cells as there are columns; to be gone through once.
   * @throws Problem `file-unreadable` naming the row, never a value
   */
  readonly rows: () => Generator<readonly CsvRow[]>;
};

const rowsAtOnce = 500;

/**
 * @param bytes UTF-8, with or without a byte order mark; the first row names the columns.
 * @throws Problem `file-unreadable`
 */
export function readCsv(bytes: Uint8Array): CsvFile {
  const records = recordsIn(decode(bytes));
  const columns = records.next().value;
  if (columns === undefined) throw unreadable('It is empty.');
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(`Two columns are called “${twice.slice(0, 60)}”.`);
  return { columns, rows: () => batchesOf(records, columns.length) };
}

function* batchesOf(records: Iterable<CsvRow>, width: number): Generator<readonly CsvRow[]> {
  let rows: CsvRow[] = [];
  let number = 1;
  for (const row of records) {
    number += 1;
    if (row.length !== width)
      throw unreadable(`Row ${number} has ${row.length} cells; the first row names ${width}.`);
    if (rows.push(row) < rowsAtOnce) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

const piece = 1 << 20;

/**
 * How many rows stand below the first one, in steps: counted apart from {@link readCsv}, by the ends of lines outside quotation
 * marks alone.
 */
export function* countCsvRows(bytes: Uint8Array): Generator<undefined, number> {
  let isQuoted = false;
  let records = 0;
  let hasContent = false;
  for (let start = 0; start < bytes.length; start += piece) {
    for (const byte of bytes.subarray(start, start + piece)) {
      if (byte === quotationMark) isQuoted = !isQuoted;
      if (byte === lineFeed && !isQuoted) {
        records += 1;
        hasContent = false;
      } else if (byte !== carriageReturn) hasContent = true;
    }
    yield undefined;
  }
  return Math.max(0, records + (hasContent ? 1 : 0) - 1);
}

/** SHA-256 of a file in memory, in steps; 64 hex digits. */
export function* hashBytes(bytes: Uint8Array): Generator<undefined, string> {
  const hash = createHash('sha256');
  for (let start = 0; start < bytes.length; start += piece) {
    hash.update(bytes.subarray(start, start + piece));
    yield undefined;
  }
  return hash.digest('hex');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('It is not UTF-8 text.');
  }
}

function* recordsIn(text: string): Generator<string[], undefined> {
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
    yield cells;
    cells = [];
  }
}

const [quotationMark, comma, lineFeed, carriageReturn] = [0x22, 0x2c, 0x0a, 0x0d];

function plainCell(text: string, start: number): { cell: string; end: number } {
  let end = start;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === comma || code === lineFeed || code === carriageReturn) break;
    if (code === quotationMark)
      throw unreadable('A quotation mark stands in the middle of a cell without any around it.');
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
