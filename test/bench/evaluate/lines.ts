// Reads a text file line by line without ever holding more of it than one line.
import { createReadStream } from 'node:fs';
import { Problem } from '#shared/model/problem.ts';

export interface Line {
  /** 1 for the first, as editors count. */
  readonly number: number;
  /** Without its end; null when it is longer than {@link longestLine}. */
  readonly text: string | null;
}

/** In UTF-16 code units. A longer line is no line but a file without line ends. */
export const longestLine = 64 * 1024 * 1024;

/**
 * Yields the lines of a UTF-8 file, or of UTF-16 that says so by its byte order mark. Lines end with LF or CRLF; the
 * separators U+2028 and U+2029 end none, because JSON allows them inside a text.
 * @throws Problem `file-unreadable`
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let number = 0;
  let pending = '';
  let isTooLong = false;
  for await (const text of readText(path)) {
    const parts = text.split('\n');
    for (const [place, part] of parts.entries()) {
      if (place > 0) {
        yield { number: (number += 1), text: isTooLong ? null : withoutReturn(pending) };
        pending = '';
        isTooLong = false;
      }
      if (pending.length + part.length > longestLine) isTooLong = true;
      pending = isTooLong ? '' : pending + part;
    }
  }
  if (pending !== '' || isTooLong)
    yield { number: number + 1, text: isTooLong ? null : withoutReturn(pending) };
}

async function* readText(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  try {
    for await (const chunk of createReadStream(path)) {
      const bytes = chunk as Uint8Array;
      decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');
      yield decoder.decode(bytes, { stream: true });
    }
    if (decoder) yield decoder.decode();
  } catch (cause) {
    throw new Problem('file-unreadable', `The file “${path}” cannot be read.`, {
      next: 'Check its name and that you may read it.',
      cause,
    });
  }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
