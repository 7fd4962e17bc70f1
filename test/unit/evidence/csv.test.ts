import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvHead, csvRow, formatCsvCell } from '../../../src-main/evidence/csv.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1'])(
  '%j cannot be taken for a formula',
  (text) => {
    expect(formatCsvCell(text).replace(/^"/, '')).toMatch(/^'/);
  },
);

test('numbers, unknowns and truth values are written plainly', () => {
  expect([-1.5, null, true, '', 'a'].map(formatCsvCell)).toEqual(['-1.5', '', 'true', '', 'a']);
});

/** A reader of RFC 4180, to check the writer against. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (const [, quoted, plain, end] of text.matchAll(pattern)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}

test('a reader gets every cell back, and no cell starts a formula', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'=+-@",\r\n\t a'.split('')) }),
  );
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, (rows) => {
      const text = `${csvHead(['x', 'y', 'z'])}${rows.map(csvRow).join('')}`.slice(1);
      const read = parse(text).slice(1);
      expect(read.map((row) => row.map((one) => one.replace(/^'/, '')))).toEqual(
        rows.map((row) => row.map((one) => one.replace(/^'/, ''))),
      );
      for (const one of read.flat()) expect(one).not.toMatch(/^[=+\-@\t\r\n]/);
    }),
  );
});

test('the file starts with a byte order mark and ends every row with CRLF', () => {
  expect([...Buffer.from(csvHead(['a']) + csvRow(['b']))]).toEqual([
    0xef,
    0xbb,
    0xbf,
    ...Buffer.from('a\r\nb\r\n'),
  ]);
});
