// The length-prefixed fields of the SSH wire encoding (RFC 4251 section 5).
import { Problem } from '#shared/model/problem.ts';

/** One `string` field: four bytes of big-endian length, then the bytes. */
export function wireString(value: Uint8Array | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads fields front to back. Every method throws Problem `file-unreadable` when the bytes end too early. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) {
      throw new Problem('file-unreadable', 'The SSH data ends in the middle of a field.');
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  string(): Buffer {
    return this.take(this.number());
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) {
      throw new Problem('file-unreadable', 'The SSH data goes on after its last field.');
    }
  }
}

/**
 * Decodes base64 that is written exactly as an encoder writes it: padded, no white space, no loose bits at the end.
 * @throws Problem `file-unreadable`
 */
export function strictBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return bytes;
  throw new Problem('file-unreadable', 'The base64 text is damaged.');
}
