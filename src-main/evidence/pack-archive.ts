// A pack as named files that are read piece by piece, whatever holds them: a zip, a folder, or memory.
import { Problem } from '#shared/model/problem.ts';
import { readStretch, sourceInMemory, type ByteSource } from './byte-source.ts';
import type { PackFiles } from './pack-files.ts';

export type PackFile = {
  /** Length of the content. */
  readonly bytes: number;
  /** CRC-32 that the container states; null where it states none. */
  readonly crc: number | null;
  /** The content from its first byte on; may be read more than once. */
  readonly read: () => AsyncIterable<Uint8Array>;
};

/** Path inside the pack (forward slashes) to file. */
export type PackArchive = ReadonlyMap<string, PackFile>;

export function fileInSource(source: ByteSource): PackFile {
  return { bytes: source.bytes, crc: null, read: () => readStretch(source, 0, source.bytes) };
}

export function archiveInMemory(files: PackFiles): PackArchive {
  return new Map([...files].map(([name, content]) => [name, fileInSource(sourceInMemory(content))]));
}

/**
 * The whole content of a file.
 * @throws Problem `file-unreadable` when it is longer than `atMostBytes`.
 */
export async function readWhole(file: PackFile, name: string, atMostBytes: number): Promise<Buffer> {
  if (file.bytes > atMostBytes) throw tooLong(name);
  const pieces: Uint8Array[] = [];
  for await (const piece of file.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}

export const tooLong = (name: string): Problem =>
  new Problem('file-unreadable', `${name} is larger than a file of this kind can be.`);

/**
 * The file of this name.
 * @throws Problem `file-unreadable` when it is missing.
 */
export function archivedFile(archive: PackArchive, name: string): PackFile {
  const file = archive.get(name);
  if (file === undefined) throw new Problem('file-unreadable', `${name} is missing.`);
  return file;
}
