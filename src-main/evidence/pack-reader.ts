// Opens packs on disk for reading piece by piece: a zip file or the folder of an extracted one.
import { lstat, open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { Problem } from '#shared/model/problem.ts';
import type { ByteSource } from './byte-source.ts';
import { pieceBytes } from './byte-source.ts';
import type { PackArchive, PackFile } from './pack-archive.ts';
import { assertDistinctNames, decodeName, maximumPackFiles } from './pack-files.ts';
import { maximumZipBytes } from './zip-headers.ts';

export type OpenPack = {
  /** A zip as its bytes, a folder as its files. */
  readonly pack: ByteSource | PackArchive;
  readonly close: () => Promise<void>;
};

/**
 * Opens the zip file or folder at `path`.
 * @throws Problem `file-unreadable` when it cannot be opened, and for what no pack holds: links, special files, unsafe names.
 */
export async function openPackAt(path: string): Promise<OpenPack> {
  const unopened = (cause: unknown): never => {
    throw new Problem('file-unreadable', 'The pack cannot be opened, so nothing was verified.', { cause });
  };
  // Looked at first: to open a pipe is to wait until somebody writes to it.
  const found = await stat(path).catch(unopened);
  if (found.isDirectory()) return { pack: await openPackFolder(path), close: () => Promise.resolve() };
  if (!found.isFile())
    throw new Problem('file-unreadable', 'The pack is neither a file nor a folder, so nothing was verified.');
  const file = await open(path, 'r').catch(unopened);
  try {
    return { pack: sourceOf(file, (await file.stat()).size), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function sourceOf(file: FileHandle, bytes: number): ByteSource {
  return {
    bytes,
    read: async (offset, length) => {
      const piece = Buffer.allocUnsafe(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(piece, done, length - done, offset + done);
        if (bytesRead === 0) throw shrunk();
        done += bytesRead;
      }
      return piece;
    },
  };
}

const shrunk = () =>
  new Problem('file-unreadable', 'The pack became shorter while it was read.', {
    next: 'Copy it to a place where nothing changes it, and verify it there.',
  });

const refuse = (what: string) =>
  new Problem('file-unreadable', `This folder is not an extracted pack: ${what}.`);

type Listed = { readonly name: string; readonly path: Buffer; readonly bytes: number };

async function listFiles(folder: Buffer, prefix: string, found: Listed[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const name = decodeName(Buffer.concat([Buffer.from(prefix), entry.name]));
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    if (entry.isDirectory()) await listFiles(path, `${name}/`, found);
    else if (entry.isFile()) found.push({ name, path, bytes: (await lstat(path)).size });
    else throw refuse('it holds something that is neither a file nor a folder, such as a link');
    if (found.length > maximumPackFiles) throw refuse('it holds too many files');
  }
}

/**
 * Lists every regular file below `directory`; empty folders do not count.
 * @throws Problem `file-unreadable` for symbolic links and other special files, unsafe names, and more than a pack can hold.
 */
export async function openPackFolder(directory: string): Promise<PackArchive> {
  const found: Listed[] = [];
  await listFiles(Buffer.from(directory), '', found);
  const total = found.reduce((sum, one) => sum + one.bytes, 0);
  if (total > maximumZipBytes) throw refuse('it holds more than 4 GB');
  assertDistinctNames(found.map(({ name }) => name));
  return new Map(found.map((one) => [one.name, fileAt(one)]));
}

function fileAt({ path, bytes }: Listed): PackFile {
  return {
    bytes,
    crc: null,
    read: async function* () {
      const file = await open(path, 'r');
      try {
        const source = sourceOf(file, bytes);
        for (let done = 0; done < bytes; done += pieceBytes)
          yield await source.read(done, Math.min(pieceBytes, bytes - done));
      } finally {
        await file.close();
      }
    },
  };
}
