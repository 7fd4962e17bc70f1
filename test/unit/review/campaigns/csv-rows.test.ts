// CSV files that are handed over: read as written, or refused with the reason.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCsvRows, hashBytes, readCsv } from '../../../../src-main/review/campaigns/csv-rows.ts';
import { sha256Hex } from '../../../../src-main/evidence/digest.ts';
import { lastOf } from '../../../../src-main/review/sampling/draw.ts';

const bytes = (text: string) => Buffer.from(text);
/** The whole table. */
function tableOf(file: Buffer) {
  const { columns, rows } = readCsv(file);
  return { columns, rows: [...rows()].flat() };
}

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
        expect(tableOf(bytes(text))).toEqual({ columns, rows });
        expect(lastOf(countCsvRows(bytes(text)))).toBe(rows.length);
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
  ])('%j', (text, why) => expect(() => tableOf(bytes(text))).toThrow(why));

  test('what is not UTF-8', () =>
    expect(() => tableOf(Buffer.from([0x61, 0x0a, 0xff]))).toThrow(/not UTF-8/));
});

test('plain cells, blanks and a comma at the end', () => {
  expect(tableOf(bytes('a,b\n1,\n ,x y\n')).rows).toEqual([
    ['1', ''],
    [' ', 'x y'],
  ]);
});

test('a file of several pieces is read, counted and hashed as a whole', () => {
  const long = 'x'.repeat(900);
  const rows = Array.from({ length: 2600 }, (_, n) => [`${n}`, n % 7 === 0 ? `a,"\n${long}` : long]);
  const text = ['n,text', ...rows.map((row) => row.map(quoted).join(','))].join('\n');
  expect(text.length).toBeGreaterThan(2 ** 21);
  expect(tableOf(bytes(text)).rows).toEqual(rows);
  expect(lastOf(countCsvRows(bytes(text)))).toBe(rows.length);
  expect(lastOf(hashBytes(bytes(text)))).toBe(sha256Hex(text));
});
