// Whether two PDF files of one printer say the same: byte for byte, but for how tightly their streams are packed.
import { inflateSync } from 'node:zlib';
import type { ReportDocument } from './report/document-model.ts';
import { renderReportPdf } from './report/pdf/print.ts';

/** More than any report of ours unpacks to. */
const longestStreamBytes = 2 ** 28;

/** A part of a file: text of the format, or the content of a stream. */
type Part = { readonly text: string } | { readonly stream: Buffer };

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const streamBegin = /\/Length (\d+)(?:(?!endobj)[^])*?>>\s*?stream\r?\n/g;

/** The parts in their order; null where the file is not built as our printer builds it. */
function partsOf(bytes: Uint8Array): Part[] | null {
  const text = latin(bytes);
  const parts: Part[] = [];
  let done = 0;
  streamBegin.lastIndex = 0;
  for (let match = streamBegin.exec(text); match !== null; match = streamBegin.exec(text)) {
    const begin = match.index + match[0].length;
    const end = begin + Number(match[1]);
    if (!text.startsWith('\nendstream', end)) return null;
    parts.push({ text: text.slice(done, begin) });
    const content = Buffer.from(bytes.subarray(begin, end));
    parts.push({
      stream: match[0].includes('/FlateDecode')
        ? inflateSync(content, { maxOutputLength: longestStreamBytes })
        : content,
    });
    done = end;
    streamBegin.lastIndex = end;
  }
  return [...parts, { text: text.slice(done) }];
}

/** The table at the end points to where each object begins, and nowhere else. */
function hasTrueOffsets(bytes: Uint8Array): boolean {
  const text = latin(bytes);
  const at = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN);
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] ?\r?\n)+)trailer/.exec(text.slice(at));
  if (!Number.isInteger(at) || table === null) return false;
  const rows = (table[2] ?? '').split('\n').filter((row) => row !== '');
  return (
    rows.length === Number(table[1]) &&
    rows.every((row, id) => id === 0 || text.startsWith(`${id} 0 obj\n`, Number(row.slice(0, 10))))
  );
}

/** Lengths and offsets follow from how tightly streams are packed. */
const withoutLengths = (text: string): string =>
  text
    .replaceAll(/\/Length \d+/g, '/Length')
    .replaceAll(/^\d{10} \d{5} n ?$/gm, 'n')
    .replaceAll(/startxref\n\d+/g, 'startxref');

function isSamePart(one: Part, other: Part | undefined): boolean {
  if (other === undefined) return false;
  if ('text' in one) return 'text' in other && withoutLengths(one.text) === withoutLengths(other.text);
  return 'stream' in other && one.stream.equals(other.stream);
}

/**
 * Compilers of zlib for different processors pack the same content differently, so that a byte-wise difference says nothing yet.
 * @param drawn what this computer draws
 */
export function isSamePrint(given: Uint8Array, drawn: Uint8Array): boolean {
  if (Buffer.compare(given, drawn) === 0) return true;
  if (!hasTrueOffsets(given)) return false;
  try {
    const [left, right] = [partsOf(given), partsOf(drawn)];
    if (left === null || right === null || left.length !== right.length) return false;
    return left.every((part, index) => isSamePart(part, right[index]));
  } catch {
    // A stream that cannot be unpacked is not one that we packed.
    return false;
  }
}

/** Draws the report and compares; needs the typefaces of the program, so that a browser cannot. */
export const isPrintOf = async (given: Uint8Array, document: ReportDocument): Promise<boolean> =>
  isSamePrint(given, await renderReportPdf(document));
