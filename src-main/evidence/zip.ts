// Our canonical zip: exactly one byte sequence for a set of files, so that a reader can account for every byte.
import { crc32 } from 'node:zlib';
import { Problem } from '#shared/model/problem.ts';
import { assertDistinctNames, compareNames, decodeName, faultInName, type PackFiles } from './pack-files.ts';
import {
  centralHeader,
  endHeader,
  endHeaderBytes,
  localHeader,
  localHeaderBytes,
  maximumEntries,
  maximumZipBytes,
  type ZipEntry,
} from './zip-headers.ts';

/**
 * Writes the files sorted by name: no compression, fixed date, no extra fields, no comments, no folders.
 * @throws Problem `refused` when the files do not fit into a plain zip, TypeError for a name {@link faultInName} refuses.
 */
export function writeZip(files: PackFiles): Buffer {
  const parts: Uint8Array[] = [];
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (const [name, content] of [...files].toSorted(([left], [right]) => compareNames(left, right))) {
    const fault = faultInName(name);
    if (fault !== null) throw new TypeError(`A file name of the pack ${fault}.`);
    const entry = { name: Buffer.from(name, 'utf8'), crc: crc32(content), size: content.length, offset };
    offset += localHeaderBytes + entry.name.length + entry.size;
    if (offset > maximumZipBytes || entries.length === maximumEntries) throw tooLarge();
    parts.push(localHeader(entry), content);
    entries.push(entry);
  }
  const central = Buffer.concat(entries.map(centralHeader));
  if (offset + central.length > maximumZipBytes) throw tooLarge();
  return Buffer.concat([...parts, central, endHeader(entries.length, central.length, offset)]);
}

const tooLarge = () =>
  new Problem('refused', 'The evidence does not fit into one pack: a pack holds at most 4 GB.', {
    next: 'Export a shorter period.',
  });

/** `altered` names the files whose content no longer fits its checksum. */
export type ZipContent = { readonly files: PackFiles; readonly altered: readonly string[] };

const foreign = (what: string) =>
  new Problem('file-unreadable', `This is not a pack file as Countersign writes it: ${what}.`, {
    next: 'Ask for the original file; if a program has added to it, extract it and verify the extracted folder.',
  });

type ReadEntry = { readonly entry: ZipEntry; readonly text: string; readonly content: Buffer };

function readEntry(zip: Buffer, offset: number, limit: number): ReadEntry {
  if (offset + localHeaderBytes > limit) throw foreign('it ends too early');
  const name = zip.subarray(
    offset + localHeaderBytes,
    offset + localHeaderBytes + zip.readUInt16LE(offset + 26),
  );
  const entry = { name, crc: zip.readUInt32LE(offset + 14), size: zip.readUInt32LE(offset + 18), offset };
  const start = offset + localHeaderBytes + name.length;
  if (start + entry.size > limit) throw foreign('a file in it ends too early');
  if (!zip.subarray(offset, start).equals(localHeader(entry))) {
    throw foreign('the entry of a file has another form');
  }
  return { entry, text: decodeName(name), content: zip.subarray(start, start + entry.size) };
}

/**
 * Reads a zip written by {@link writeZip}; the contents are views of `bytes`, so memory stays bounded by the file.
 *
 * Every byte is accounted for: each header must equal the one the writer would have written, names must ascend, and
 * nothing may stand before, between or after. Compressed, encrypted, linked, nested-folder and zip64 entries have
 * other headers and are refused by the same comparison.
 * @throws Problem `file-unreadable`
 */
export function readZip(bytes: Uint8Array): ZipContent {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const centralEnd = zip.length - endHeaderBytes;
  if (centralEnd < 0) throw foreign('it is too short');
  const count = zip.readUInt16LE(centralEnd + 10);
  const centralOffset = zip.readUInt32LE(centralEnd + 16);
  if (centralOffset > centralEnd) throw foreign('its directory lies outside the file');
  const entries: ZipEntry[] = [];
  const files = new Map<string, Uint8Array>();
  const altered: string[] = [];
  let offset = 0;
  while (offset < centralOffset) {
    const { entry, text, content } = readEntry(zip, offset, centralOffset);
    const previous = entries.at(-1);
    if (previous && Buffer.compare(previous.name, entry.name) >= 0) {
      throw foreign('its files are not in order, or one is there twice');
    }
    if (crc32(content) !== entry.crc) altered.push(text);
    if (entries.push(entry) > maximumEntries) throw foreign('it holds too many files');
    files.set(text, content);
    offset += localHeaderBytes + entry.name.length + entry.size;
  }
  const central = Buffer.concat(entries.map(centralHeader));
  const end = endHeader(entries.length, central.length, centralOffset);
  if (entries.length !== count || !zip.subarray(centralOffset).equals(Buffer.concat([central, end]))) {
    throw foreign('its directory does not fit its files');
  }
  assertDistinctNames(files.keys());
  return { files, altered };
}
