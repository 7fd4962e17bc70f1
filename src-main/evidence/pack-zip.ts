// Reads the zip of a pack: ours to the last byte, or one that another program has packed again.
import { Problem } from '#shared/model/problem.ts';
import { readDirectory, type DirectoryEntry } from './foreign-directory.ts';
import { readForeignZip } from './foreign-zip.ts';
import { centralHeader, localHeader } from './zip-headers.ts';
import { readZip, type ZipContent } from './zip.ts';

/** `repacked` tells that another program wrote the zip, so that only the contents could be looked at. */
export type PackZip = ZipContent & { readonly repacked: boolean };

/** Whether both headers of an entry are those that our writer writes. */
function isOurs(zip: Buffer, { name, crc, bytes, offset, record }: DirectoryEntry): boolean {
  const entry = { name, crc, size: bytes, offset };
  const header = localHeader(entry);
  return centralHeader(entry).equals(record) && zip.subarray(offset, offset + header.length).equals(header);
}

/**
 * Reads a pack file.
 *
 * A zip in which a single entry is ours was written by us, so every byte of it must be ours: whatever was changed in
 * it is then found, also where it does not matter to the contents. Only a zip without any such entry is read as foreign.
 * @throws Problem `file-unreadable`
 */
export function readPackZip(bytes: Uint8Array): PackZip {
  try {
    return { ...readZip(bytes), repacked: false };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const directory = readDirectory(zip);
    if (directory.entries.some((entry) => isOurs(zip, entry))) throw error;
    return { ...readForeignZip(zip, directory), repacked: true };
  }
}
