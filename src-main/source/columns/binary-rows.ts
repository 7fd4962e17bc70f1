// Finds the rows in a stream of bytes that may be cut anywhere, and stops whenever a batch is full.
import { incomplete, type RowBuilder } from './row-builder.ts';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags (int32) and the length of the header's extension (int32). */
const headerBytes = signature.length + 8;
/** Bits 16–31 of the flags are critical: whoever does not know them cannot read on. */
const criticalFlags = 0xffff_0000;
/** In place of a row's count of fields: there are no more rows. */
const trailer = -1;
const firstCarry = 65_536;
/** A larger one was made for one large row, and is given back after it. */
const largestIdleCarry = 4_194_304;

type Place = 'header' | 'rows' | 'end';

/**
 * Reads rows as COPY (FORMAT binary) frames them, or bare, as a cursor gives them.
 * Call {@link feed} with a piece, then {@link fill} until it answers false, taking a batch each time it answers true.
 */
export class BinaryRows {
  readonly #batch: RowBuilder<unknown>;
  #place: Place;
  /** The piece being read: the receiver's own bytes, or those carried over together with what followed. */
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #position = 0;
  #limit = 0;
  /** The beginning of a row whose end was not in the last piece. */
  #carry: Buffer = Buffer.allocUnsafeSlow(firstCarry);
  #carried = 0;

  constructor(batch: RowBuilder<unknown>, framing: 'copy' | 'bare') {
    this.#batch = batch;
    this.#place = framing === 'copy' ? 'header' : 'rows';
  }

  /** Takes bytes[start, end), which stay untouched until {@link fill} has answered false. `view` looks at the same bytes. */
  feed(bytes: Buffer, view: DataView, start: number, end: number): void {
    if (this.#carried === 0) {
      this.#turnTo(bytes, view, start, end);
      return;
    }
    const length = this.#carried + end - start;
    if (length > this.#carry.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#carry.length * 2));
      this.#carry.copy(larger, 0, 0, this.#carried);
      this.#carry = larger;
    }
    bytes.copy(this.#carry, this.#carried, start, end);
    this.#carried = 0;
    this.#turnTo(this.#carry, viewOf(this.#carry), 0, length);
  }

  /** True when the batch is full and must be taken before going on; false when the piece is used up. */
  fill(): boolean {
    if (this.#place === 'header') this.#readHeader();
    while (this.#place === 'rows' && this.#position < this.#limit) {
      if (this.#batch.isFull) return true;
      if (this.#isTrailer()) break;
      const next = this.#batch.add(this.#bytes, this.#view, this.#position, this.#limit);
      if (next === incomplete) break;
      this.#position = next;
    }
    this.#carryOver();
    return false;
  }

  /** @throws Error when the stream ended inside a row or without the end that COPY announces. */
  assertEnded(): void {
    if (this.#carried > 0 || this.#place === 'header')
      throw new Error('The server ended the answer in the middle of a row.');
  }

  #turnTo(bytes: Buffer, view: DataView, start: number, end: number): void {
    this.#bytes = bytes;
    this.#view = view;
    this.#position = start;
    this.#limit = end;
  }

  #isTrailer(): boolean {
    if (this.#position + 2 > this.#limit || this.#view.getInt16(this.#position) !== trailer) return false;
    this.#place = 'end';
    this.#position = this.#limit;
    return true;
  }

  #readHeader(): void {
    const start = this.#position;
    if (start + headerBytes > this.#limit) return;
    const isCopy = signature.equals(this.#bytes.subarray(start, start + signature.length));
    const flags = this.#view.getUint32(start + signature.length);
    if (!isCopy || (flags & criticalFlags) !== 0)
      throw new Error('The server answered COPY in a form this program does not know.');
    const end = start + headerBytes + this.#view.getUint32(start + signature.length + 4);
    if (end > this.#limit) return;
    this.#position = end;
    this.#place = 'rows';
  }

  #carryOver(): void {
    const rest = this.#limit - this.#position;
    if (rest > 0) {
      if (rest > this.#carry.length) this.#carry = Buffer.allocUnsafeSlow(rest * 2);
      this.#bytes.copy(this.#carry, 0, this.#position, this.#limit);
      this.#carried = rest;
    } else if (this.#carry.length > largestIdleCarry) this.#carry = Buffer.allocUnsafeSlow(firstCarry);
    this.#position = this.#limit;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
