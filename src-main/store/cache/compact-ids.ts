// Keeps ids that are written as UUIDs in sixteen bytes: many sources store them as text, which takes more than twice that.
import type { IdColumn } from './columns.ts';

/** Half a byte by character code; 255 is no hexadecimal digit as UUIDs are written. */
const halves = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value += 1) halves[value.toString(16).charCodeAt(0)] = value;

const dash = '-'.charCodeAt(0);
const textLength = 36;

/** The same ids, in bytes where every one of them is a UUID in lower case with its dashes: then each reads back as it was. */
export function compactIds(ids: IdColumn): IdColumn {
  if (ids.kind === 'uuid') return ids;
  const { offsets, bytes } = ids;
  const length = offsets.length - 1;
  if (offsets[length] !== length * textLength) return ids;
  const packed = new Uint8Array(length * 16);
  for (let row = 0; row < length; row += 1) {
    if (offsets[row] !== row * textLength || !pack(bytes, row * textLength, packed, row * 16)) return ids;
  }
  return { kind: 'uuid', bytes: packed };
}

function pack(text: Uint8Array, from: number, packed: Uint8Array, to: number): boolean {
  let at = from;
  for (let byte = 0; byte < 16; byte += 1) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) {
      if (text[at] !== dash) return false;
      at += 1;
    }
    const high = halves[text[at]!]!;
    const low = halves[text[at + 1]!]!;
    if (high === 255 || low === 255) return false;
    packed[to + byte] = high * 16 + low;
    at += 2;
  }
  return true;
}
