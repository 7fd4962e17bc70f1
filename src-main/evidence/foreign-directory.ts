// The directory of a zip that another program wrote: its structure only, with every byte of it accounted for.
import { Problem } from '#shared/model/problem.ts';
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

/**
 * Reads the directory, which must fill the space up to the end record; that must be the end of the file.
 *
 * Thereby there is one place only where a directory can be, and no room for the records of zip64.
 * @throws Problem `file-unreadable`
 */
export function readDirectory(zip: Buffer): ZipDirectory {
  const end = zip.length - endHeaderBytes;
  if (end < 0 || zip.readUInt32LE(end) !== endSignature || zip.readUInt16LE(end + 20) !== 0) {
    throw unreadableZip('it does not end as a zip file without a comment does');
  }
  const count = zip.readUInt16LE(end + 10);
  const offset = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(end + 4) !== 0 || zip.readUInt16LE(end + 8) !== count) {
    throw unreadableZip('it is a part of a zip file in several parts');
  }
  if (offset + zip.readUInt32LE(end + 12) !== end) {
    throw unreadableZip('its directory is not where its end says, or it is in the zip64 form');
  }
  const directory = zip.subarray(offset, end);
  const entries: DirectoryEntry[] = [];
  for (let start = 0; start < directory.length; start += entries.at(-1)?.record.length ?? 0) {
    entries.push(readRecord(directory, start));
  }
  if (entries.length !== count)
    throw unreadableZip('its directory holds another number of files than its end says');
  return { entries, offset };
}
