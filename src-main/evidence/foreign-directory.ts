// The directory of a zip, ours or another program's: its structure only, with every byte of it accounted for.
import { Problem } from '#shared/model/problem.ts';
import type { ByteSource } from './byte-source.ts';
import { maximumPackFiles } from './pack-files.ts';
import { centralHeaderBytes, centralSignature, endHeaderBytes, endSignature } from './zip-headers.ts';

/** An entry as the directory describes it; nothing of this has been judged yet. */
export type DirectoryEntry = {
  /** The whole record in the directory. */
  readonly record: Buffer;
  readonly name: Buffer;
  readonly extra: Buffer;
  readonly commentBytes: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly disk: number;
  /** Type and permissions on Unix above, attributes of MS-DOS and Windows below. */
  readonly attributes: number;
  readonly offset: number;
};

export type ZipDirectory = { readonly entries: readonly DirectoryEntry[]; readonly offset: number };

/** The refusal of a zip that is none, or has a form in which programs could read different things. */
export function unreadableZip(what: string, cause?: unknown): Problem {
  return new Problem('file-unreadable', `This pack file cannot be read: ${what}.`, {
    next: 'If it is a sound zip file, extract it and verify the extracted folder; else ask for the original file.',
    cause,
  });
}

function readRecord(directory: Buffer, start: number): DirectoryEntry {
  const nameStart = start + centralHeaderBytes;
  if (nameStart > directory.length || directory.readUInt32LE(start) !== centralSignature) {
    throw unreadableZip('its directory is damaged');
  }
  const extraStart = nameStart + directory.readUInt16LE(start + 28);
  const commentStart = extraStart + directory.readUInt16LE(start + 30);
  const commentBytes = directory.readUInt16LE(start + 32);
  const end = commentStart + commentBytes;
  if (end > directory.length) throw unreadableZip('its directory is damaged');
  return {
    record: directory.subarray(start, end),
    name: directory.subarray(nameStart, extraStart),
    extra: directory.subarray(extraStart, commentStart),
    commentBytes,
    flags: directory.readUInt16LE(start + 8),
    method: directory.readUInt16LE(start + 10),
    crc: directory.readUInt32LE(start + 16),
    packedBytes: directory.readUInt32LE(start + 20),
    bytes: directory.readUInt32LE(start + 24),
    disk: directory.readUInt16LE(start + 34),
    attributes: directory.readUInt32LE(start + 38),
    offset: directory.readUInt32LE(start + 42),
  };
}

/** Names are at most 255 bytes, and what else an entry may carry here is short. */
const maximumDirectoryBytes = maximumPackFiles * 512;

/**
 * Reads the directory, which must fill the space up to the end record; that must be the end of the file.
 *
 * Thereby there is one place only where a directory can be, and no room for the records of zip64. What is claimed is
 * judged before it is read, so a hostile file costs no more than the directory of a large pack.
 * @throws Problem `file-unreadable`
 */
export async function readDirectory(zip: ByteSource): Promise<ZipDirectory> {
  const end = zip.bytes - endHeaderBytes;
  if (end < 0) throw unreadableZip('it does not end as a zip file without a comment does');
  const record = asBuffer(await zip.read(end, endHeaderBytes));
  if (record.readUInt32LE(0) !== endSignature || record.readUInt16LE(20) !== 0) {
    throw unreadableZip('it does not end as a zip file without a comment does');
  }
  const count = record.readUInt16LE(10);
  const offset = record.readUInt32LE(16);
  if (record.readUInt32LE(4) !== 0 || record.readUInt16LE(8) !== count) {
    throw unreadableZip('it is a part of a zip file in several parts');
  }
  if (offset + record.readUInt32LE(12) !== end) {
    throw unreadableZip('its directory is not where its end says, or it is in the zip64 form');
  }
  if (count > maximumPackFiles || end - offset > maximumDirectoryBytes)
    throw unreadableZip(`it lists more than the ${maximumPackFiles} files a pack can have`);
  return { entries: readRecords(asBuffer(await zip.read(offset, end - offset)), count), offset };
}

function readRecords(directory: Buffer, count: number): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  for (let start = 0; start < directory.length; start += entries.at(-1)?.record.length ?? 0) {
    if (entries.length === count) break;
    entries.push(readRecord(directory, start));
  }
  const read = entries.reduce((sum, { record }) => sum + record.length, 0);
  if (entries.length !== count || read !== directory.length)
    throw unreadableZip('its directory holds another number of files than its end says');
  return entries;
}

/** A view with the readers of Node; nothing is copied. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
