// The pack of an auditor's workspace: its bytes as they came, found under their hash, and read only while they still have it.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { syncFolder } from '../atomic-file.ts';
import { readStretch, type ByteSource } from '../byte-source.ts';
import { openPackAt } from '../pack-reader.ts';
import type { VerifyWatch } from '../verify.ts';

const ownerOnlyFolder = 0o700;
const readOnly = 0o400;

const folderOf = (directory: string): string => join(directory, 'opened-pack');
export const keptPackPath = (directory: string, sha256: string): string =>
  join(folderOf(directory), `${sha256}.zip`);

/**
 * Copies a pack into the workspace, byte by byte.
 * @returns its SHA-256 in hex and its length
 * @throws Problem `file-unreadable` when it cannot be written, and what `signal` was aborted with; nothing is left then.
 */
export async function keepPack(
  directory: string,
  pack: ByteSource,
  watch: VerifyWatch = {},
): Promise<{ sha256: string; bytes: number }> {
  const folder = folderOf(directory);
  const partial = join(folder, `.${randomUUID()}.partial`);
  const hash = createHash('sha256');
  try {
    await mkdir(folder, { recursive: true, mode: ownerOnlyFolder });
    const file = await open(partial, 'wx', readOnly);
    try {
      for await (const piece of watched(pack, 'Copying', watch)) {
        hash.update(piece);
        await file.appendFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const sha256 = hash.digest('hex');
    await rename(partial, keptPackPath(directory, sha256));
    await syncFolder(folder);
    return { sha256, bytes: pack.bytes };
  } catch (cause) {
    await rm(partial, { force: true });
    if (cause instanceof Problem || watch.signal?.aborted === true) throw cause;
    throw new Problem(
      'file-unreadable',
      'The pack could not be copied into the workspace. Nothing was opened.',
      {
        next: 'Check that the workspace folder may be written to and has room.',
        cause,
      },
    );
  }
}

/** Takes back a copy that no act names. */
export const forgetPack = (directory: string, sha256: string): Promise<void> =>
  rm(keptPackPath(directory, sha256), { force: true });

/** Files that were hashed by this process, as they were then: hashing a large pack for every list would take too long. */
const hashed = new Map<string, string>();

async function stampOf(path: string): Promise<string> {
  const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
  return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
}

/** The bytes of a pack, telling how far they are; ends when asked to. */
async function* watched(pack: ByteSource, step: string, { onProgress, signal }: VerifyWatch) {
  let done = 0;
  for await (const piece of readStretch(pack, 0, pack.bytes)) {
    signal?.throwIfAborted();
    yield piece;
    done += piece.length;
    onProgress?.(step, done, pack.bytes);
  }
}

async function hashOf(pack: ByteSource, watch: VerifyWatch): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of watched(pack, 'Hashing', watch)) hash.update(piece);
  return hash.digest('hex');
}

/**
 * Reads the kept pack.
 * @throws Problem `file-unreadable` when the copy is gone or is not what was kept any more
 */
export async function withKeptPack<Result>(
  directory: string,
  sha256: string,
  work: (pack: ByteSource) => Promise<Result>,
  watch: VerifyWatch = {},
): Promise<Result> {
  const path = keptPackPath(directory, sha256);
  const { pack, close } = await openPackAt(path).catch((cause: unknown) => {
    throw new Problem('file-unreadable', 'The pack of this workspace is missing from its folder.', {
      next: 'Open the same pack again; the work on it is kept.',
      cause,
    });
  });
  try {
    if (!('read' in pack)) throw changed();
    const stamp = await stampOf(path);
    if (hashed.get(path) !== stamp) {
      if ((await hashOf(pack, watch)) !== sha256) throw changed();
      hashed.set(path, stamp);
    }
    return await work(pack);
  } finally {
    await close();
  }
}

const changed = () =>
  new Problem(
    'file-unreadable',
    'The copy of the pack in this workspace was changed, so nothing of it is shown.',
    {
      next: 'Open the original pack again; the work on it is kept.',
    },
  );
