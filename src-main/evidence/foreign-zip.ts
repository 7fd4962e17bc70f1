// A pack that another program has packed again: read for its contents, and only where no two programs could differ.
import type { ByteSource } from './byte-source.ts';
import { unreadableZip, type DirectoryEntry, type ZipDirectory } from './foreign-directory.ts';
import { assertPlainEntry, deflated, isFolder, locateEntry, unpackEntry } from './foreign-entry.ts';
import type { PackArchive, PackFile } from './pack-archive.ts';
import { assertDistinctNames, compareNames, decodeName } from './pack-files.ts';
import { maximumZipBytes } from './zip-headers.ts';

/** What evidence shrinks by at most, generously; zeros shrink a thousandfold. Small files may shrink as they like. */
const highestRatio = 200;
const alwaysAllowedBytes = 2 ** 24;

type Placed = { readonly name: string; readonly entry: DirectoryEntry; readonly start: number };

/** Finds all entries; they must lie one right behind the other, from the first byte of the file to the directory. */
async function placeEntries(zip: ByteSource, directory: ZipDirectory): Promise<Placed[]> {
  const placed: Placed[] = [];
  let position = 0;
  for (const entry of directory.entries.toSorted((left, right) => left.offset - right.offset)) {
    if (entry.offset !== position)
      throw unreadableZip('there is something between its files, or they overlap');
    const { start, end } = await locateEntry(zip, entry, directory.offset);
    const name = decodeName(isFolder(entry) ? entry.name.subarray(0, -1) : entry.name);
    placed.push({ name, entry, start });
    position = end;
  }
  if (position !== directory.offset)
    throw unreadableZip('there is something between its files and its directory');
  assertDistinctNames(placed.map(({ name }) => name));
  return placed;
}

/** The folder around a pack, with its slash, when one folder holds everything and bagit.txt lies directly in it. */
function topFolder(names: readonly string[]): string {
  const first = names[0] ?? '';
  const top = first.slice(0, first.indexOf('/') + 1);
  const around = names.includes(`${top}bagit.txt`) && names.every((name) => name.startsWith(top));
  return around ? top : '';
}

/** Bounds the work that decompressing makes, before any is done. */
function assertBounded({ entries }: ZipDirectory): void {
  let inflated = 0;
  let packed = 0;
  for (const { method, bytes, packedBytes } of entries) {
    if (method !== deflated) continue;
    inflated += bytes;
    packed += packedBytes;
  }
  if (inflated > maximumZipBytes) throw unreadableZip('decompressed it would hold more than 4 GiB');
  if (inflated > Math.max(alwaysAllowedBytes, packed * highestRatio))
    throw unreadableZip(`decompressed it would grow more than ${highestRatio}-fold, as no evidence does`);
}

/**
 * The regular files of a zip whose directory is `directory`; folders do not count, and one top folder around the pack is
 * taken off. Contents are read, and decompressed, only when asked for, and never held whole.
 * @throws Problem `file-unreadable` for anything but plain, distinct, safely named, stored or deflated files.
 */
export async function readForeignZip(zip: ByteSource, directory: ZipDirectory): Promise<PackArchive> {
  for (const entry of directory.entries) assertPlainEntry(entry);
  assertBounded(directory);
  const placed = (await placeEntries(zip, directory)).toSorted((left, right) =>
    compareNames(left.name, right.name),
  );
  const top = topFolder(placed.filter(({ entry }) => !isFolder(entry)).map(({ name }) => name));
  for (const { entry, start } of placed) if (isFolder(entry)) await assertEmpty(zip, entry, start);
  return new Map(
    placed
      .filter(({ entry }) => !isFolder(entry))
      .map(({ name, entry, start }) => [name.slice(top.length), fileIn(zip, entry, start)]),
  );
}

function fileIn(zip: ByteSource, entry: DirectoryEntry, start: number): PackFile {
  return { bytes: entry.bytes, crc: entry.crc, read: () => unpackEntry(zip, entry, start) };
}

/** Some programs deflate folders, too; what that gives must be nothing. */
async function assertEmpty(zip: ByteSource, entry: DirectoryEntry, start: number): Promise<void> {
  for await (const piece of unpackEntry(zip, entry, start))
    if (piece.length > 0) throw unreadableZip('a folder in it has contents');
}
