// The checksums of a pack, in one place: a browser brings its own for these few functions, and nothing else has to change.
import { createHash, hash } from 'node:crypto';
import { crc32 as crc32Of } from 'node:zlib';

/** SHA-256 of bytes, or of the UTF-8 form of a text. */
export const sha256 = (data: Uint8Array | string): Buffer => hash('sha256', data, 'buffer');

/** The same as 64 hex digits. */
export const sha256Hex = (data: Uint8Array | string): string => hash('sha256', data, 'hex');

/** CRC-32 of zip, of all bytes or going on from those before. */
export const crc32 = (piece: Uint8Array, before = 0): number => crc32Of(piece, before);

export type ContentDigest = { readonly bytes: number; readonly sha256: string; readonly crc: number };

/** Length, SHA-256 (hex) and CRC-32 of a content that arrives in pieces. */
export function contentDigester() {
  const digest = createHash('sha256');
  let crc = 0;
  let bytes = 0;
  return {
    add: (piece: Uint8Array): void => {
      digest.update(piece);
      crc = crc32(piece, crc);
      bytes += piece.length;
    },
    /** To be called once, after the last piece. */
    end: (): ContentDigest => ({ bytes, sha256: digest.digest('hex'), crc }),
  };
}
