// Adds files beside the signed ones of a finished pack file; everything else in it stays byte for byte.
import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { syncFolder } from './atomic-file.ts';
import { sourceInMemory } from './byte-source.ts';
import { crc32 } from './digest.ts';
import { fileInSource, type PackArchive, type PackFile } from './pack-archive.ts';
import type { PackFiles } from './pack-files.ts';
import { openPackAt } from './pack-reader.ts';
import { readPackZip } from './pack-zip.ts';
import { layOutZip } from './zip.ts';

export type ChangedPack = {
  /** How many files were added. */
  readonly added: number;
  /** Of the pack file before and after, in hex. */
  readonly before: string;
  readonly sha256: string;
};

const ownerOnly = 0o600;

type Member = {
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
  readonly file: PackFile;
};

/** @throws TypeError for a file that states no checksum; those of a zip do */
export function memberOf(name: string, file: PackFile): Member {
  if (file.crc === null) throw new TypeError('A file of a zip states its checksum.');
  return { name, bytes: file.bytes, crc: file.crc, file };
}

const newMember = (name: string, content: Uint8Array): Member => ({
  name,
  bytes: content.length,
  crc: crc32(content),
  file: fileInSource(sourceInMemory(content)),
});

/** The zip that Countersign writes of these files, piece by piece. */
export async function* zipOf(members: readonly Member[]): AsyncGenerator<Uint8Array> {
  const layout = layOutZip(members);
  for (const { member, header } of layout.members) {
    yield header;
    yield* member.file.read();
  }
  yield layout.directory;
}

/** Replaces the file whole or not at all; returns the hash of what was written. */
async function replaceFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  accept: (candidate: string) => Promise<void>,
): Promise<string> {
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
  const hash = createHash('sha256');
  try {
    const file = await open(partial, 'wx', ownerOnly);
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        await file.appendFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await accept(partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return hash.digest('hex');
}

/** SHA-256 of pieces, in hex. */
export async function hashPieces(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

export type Addition = {
  readonly path: string;
  /** What of it is added goes into the words of a refusal. */
  readonly what: string;
  /** The files to add, by name; none is fine. */
  readonly make: (files: PackArchive) => Promise<PackFiles>;
  /** Looks at the changed pack before it takes the place of the old one; throws to leave that as it is. */
  readonly accept?: (candidate: string) => Promise<void>;
};

/**
 * Adds files to a pack file.
 * @throws Problem `file-unreadable` for a folder, or a zip that another program wrote; and what `make` and `accept` throw. The
 *   pack is then as it was.
 */
export async function addToPack({ path, what, make, accept }: Addition): Promise<ChangedPack> {
  const { pack, close } = await openPackAt(path);
  try {
    const isFile = 'read' in pack;
    const zip = isFile ? await readPackZip(pack) : null;
    if (!isFile || zip === null || zip.repacked)
      throw new Problem(
        'file-unreadable',
        `${what} go into a pack file as Countersign wrote it. Nothing was changed.`,
        { next: 'Give the original pack file.' },
      );
    const before = await hashPieces(fileInSource(pack).read());
    const added = [...(await make(zip.files))].map(([name, content]) => newMember(name, content));
    if (added.length === 0) return { added: 0, before, sha256: before };
    const members = [...zip.files].map(([name, file]) => memberOf(name, file));
    const pieces = zipOf([...members, ...added]);
    const sha256 = await replaceFile(path, pieces, accept ?? (() => Promise.resolve()));
    return { added: added.length, before, sha256 };
  } finally {
    await close();
  }
}
