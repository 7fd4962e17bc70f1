// Puts a pack on disk, whole or not at all, without ever holding it in memory.
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackCounts } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { syncFolder } from './atomic-file.ts';
import { contentDigester } from './digest.ts';
import { assertVerifies, packFiles, type PackedFiles } from './pack.ts';
import { openPackAt } from './pack-reader.ts';
import type { PackSource } from './pack-source.ts';
import { folderSpool } from './spool.ts';
import { sweepPartial } from './sweep-partial.ts';
import type { LateSigner, Signer } from './sshsig.ts';

export type WritePackOptions = {
  readonly source: PackSource;
  readonly signer: Signer | LateSigner;
  /** Where to put the pack, once its name is known. The folder must exist. */
  readonly fileFor: (name: string) => string;
  /** Told what is being done and how far it is; a total of null is unknown. */
  readonly progress: (step: string, done: number, total: number | null, unit: string) => void;
  /** Awaited between rows: lets others in, and throws to give up. Nothing is left behind then. */
  readonly breathe: () => Promise<void>;
  readonly signal: AbortSignal;
  /** Folder for the files in the making; must be on the same disk as the pack. */
  readonly workFolder: string;
};

export type WrittenPack = {
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
  readonly counts: PackCounts;
};

/**
 * Writes a pack; a kill at any moment leaves no half pack under its name.
 * @throws Problem `file-unreadable` when it cannot be written, and as {@link packFiles} and {@link assertVerifies}.
 */
export async function writePack(options: WritePackOptions): Promise<WrittenPack> {
  const work = join(options.workFolder, `.${randomUUID()}.partial`);
  try {
    await sweepPartial(options.workFolder, Date.now());
    await mkdir(work, { mode: 0o700 });
    return await writeIn(work, options);
  } catch (cause) {
    if (!isFromDisk(cause)) throw cause;
    throw unwritable(cause);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function makeFiles(work: string, options: WritePackOptions): Promise<PackedFiles> {
  const { source, signer, progress, breathe, signal } = options;
  const spool = folderSpool(work);
  try {
    return await packFiles(source, signer, spool, async (rows) => {
      progress('Writing the evidence', rows, null, 'lines');
      await breathe();
      signal.throwIfAborted();
    });
  } finally {
    await spool.close();
  }
}

async function writeIn(work: string, options: WritePackOptions): Promise<WrittenPack> {
  const { source, signer, progress, signal } = options;
  const { name, counts, pieces } = await makeFiles(work, options);
  const zip = join(work, 'pack');
  progress('Packing', 0, null, 'bytes');
  const sha256 = await writeDurably(zip, pieces, (bytes) => {
    progress('Packing', bytes, null, 'bytes');
    signal.throwIfAborted();
  });
  const { pack, close } = await openPackAt(zip);
  try {
    const onProgress = (_: string, done: number, total: number) =>
      progress('Verifying what was written', done, total, 'bytes');
    await assertVerifies(pack, source, signer, { signal, onProgress });
  } finally {
    await close();
  }
  const file = options.fileFor(name);
  await rename(zip, file);
  await syncFolder(dirname(file));
  return { name, file, sha256, counts };
}

/** @returns the SHA-256 of what was written, in hex */
async function writeDurably(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  onPiece: (bytes: number) => void,
): Promise<string> {
  const digester = contentDigester();
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      await file.appendFile(piece);
      digester.add(piece);
      bytes += piece.length;
      onPiece(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return digester.end().sha256;
}

const isFromDisk = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && !(error instanceof Problem);

const unwritable = (cause: unknown) =>
  new Problem('file-unreadable', 'The pack could not be written. No file was left or changed there.', {
    next: 'Check that the folder exists, may be written to and has room, then export again.',
    cause,
  });
