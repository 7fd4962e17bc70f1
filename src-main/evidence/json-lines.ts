// JSON files of a pack: RFC 8785 canonical text, one value a line, so that equal data is equal bytes.
import type { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson } from './entry-hash.ts';
import { decodeText } from './text-file.ts';

export function formatJsonLines(values: readonly unknown[]): Buffer {
  return Buffer.concat(values.map((value) => Buffer.from(`${canonicalJson(value)}\n`)));
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

function parseLine<Schema extends z.ZodType>(line: string, where: string, schema: Schema): z.output<Schema> {
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

/**
 * Reads one value a line; each line must be canonical, end in LF and fit the schema.
 * @throws Problem `file-unreadable` naming file and line, never a value.
 */
export function parseJsonLines<Schema extends z.ZodType>(
  bytes: Uint8Array,
  name: string,
  schema: Schema,
): z.output<Schema>[] {
  const values: z.output<Schema>[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const where = `${name}, line ${values.length + 1},`;
    if (end < 0) throw new Problem('file-unreadable', `${where} does not end; the file is cut off.`);
    values.push(parseLine(decodeText(bytes.subarray(start, end), name), where, schema));
    start = end + 1;
  }
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
