// Writes lines to a file as they come: hashed and counted on the way, and there as a whole or not at all.
import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { syncFolder } from '../atomic-file.ts';

const ownerOnly = 0o600;
/** Lines are handed to the disk in pieces of about this many bytes. */
const pieceBytes = 1 << 18;

export type WrittenFile = { readonly sha256: string; readonly bytes: number; readonly lines: number };

/**
 * @param pieces text or bytes in order; each piece of text counts as one line
 * @throws Problem `file-unreadable` when it cannot be written; whatever `pieces` or `onLines` throw passes through. Nothing is left then.
 */
export async function writeLines(
  path: string,
  head: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  onLines: (lines: number) => Promise<void>,
): Promise<WrittenFile> {
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
  const file = await opening(() => open(partial, 'wx', ownerOnly));
  try {
    const written = await pourAndClose(file, head, pieces, onLines);
    await opening(() => rename(partial, path));
    await opening(() => syncFolder(dirname(path)));
    return written;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function pourAndClose(...given: Parameters<typeof pour>): Promise<WrittenFile> {
  const [file] = given;
  try {
    return await pour(...given);
  } finally {
    await file.close();
  }
}

async function pour(
  file: FileHandle,
  head: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  onLines: (lines: number) => Promise<void>,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  let lines = 0;
  let waiting = head;
  const flush = async () => {
    const piece = Buffer.from(waiting, 'utf8');
    waiting = '';
    hash.update(piece);
    bytes += piece.length;
    await opening(() => file.appendFile(piece));
    await onLines(lines);
  };
  for await (const piece of pieces) {
    waiting += piece;
    lines += 1;
    if (waiting.length >= pieceBytes) await flush();
  }
  await flush();
  await opening(() => file.sync());
  return { sha256: hash.digest('hex'), bytes, lines };
}

async function opening<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The export could not be written. No file was left or changed there.',
      {
        next: 'Check that the folder exists, may be written to and has room, then export again.',
        cause,
      },
    );
  }
}
