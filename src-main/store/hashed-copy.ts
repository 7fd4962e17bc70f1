// Copies a file whose SHA-256 is known beforehand: it gets its name only once every byte was compared and is on disk.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, renameSync } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../evidence/atomic-file.ts';

const ownerOnly = { file: 0o600, folder: 0o700 };
const pieceBytes = 1 << 20;

/** Why a file cannot be had: it is not there, or it holds something else. */
export type Lack = 'absent' | 'changed';

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes }))
    if (Buffer.isBuffer(piece)) yield piece;
}

/** Null where it is the file with this hash. Anything but its absence that keeps it from being read is thrown. */
export async function lackOf(path: string, sha256: string): Promise<Lack | null> {
  if (!existsSync(path)) return 'absent';
  const hash = createHash('sha256');
  for await (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest('hex') === sha256 ? null : 'changed';
}

/**
 * Copies a file in pieces, for its owner only; folders are made where they are missing.
 * @param keptAs what another file of that name is called from then on; without it, it is replaced
 * @returns null where it is done, else why nothing was copied and nothing changed
 */
export async function copyHashed(
  from: string,
  to: string,
  sha256: string,
  keptAs?: string,
): Promise<Lack | null> {
  if (!existsSync(from)) return 'absent';
  const folder = dirname(to);
  await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
  const partial = join(folder, `.${basename(to)}.${randomUUID()}.partial`);
  try {
    if ((await copyInto(partial, from)) !== sha256) return 'changed';
    if (keptAs !== undefined && existsSync(to)) renameSync(to, keptAs);
    renameSync(partial, to);
    await syncFolder(folder);
    return null;
  } finally {
    await rm(partial, { force: true });
  }
}

/** @returns the SHA-256 of what was copied */
async function copyInto(partial: string, from: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(partial, 'wx', ownerOnly.file);
  try {
    for await (const piece of piecesOf(from)) {
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

const partialName = /^\..+\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.partial$/;
/** A copy that is being made is written to all the time. */
const idleMs = 3_600_000;

/** Removes what a killed copying left in a folder: parts nobody wrote to for an hour. */
export async function sweepParts(folder: string, nowMs: number): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    if (!partialName.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && nowMs - found.mtimeMs >= idleMs) await rm(path, { force: true });
  }
}
