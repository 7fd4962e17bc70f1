// Reads the zip of a pack: ours to the last byte, or one that another program has packed again.
import { Problem } from '#shared/model/problem.ts';
import { readStretch, type ByteSource } from './byte-source.ts';
import { asBuffer, readDirectory, type DirectoryEntry, type ZipDirectory } from './foreign-directory.ts';
import { readForeignZip } from './foreign-zip.ts';
import type { PackArchive } from './pack-archive.ts';
import { assertDistinctNames, decodeName } from './pack-files.ts';
import { centralHeader, localHeader, type ZipEntry } from './zip-headers.ts';

/** `repacked` tells that another program wrote the zip, so that only the contents can be looked at. */
export type PackZip = { readonly files: PackArchive; readonly repacked: boolean };

const foreign = (what: string) =>
  new Problem('file-unreadable', `This is not a pack file as Countersign writes it: ${what}.`, {
    next: 'Ask for the original file; if a program has added to it, extract it and verify the extracted folder.',
  });

type OurEntry = { readonly entry: ZipEntry; readonly isOurs: boolean; readonly contentStart: number };

/** Holds both headers of an entry against those that our writer writes. */
async function compareEntry(zip: ByteSource, found: DirectoryEntry): Promise<OurEntry> {
  const { name, crc, bytes, offset, record } = found;
  const entry = { name, crc, size: bytes, offset };
  const header = localHeader(entry);
  const contentStart = offset + header.length;
  const isInside = contentStart <= zip.bytes;
  const isOurs =
    isInside &&
    centralHeader(entry).equals(record) &&
    header.equals(asBuffer(await zip.read(offset, header.length)));
  return { entry, isOurs, contentStart };
}

/** Every byte is accounted for: our headers throughout, names ascending, nothing before, between or behind the files. */
function readOurs(zip: ByteSource, directory: ZipDirectory, entries: readonly OurEntry[]): PackArchive {
  if (entries.some(({ isOurs }) => !isOurs)) throw foreign('the entry of a file has another form');
  let position = 0;
  let previous: Buffer | null = null;
  for (const { entry, contentStart } of entries) {
    if (entry.offset !== position) throw foreign('its directory does not fit its files');
    if (previous !== null && Buffer.compare(previous, entry.name) >= 0)
      throw foreign('its files are not in order, or one is there twice');
    previous = entry.name;
    position = contentStart + entry.size;
    if (position > directory.offset) throw foreign('a file in it ends too early');
  }
  if (position !== directory.offset) throw foreign('its directory does not fit its files');
  const files = new Map(
    entries.map(({ entry: { name, size, crc }, contentStart }) => [
      decodeName(name),
      { bytes: size, crc, read: () => readStretch(zip, contentStart, size) },
    ]),
  );
  assertDistinctNames(files.keys());
  return files;
}

/**
 * Reads the structure of a pack file; contents are read later, piece by piece.
 *
 * A zip in which a single entry is ours was written by us, so every byte of it must be ours: whatever was changed in
 * it is then found, also where it does not matter to the contents. Only a zip without any such entry is read as foreign.
 * @throws Problem `file-unreadable`
 */
export async function readPackZip(zip: ByteSource): Promise<PackZip> {
  const directory = await readDirectory(zip);
  const entries: OurEntry[] = [];
  for (const found of directory.entries) entries.push(await compareEntry(zip, found));
  if (entries.length > 0 && !entries.some(({ isOurs }) => isOurs))
    return { files: await readForeignZip(zip, directory), repacked: true };
  return { files: readOurs(zip, directory, entries), repacked: false };
}
