// Notices bytes that a disk changed: SQLite checks the structure of its pages, not what is in them.
import { crc32 } from 'node:zlib';
import { damaged } from '../database.ts';

/** CRC-32 over the parts one after another. */
export function checksumOf(...parts: readonly (Uint8Array | null)[]): number {
  return parts.reduce((sum, part) => (part === null ? sum : crc32(part, sum)), 0);
}

/** @throws Problem `store-damaged` */
export function assertUnchanged(checksum: number, ...parts: readonly (Uint8Array | null)[]): void {
  if (checksumOf(...parts) !== checksum) throw damaged('cache', new Error('A checksum differs.'));
}
