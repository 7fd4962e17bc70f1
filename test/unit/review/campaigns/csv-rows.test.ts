// CSV files that are handed over: read as written, or refused with the reason.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCsvRows, readCsv } from '../../../../src-main/review/campaigns/csv-rows.ts';

const bytes = (text: string) => Buffer.from(text);
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

test('every table comes back as it was, and both counts agree', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'ü', ' ', ';') });
  const tables = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc
        .array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 })
        .map((rows) => ({ width, rows })),
    );
  fc.assert(
    fc.property(
      tables,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.boolean(),
      ({ width, rows }, end, last, mark) => {
        const columns = Array.from({ length: width }, (_, index) => `c${index}`);
        const lines = [columns.join(','), ...rows.map((row) => row.map(quoted).join(','))];
        const text = `${mark ? '\uFEFF' : ''}${lines.join(end)}${last ? end : ''}`;
        expect(readCsv(bytes(text))).toEqual({ columns, rows });
        expect(countCsvRows(bytes(text))).toBe(rows.length);
      },
    ),
  );
});

describe('refuses', () => {
  test.each([
    ['', /empty/],
    ['a,a\n1,2', /Two columns/],
    ['a,b\n1', /Row 2 has 1 cells/],
    ['a,b\n1,2,', /Row 2 has 3 cells/],
    ['a\n"x', /never closed/],
    ['a\n"x"y', /follows a cell/],
    ['a\nx"y', /in the middle/],
    ['a\rb', /CR alone/],
  ])('%j', (text, why) => expect(() => readCsv(bytes(text))).toThrow(why));

  test('what is not UTF-8', () =>
    expect(() => readCsv(Buffer.from([0x61, 0x0a, 0xff]))).toThrow(/not UTF-8/));
});

test('plain cells, blanks and a comma at the end', () => {
  expect(readCsv(bytes('a,b\n1,\n ,x y\n')).rows).toEqual([
    ['1', ''],
    [' ', 'x y'],
  ]);
});
