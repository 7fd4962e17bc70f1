import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, oneof, property, record, string } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportManifest } from '#shared/model/exports.ts';
import { checkExport } from '../../../../src-main/evidence/exports/check-export.ts';
import { checksumPath, writeManifest } from '../../../../src-main/evidence/exports/manifest.ts';
import { headOf, lineOf, type Column } from '../../../../src-main/evidence/exports/table.ts';
import { writeLines } from '../../../../src-main/evidence/exports/write-file.ts';

type Row = { readonly name: string; readonly note: string | null };
const columns: readonly Column<Row>[] = [
  ['name', (row) => row.name],
  ['note', (row) => row.note],
];
const text = oneof(
  string({ unit: 'grapheme' }),
  constantFrom('=1+1', '+2', '-3', '@x', '\t=1', 'a,"b"\r\nc', "'=1", ''),
);
const rows = array(record({ name: text, note: text }));

/** A reader of RFC 4180 that knows nothing of the writer. */
function readCsv(content: string): string[][] {
  const records: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let place = 0; place < content.length; place += 1) {
    const character = content[place]!;
    if (isQuoted && character === '"' && content[place + 1] === '"') {
      cell += '"';
      place += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === ',' || content.startsWith('\r\n', place))) {
      records.at(-1)!.push(cell);
      cell = '';
      if (character !== ',') {
        records.push([]);
        place += 1;
      }
    } else cell += character;
  }
  return records.slice(0, -1);
}

describe('a line of a table', () => {
  it('reads back from CSV to the letter, but for the apostrophe before a formula', () => {
    assert(
      property(rows, (given) => {
        const content = headOf(columns, 'csv') + given.map((row) => lineOf(row, columns, 'csv')).join('');
        const [header, ...records] = readCsv(content);
        expect(header).toEqual(['\uFEFFname', 'note']);
        expect(records).toHaveLength(given.length);
        for (const [place, row] of given.entries()) {
          for (const [column, value] of [row.name, row.note ?? ''].entries()) {
            const cell = records[place]![column]!;
            expect(cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '')).toBe(
              value.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, ''),
            );
            expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
          }
        }
      }),
    );
  });
});

describe('an exported file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-export-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const manifestOf = (
    file: string,
    written: { sha256: string; bytes: number; lines: number },
    format: string,
  ): ExportManifest => ({
    v: 1,
    what: 'findings',
    format,
    file,
    sha256: written.sha256,
    bytes: written.bytes,
    rows: written.lines,
    rowsCounted: written.lines,
    filter: {},
    filterWords: [],
    asOf: null,
    zone: 'UTC',
    exportedAt: '2026-11-16T00:00:00.000Z',
    exportedBy: null,
    toolVersion: '0',
    source: null,
  });

  async function exported(given: readonly Row[], format: 'csv' | 'ndjson'): Promise<string> {
    const path = join(folder, `table.${format}`);
    const lines = given.map((row) => lineOf(row, columns, format));
    const written = await writeLines(path, headOf(columns, format), lines, async () => undefined);
    await writeManifest(path, manifestOf(`table.${format}`, written, format));
    return path;
  }

  it('has as many rows as were written, whatever they hold, and says so to sha256sum', async () => {
    await assert(
      asyncProperty(rows, constantFrom('csv' as const, 'ndjson' as const), async (given, format) => {
        const path = await exported(given, format);
        expect(await checkExport(path)).toMatchObject({ rows: given.length, faults: [] });
      }),
      { numRuns: 30 },
    );
    const path = await exported([{ name: 'a', note: null }], 'csv');
    execFileSync('sha256sum', ['--check', '--quiet', checksumPath(path)], { cwd: dirname(path) });
  });

  it('is told from a changed one, a shorter one, and one of another name', async () => {
    const path = await exported(
      [
        { name: 'a', note: 'b' },
        { name: 'c', note: 'd' },
      ],
      'csv',
    );
    const content = readFileSync(path, 'utf8');
    writeFileSync(path, content.replace('b', 'x'));
    expect((await checkExport(path)).faults).toEqual(['It was changed: its SHA-256 is another one.']);
    writeFileSync(path, content.slice(0, content.lastIndexOf('c')));
    expect((await checkExport(path)).faults).toEqual([
      expect.stringMatching(/bytes instead of/),
      expect.stringMatching(/changed/),
      'It has 1 rows instead of 2.',
    ]);
    rmSync(path);
    await expect(checkExport(path)).rejects.toThrow(/cannot be read/);
  });

  it('is there as a whole or not at all', async () => {
    const path = join(folder, 'never.csv');
    async function* failing() {
      for (let row = 0; row < 100_000; row += 1) yield `row ${row}\r\n`;
      throw new Error('the list ended');
    }
    await expect(writeLines(path, '', failing(), async () => undefined)).rejects.toThrow('the list ended');
    const stopping = new AbortController();
    const stop = async (lines: number) => {
      if (lines > 10) stopping.abort(new Error('stopped'));
      stopping.signal.throwIfAborted();
    };
    const many = Array.from({ length: 100_000 }, (_, row) => `row ${row}\r\n`);
    await expect(writeLines(path, '', many, stop)).rejects.toThrow('stopped');
    expect(readdirSync(folder).filter((name) => name.includes('never'))).toEqual([]);
    await expect(writeLines(join(folder, 'no', 'folder.csv'), '', [], async () => undefined)).rejects.toThrow(
      /could not be written/,
    );
  });
});
