// Opens the zip of a file that came from another workspace, and says in the words of such files why one cannot be read.
import { Problem } from '#shared/model/problem.ts';
import type { ByteSource } from '../../evidence/byte-source.ts';
import { openPackAt } from '../../evidence/pack-reader.ts';
import { readPackZip } from '../../evidence/pack-zip.ts';

export type TravelArchive = {
  readonly source: ByteSource;
  readonly files: Awaited<ReturnType<typeof readPackZip>>['files'];
};

/**
 * Gives the files in the zip at `path` to `work`; null stands for an extracted folder.
 * @throws Problem `file-unreadable` for what is no sound zip file, or cannot be opened
 */
export async function withTravelArchive<Result>(
  path: string,
  work: (archive: TravelArchive | null) => Promise<Result>,
): Promise<Result> {
  const { pack, close } = await inOwnWords(() => openPackAt(path), cannotBeOpened);
  try {
    const archive = 'read' in pack ? await archiveIn(pack) : null;
    return await work(archive);
  } finally {
    await close();
  }
}

async function archiveIn(source: ByteSource): Promise<TravelArchive> {
  const { files } = await inOwnWords(() => readPackZip(source), damaged);
  return { source, files };
}

async function inOwnWords<Result>(
  read: () => Promise<Result>,
  problem: (cause: Problem) => Problem,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-unreadable') throw problem(error);
    throw error;
  }
}

const cannotBeOpened = (cause: Problem): Problem =>
  new Problem('file-unreadable', 'The file cannot be opened. Nothing was taken from it.', {
    next: 'Check that it is there and may be read; choose the .zip file as it was handed over.',
    cause,
  });

const damaged = (cause: Problem): Problem =>
  new Problem(
    'file-unreadable',
    'This file is no zip file as Countersign writes it, or it is damaged or incomplete. Nothing was taken from it.',
    {
      next: 'Save the .zip file once more as it was sent, without extracting or packing it; or ask for it to be sent again.',
      cause,
    },
  );
