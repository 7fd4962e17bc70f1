// Reads a file of one JSON object a line, and keeps account of the lines that are none.
import { readLines } from './lines.ts';

export interface ReadingReport {
  readonly path: string;
  /** Lines that are not empty. */
  lines: number;
  accepted: number;
  skipped: number;
  /** The first {@link skippedShown} skipped lines. */
  readonly examples: { readonly line: number; readonly reason: string }[];
  /** What was understood in another way than it was written, with how often. */
  readonly remarks: Map<string, number>;
}

export const skippedShown = 20;

export type JsonObject = { readonly [key: string]: unknown };

/** What a line turned out to be; a text says why it is not usable. */
export type Parsed<T> = { readonly value: T } | { readonly reason: string };

/** Calls `accept` with every value that `parse` makes of a line. The report counts what it leaves out, and why. */
export async function readObjects<T>(
  path: string,
  parse: (object: JsonObject, line: number, remark: (text: string) => void) => Parsed<T>,
  accept: (value: T) => void,
): Promise<ReadingReport> {
  const report: ReadingReport = {
    path,
    lines: 0,
    accepted: 0,
    skipped: 0,
    examples: [],
    remarks: new Map(),
  };
  const remark = (text: string) => report.remarks.set(text, (report.remarks.get(text) ?? 0) + 1);
  for await (const { number, text } of readLines(path)) {
    if (text !== null && text.trim() === '') continue;
    report.lines += 1;
    const object =
      text === null ? { reason: 'the line is longer than this program reads' } : parseObject(text);
    const parsed = 'value' in object ? parse(object.value, number, remark) : object;
    if ('value' in parsed) {
      report.accepted += 1;
      accept(parsed.value);
    } else {
      report.skipped += 1;
      if (report.examples.length < skippedShown)
        report.examples.push({ line: number, reason: parsed.reason });
    }
  }
  return report;
}

function parseObject(text: string): Parsed<JsonObject> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as JsonObject };
    return { reason: 'not a JSON object' };
  } catch {
    // What the parser says depends on its version, and repeats the text; that it is no JSON is all there is to say.
    return { reason: 'not valid JSON' };
  }
}
