// Finds a word in columns of texts: in either case, anywhere within a text.
import { idAt, textOf, type IdColumn, type TextColumn } from '../columns.ts';

const ascii = /^[ -~]*$/;
const capitals = /[A-Z]+/g;

/** As {@link containsWord} wants it. */
export const foldWord = (word: string): string => word.toLowerCase();

/** Whether a folded word occurs in a text. Of words in plain letters only A to Z count as capitals, so that bytes can be searched. */
export function containsWord(text: string, word: string): boolean {
  const folded = ascii.test(word)
    ? text.replace(capitals, (found) => found.toLowerCase())
    : text.toLowerCase();
  return folded.includes(word);
}

/** A column as it is searched: how to tell whether the word occurs in a row. */
export type RowTest = (row: number) => boolean;

const never: RowTest = () => false;

/** @param most rows that will be asked about: for a few it does not pay to search all */
export function wordInTexts(column: TextColumn | null, word: string, most: number): RowTest {
  if (column === null) return never;
  if (column.kind === 'coded') {
    const { codes, values } = column;
    const isHit = values.map((text) => text !== null && containsWord(text, word));
    return isHit.includes(true) ? (row) => isHit[codes[row]!]! : never;
  }
  const { offsets, bytes } = column;
  if (most > fewRows && ascii.test(word)) return wordInBytes(bytes, offsets, word);
  return (row) => {
    const text = textOf(column, row);
    return text !== null && containsWord(text, word);
  };
}

const fewRows = 500;

/** Searched as one long text of single bytes; what is beyond ASCII may change there, but never into ASCII. */
function wordInBytes(bytes: Uint8Array, offsets: Uint32Array, word: string): RowTest {
  const whole = loweredOf(bytes);
  const rows = offsets.length - 1;
  const hits = new Uint8Array(rows);
  let row = 0;
  for (let at = whole.indexOf(word); at >= 0;) {
    row = rowOf(offsets, at, row);
    const end = offsets[row + 1]!;
    const isWithin = at + word.length <= end;
    if (isWithin) hits[row] = 1;
    at = whole.indexOf(word, isWithin ? end : at + 1);
  }
  return (asked) => hits[asked] === 1;
}

/** Of one column at a time: several words are looked for in the same one. */
let lowered: { readonly bytes: WeakRef<Uint8Array>; readonly text: string } | null = null;

function loweredOf(bytes: Uint8Array): string {
  if (lowered?.bytes.deref() === bytes) return lowered.text;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').toLowerCase();
  lowered = { bytes: new WeakRef(bytes), text };
  return text;
}

/** The last row that begins at or before a place and is not empty; rows before `from` are not asked for. */
function rowOf(offsets: Uint32Array, place: number, from: number): number {
  let low = from;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (offsets[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Only what looks like a part of an id is looked for in ids: most of a segment are ids. */
export const looksLikeId = (word: string): boolean => word.length >= 6 && /\d/.test(word);

/** Of UUIDs in bytes, words are looked for at their start. */
export function wordInIds(ids: () => IdColumn, word: string, most: number): RowTest {
  if (!looksLikeId(word)) return never;
  const column = ids();
  if (column.kind === 'text')
    return wordInTexts(
      { kind: 'plain', isNull: null, offsets: column.offsets, bytes: column.bytes },
      word,
      most,
    );
  if (!/^[0-9a-f-]{6,36}$/.test(word)) return never;
  return (row) => idAt(column, row).startsWith(word);
}
