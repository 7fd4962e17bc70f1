// JSON files of a pack: RFC 8785 canonical text, one value a line, so that equal data is equal bytes.
import type { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson } from './entry-hash.ts';
import { decodeText } from './text-file.ts';

/** Acts about many items at once are one line; what is longer was made to exhaust memory. */
export const longestLineBytes = 2 ** 26;

export const formatJsonLine = (value: unknown): string => `${canonicalJson(value)}\n`;

export function formatJsonLines(values: readonly unknown[]): Buffer {
  return Buffer.concat(values.map((value) => Buffer.from(formatJsonLine(value))));
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Problem('file-unreadable', `${where} is not JSON.`, { cause });
  }
}

/** Text that is not well-formed Unicode has no canonical form. */
function isCanonical(line: string, data: unknown): boolean {
  try {
    return canonicalJson(data) === line;
  } catch (cause) {
    if (cause instanceof Error) return false;
    throw cause;
  }
}

/**
 * Reads one line, without its end; it must be canonical and fit the schema.
 * @param where file and line, for the message.
 * @throws Problem `file-unreadable` naming file and line, never a value.
 */
export function parseJsonLine<Schema extends z.ZodType>(
  line: string,
  where: string,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(parseJson(line, where));
  if (!result.success) {
    const field = result.error.issues[0]?.path.join('.') ?? '';
    throw new Problem(
      'file-unreadable',
      `${where} does not have the form of this pack format${field === '' ? '' : ` (${field})`}.`,
    );
  }
  // What was read must be all there is: no field the schema passed over, no key twice, no other way of writing a number.
  if (isCanonical(line, result.data)) return result.data;
  throw new Problem(
    'file-unreadable',
    `${where} is not in canonical form (RFC 8785) or says more than this format.`,
  );
}

export type TextLine = { readonly text: string; readonly where: string };

const lineEnd = 0x0a;

/** Finds the ends of lines in pieces that arrive one by one; a line may reach over several of them. */
function lineCutter(name: string) {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  let count = 0;
  const where = (): string => `${name}, line ${count + 1},`;
  return {
    /** The lines that end in this piece. */
    *cut(piece: Uint8Array): Generator<TextLine> {
      let start = 0;
      for (let end = piece.indexOf(lineEnd); end >= 0; end = piece.indexOf(lineEnd, start)) {
        const rest = piece.subarray(start, end);
        const whole = begunBytes === 0 ? rest : Buffer.concat([...begun, rest]);
        yield { text: decodeText(whole, name), where: where() };
        [begun, begunBytes, start] = [[], 0, end + 1];
        count += 1;
      }
      if (start === piece.length) return;
      begun.push(piece.subarray(start));
      begunBytes += piece.length - start;
      if (begunBytes > longestLineBytes)
        throw new Problem('file-unreadable', `${where()} is longer than any line of a pack.`);
    },
    /** Says that there is nothing more. */
    end: (): void => {
      if (begunBytes > 0)
        throw new Problem('file-unreadable', `${where()} does not end; the file is cut off.`);
    },
  };
}

/**
 * The lines of a file that is read piece by piece, each without its LF, some at a time.
 * @throws Problem `file-unreadable` for what is not UTF-8, for a line of absurd length, and for a last line without end.
 */
export async function* readLines(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<readonly TextLine[]> {
  const cutter = lineCutter(name);
  for await (const piece of pieces) yield [...cutter.cut(piece)];
  cutter.end();
}

/**
 * Reads one value a line of a text in memory; each line must be canonical, end in LF and fit the schema.
 * @throws Problem `file-unreadable` naming file and line, never a value.
 */
export function parseJsonLines<Schema extends z.ZodType>(
  bytes: Uint8Array,
  name: string,
  schema: Schema,
): z.output<Schema>[] {
  const cutter = lineCutter(name);
  const values = [...cutter.cut(bytes)].map(({ text, where }) => parseJsonLine(text, where, schema));
  cutter.end();
  return values;
}

/**
 * Reads a file with exactly one such line.
 * @throws Problem `file-unreadable`
 */
export function parseJsonFile<Schema extends z.ZodType>(
  bytes: Uint8Array,
  name: string,
  schema: Schema,
): z.output<Schema> {
  const [value, ...more] = parseJsonLines(bytes, name, schema);
  if (value !== undefined && more.length === 0) return value;
  throw new Problem('file-unreadable', `${name} does not hold exactly one JSON value.`);
}
