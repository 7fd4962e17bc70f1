// A pack that another program has packed again: read for its contents, and only where no two programs could differ.
import { crc32 } from 'node:zlib';
import { unreadableZip, type DirectoryEntry, type ZipDirectory } from './foreign-directory.ts';
import { assertPlainEntry, deflated, isFolder, locateEntry, unpackEntry } from './foreign-entry.ts';
import { assertDistinctNames, compareNames, decodeName } from './pack-files.ts';
import type { ZipContent } from './zip.ts';

/** Bounds the memory that decompressing takes, whatever the file announces. */
const maximumInflatedBytes = 2 ** 29;

type Placed = { readonly name: string; readonly entry: DirectoryEntry; readonly packed: Buffer };

/** Finds all entries; they must lie one right behind the other, from the first byte of the file to the directory. */
function placeEntries(zip: Buffer, directory: ZipDirectory): Placed[] {
  const placed: Placed[] = [];
  let position = 0;
  for (const entry of directory.entries.toSorted((left, right) => left.offset - right.offset)) {
    if (entry.offset !== position)
      throw unreadableZip('there is something between its files, or they overlap');
    const { packed, end } = locateEntry(zip, entry, directory.offset);
    const name = decodeName(isFolder(entry) ? entry.name.subarray(0, -1) : entry.name);
    placed.push({ name, entry, packed });
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

function assertBounded(directory: ZipDirectory): void {
  let inflated = 0;
  for (const { method, bytes } of directory.entries) if (method === deflated) inflated += bytes;
  if (inflated > maximumInflatedBytes) throw unreadableZip('decompressed it would hold more than 512 MiB');
}

/**
 * Reads the regular files of a zip whose directory is `directory`; folders do not count, and one top folder around
 * the pack is taken off.
 *
 * Stored contents are views of `zip`; decompressed ones take 512 MiB at most.
 * @throws Problem `file-unreadable` for anything but plain, distinct, safely named, stored or deflated files.
 */
export function readForeignZip(zip: Buffer, directory: ZipDirectory): ZipContent {
  for (const entry of directory.entries) assertPlainEntry(entry);
  assertBounded(directory);
  const placed = placeEntries(zip, directory).toSorted((left, right) => compareNames(left.name, right.name));
  const top = topFolder(placed.filter(({ entry }) => !isFolder(entry)).map(({ name }) => name));
  const files = new Map<string, Uint8Array>();
  const altered: string[] = [];
  for (const { name, entry, packed } of placed) {
    const content = unpackEntry(packed, entry);
    const inside = name.slice(top.length);
    if (crc32(content) !== entry.crc) altered.push(inside);
    if (!isFolder(entry)) files.set(inside, content);
  }
  return { files: files, altered };
}
