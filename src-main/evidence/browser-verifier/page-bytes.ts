// What the verifier uses of Node's Buffer, for a browser: the same names, the same answers. Held against the real one by tests.
import { decodeBytes, encodeText, type ByteEncoding } from './page-encodings.ts';

const littleEndian = true;

/** Bytes with the readers and writers of Node. A `subarray` of them is of this kind, too, and shares their memory. */
export class PageBytes extends Uint8Array<ArrayBuffer> {
  #view(): DataView {
    return new DataView(this.buffer, this.byteOffset, this.byteLength);
  }

  readUInt8(offset = 0): number {
    return this.#view().getUint8(offset);
  }

  readUInt16LE(offset = 0): number {
    return this.#view().getUint16(offset, littleEndian);
  }

  readUInt32LE(offset = 0): number {
    return this.#view().getUint32(offset, littleEndian);
  }

  readUInt32BE(offset = 0): number {
    return this.#view().getUint32(offset);
  }

  writeUInt8(value: number, offset = 0): number {
    this.#view().setUint8(offset, value);
    return offset + 1;
  }

  writeUInt16LE(value: number, offset = 0): number {
    this.#view().setUint16(offset, value, littleEndian);
    return offset + 2;
  }

  writeUInt32LE(value: number, offset = 0): number {
    this.#view().setUint32(offset, value, littleEndian);
    return offset + 4;
  }

  writeUInt32BE(value: number, offset = 0): number {
    this.#view().setUint32(offset, value);
    return offset + 4;
  }

  equals(other: Uint8Array): boolean {
    return compareBytes(this, other) === 0;
  }

  /** Holds a stretch of these bytes against a stretch of others: -1, 0 or 1. */
  compare(
    target: Uint8Array,
    targetStart = 0,
    targetEnd = target.length,
    sourceStart = 0,
    sourceEnd = this.length,
  ): number {
    return compareBytes(this.subarray(sourceStart, sourceEnd), target.subarray(targetStart, targetEnd));
  }

  copy(target: Uint8Array, targetStart = 0, sourceStart = 0, sourceEnd = this.length): number {
    const piece = this.subarray(sourceStart, Math.min(sourceEnd, sourceStart + target.length - targetStart));
    target.set(piece, targetStart);
    return piece.length;
  }

  override includes(wanted: number | string | Uint8Array, from = 0): boolean {
    if (typeof wanted === 'number') return super.includes(wanted & 0xff, from);
    const bytes = typeof wanted === 'string' ? encodeText(wanted, 'utf8') : wanted;
    for (let at = from; at + bytes.length <= this.length; at++)
      if (compareBytes(this.subarray(at, at + bytes.length), bytes) === 0) return true;
    return false;
  }

  override toString(encoding: ByteEncoding = 'utf8'): string {
    return decodeBytes(this, encoding);
  }
}

function compareBytes(left: Uint8Array, right: Uint8Array): -1 | 0 | 1 {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return left.length === right.length ? 0 : left.length < right.length ? -1 : 1;
}

const blank = (length: number): PageBytes => new PageBytes(new ArrayBuffer(length));

const copyOf = (bytes: ArrayLike<number>): PageBytes => {
  const copy = blank(bytes.length);
  copy.set(bytes);
  return copy;
};

function concat(pieces: readonly Uint8Array[]): PageBytes {
  const whole = blank(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function from(
  given: string | ArrayBuffer | ArrayLike<number>,
  encodingOrOffset: ByteEncoding | number = 'utf8',
  length?: number,
): PageBytes {
  if (typeof given === 'string')
    return copyOf(encodeText(given, typeof encodingOrOffset === 'number' ? 'utf8' : encodingOrOffset));
  if (!(given instanceof ArrayBuffer)) return copyOf(given);
  const offset = typeof encodingOrOffset === 'number' ? encodingOrOffset : 0;
  return new PageBytes(given, offset, length ?? given.byteLength - offset);
}

/** Stands for the global `Buffer`. */
export const pageBuffer = {
  from,
  concat,
  compare: compareBytes,
  alloc: (length: number, fill = 0): PageBytes => {
    const bytes = blank(length);
    return fill === 0 ? bytes : bytes.fill(fill);
  },
  allocUnsafe: blank,
  byteLength: (text: string | Uint8Array): number =>
    typeof text === 'string' ? encodeText(text, 'utf8').length : text.byteLength,
  isBuffer: (value: unknown): boolean => value instanceof PageBytes,
};
