import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLines } from '../../../bench/evaluate/lines.ts';
import { fileOf } from './files.ts';

async function linesOf(content: string | Uint8Array) {
  const lines = [];
  for await (const line of readLines(fileOf(content))) lines.push(line);
  return lines;
}
const texts = async (content: string | Uint8Array) => (await linesOf(content)).map(({ text }) => text);

describe('lines of a file', () => {
  test('end with LF or CRLF, the last one with nothing', async () => {
    expect(await linesOf('a\r\nb\n\nc')).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
      { number: 3, text: '' },
      { number: 4, text: 'c' },
    ]);
    expect(await texts('a\n')).toEqual(['a']);
    expect(await texts('')).toEqual([]);
  });

  test('begin after a byte order mark, in UTF-8 and in UTF-16', async () => {
    expect(await texts('\u{feff}{"a":1}')).toEqual(['{"a":1}']);
    expect(await texts(Buffer.from('\u{feff}ä\nb', 'utf16le'))).toEqual(['ä', 'b']);
  });

  test('are not broken by separators that JSON allows inside a text', async () => {
    expect(await texts('"a\u{2028}b\u{2029}c\u{85}d"\n1')).toEqual(['"a\u{2028}b\u{2029}c\u{85}d"', '1']);
  });

  test('come through whole, wherever the file is cut into pieces', async () => {
    const long = 'é😀'.repeat(60_000);
    expect(await texts(`${long}\n${long}x`)).toEqual([long, `${long}x`]);
  });

  test('are those of the text, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text))),
        async (parts) => {
          const content = parts.map((part) => `${part}\n`).join('');
          expect(await texts(content)).toEqual(
            parts.map((part, at) => (at === 0 ? part.replace(/^\u{feff}/u, '') : part)),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('of a file that is not there are a problem with its name', async () => {
    await expect(readLines('/nowhere/events.ndjson').next()).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('/nowhere/events.ndjson'),
    });
  });
});
