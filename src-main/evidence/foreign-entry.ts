// One entry of a zip that another program wrote: refused unless every program would extract the same regular file.
import type { ByteSource } from './byte-source.ts';
import { readStretch } from './byte-source.ts';
import { asBuffer, unreadableZip, type DirectoryEntry } from './foreign-directory.ts';
import { localHeaderBytes, localSignature } from './zip-headers.ts';

const stored = 0;
export const deflated = 8;
const sizesFollow = 0x0008;
/** Two bits that tell the effort of the compressor, sizes behind the data, names in UTF-8. */
const harmlessFlags = 0x0006 | sizesFollow | 0x0800;

const endlessSize = 0xffff_ffff;
/** Times and owners of Info-ZIP, NTFS times, the empty mark of Java. Others could name another file, or a link. */
const harmlessExtensions: ReadonlySet<number> = new Set([0x000a, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe]);

const descriptorSignature = 0x0807_4b50;
const slash = 0x2f;

/** Folders end in a slash in a zip. */
export const isFolder = (entry: DirectoryEntry): boolean => entry.name.at(-1) === slash;

function assertHarmlessExtensions(extra: Buffer): void {
  let at = 0;
  while (at + 4 <= extra.length) {
    if (!harmlessExtensions.has(extra.readUInt16LE(at))) {
      throw unreadableZip('a file in it has an extension, such as zip64, that programs read differently');
    }
    at += 4 + extra.readUInt16LE(at + 2);
  }
  if (at !== extra.length) throw unreadableZip('a file in it has a damaged extension');
}

function assertRegular({ attributes }: DirectoryEntry, folder: boolean): void {
  const unixType = (attributes >>> 16) & 0o170000;
  const volumeOrLink = 0x0408;
  const markedAsFolder = (attributes & 0x10) !== 0;
  const expected = folder ? 0o040000 : 0o100000;
  if (
    (unixType !== 0 && unixType !== expected) ||
    (attributes & volumeOrLink) !== 0 ||
    (markedAsFolder && !folder)
  ) {
    throw unreadableZip('it holds something that is neither a file nor a folder, such as a link');
  }
}

/**
 * Judges what the directory says about an entry.
 * @throws Problem `file-unreadable` for encryption, other methods than store and deflate, links, comments and zip64.
 */
export function assertPlainEntry(entry: DirectoryEntry): void {
  const { flags, method, bytes, packedBytes, offset } = entry;
  if ((flags & ~harmlessFlags) !== 0) throw unreadableZip('a file in it is encrypted or has an unusual form');
  if (method !== stored && method !== deflated)
    throw unreadableZip('a file in it is compressed in an unusual way');
  if ([bytes, packedBytes, offset].includes(endlessSize)) throw unreadableZip('it is in the zip64 form');
  if (method === stored && bytes !== packedBytes) throw unreadableZip('a file in it has two sizes');
  if (entry.disk !== 0) throw unreadableZip('it is a part of a zip file in several parts');
  if (entry.commentBytes !== 0) throw unreadableZip('a file in it has a comment');
  const folder = isFolder(entry);
  if (folder && (bytes !== 0 || entry.crc !== 0)) throw unreadableZip('a folder in it has contents');
  assertRegular(entry, folder);
  assertHarmlessExtensions(entry.extra);
}

/** Whether the header in front of the data says what the directory says; sizes that follow the data may be 0 there. */
function agrees(header: Buffer, entry: DirectoryEntry): boolean {
  const sizesMayBeMissing = (entry.flags & sizesFollow) !== 0;
  const sizes = [entry.crc, entry.packedBytes, entry.bytes];
  return (
    header.readUInt32LE(0) === localSignature &&
    header.readUInt16LE(6) === entry.flags &&
    header.readUInt16LE(8) === entry.method &&
    sizes.every((size, index) => {
      const here = header.readUInt32LE(14 + 4 * index);
      return here === size || (sizesMayBeMissing && here === 0);
    })
  );
}

/** Where the data of an entry begins, behind a header that fits the directory. */
async function dataStart(zip: ByteSource, entry: DirectoryEntry): Promise<number> {
  const nameStart = entry.offset + localHeaderBytes;
  const misfit = () => unreadableZip('its directory does not fit its files');
  if (nameStart > zip.bytes) throw misfit();
  const header = asBuffer(await zip.read(entry.offset, localHeaderBytes));
  if (!agrees(header, entry)) throw misfit();
  const [nameBytes, extraBytes] = [header.readUInt16LE(26), header.readUInt16LE(28)];
  const start = nameStart + nameBytes + extraBytes;
  if (start > zip.bytes) throw misfit();
  const names = asBuffer(await zip.read(nameStart, nameBytes + extraBytes));
  if (!names.subarray(0, nameBytes).equals(entry.name)) throw misfit();
  assertHarmlessExtensions(names.subarray(nameBytes));
  return start;
}

/** Length of the checksum and sizes behind the data, with or without their optional signature. */
async function descriptorBytes(zip: ByteSource, entry: DirectoryEntry, at: number): Promise<number> {
  if ((entry.flags & sizesFollow) === 0) return 0;
  const full = Buffer.alloc(16);
  for (const [index, value] of [descriptorSignature, entry.crc, entry.packedBytes, entry.bytes].entries()) {
    full.writeUInt32LE(value, 4 * index);
  }
  const found = asBuffer(await zip.read(at, Math.min(full.length, zip.bytes - at)));
  for (const form of [full, full.subarray(4)]) {
    if (found.subarray(0, form.length).equals(form)) return form.length;
  }
  throw unreadableZip('the sizes behind a file do not fit its directory');
}

/**
 * Finds the packed data of an entry.
 * @returns where the data begins, and the offset right behind everything that belongs to the entry.
 * @throws Problem `file-unreadable` when the entry and the directory disagree, or the entry reaches beyond `limit`.
 */
export async function locateEntry(
  zip: ByteSource,
  entry: DirectoryEntry,
  limit: number,
): Promise<{ start: number; end: number }> {
  const start = await dataStart(zip, entry);
  const dataEnd = start + entry.packedBytes;
  const end = dataEnd + (dataEnd > limit ? 0 : await descriptorBytes(zip, entry, dataEnd));
  if (end > limit) throw unreadableZip('a file in it ends too early');
  return { start, end };
}

/**
 * Unpacks the data at `start` piece by piece, and gives up as soon as there is more than was announced.
 * @throws Problem `file-unreadable`
 */
export async function* unpackEntry(
  zip: ByteSource,
  entry: DirectoryEntry,
  start: number,
): AsyncGenerator<Uint8Array> {
  const packed = readStretch(zip, start, entry.packedBytes);
  if (entry.method === stored) {
    yield* packed;
    return;
  }
  let bytes = 0;
  try {
    for await (const piece of ReadableStream.from(packed).pipeThrough(
      new DecompressionStream('deflate-raw'),
    )) {
      bytes += piece.length;
      if (bytes > entry.bytes) break;
      yield piece;
    }
  } catch (cause) {
    throw unreadableZip('a file in it cannot be decompressed to the size it announces', cause);
  }
  if (bytes > entry.bytes)
    throw unreadableZip('a file in it cannot be decompressed to the size it announces');
  if (bytes < entry.bytes) throw unreadableZip('a file in it has another size than it announces');
}
