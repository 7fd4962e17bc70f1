// Reads what a person chose in a browser: a pack file, or the files of an extracted pack; slice by slice.
import { Problem } from '#shared/model/problem.ts';
import type { GivenPack } from '#shared/model/verify-page.ts';
import type { ByteSource } from '../byte-source.ts';
import { fileInSource, type PackArchive } from '../pack-archive.ts';
import { assertDistinctNames, faultInName, maximumPackFiles } from '../pack-files.ts';
import { maximumZipBytes } from '../zip-headers.ts';

const unreadable = (cause?: unknown) =>
  new Problem('file-unreadable', 'The browser could not read the pack to its end.', {
    next: 'It may have been moved or changed meanwhile; choose it again.',
    cause,
  });

/** A blob as bytes to be read from any place; nothing is read before it is asked for. */
export function sourceInBlob(blob: Blob): ByteSource {
  return {
    bytes: blob.size,
    read: async (offset, length) => {
      let piece: Uint8Array;
      try {
        piece = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      } catch (cause) {
        throw unreadable(cause);
      }
      if (piece.length !== length) throw unreadable();
      return piece;
    },
  };
}

const refuse = (what: string) =>
  new Problem('file-unreadable', `This folder is not an extracted pack: ${what}.`);

/** @throws Problem `file-unreadable` for a folder that no pack can be */
export function packToVerify(pack: GivenPack<Blob>): ByteSource | PackArchive {
  if (pack.kind === 'zip') return sourceInBlob(pack.content);
  const { files } = pack;
  if (files.length > maximumPackFiles) throw refuse('it holds too many files');
  if (files.reduce((sum, { content }) => sum + content.size, 0) > maximumZipBytes)
    throw refuse('it holds more than 4 GB');
  for (const { name } of files) {
    const fault = faultInName(name);
    if (fault !== null) throw refuse(`a file name in it ${fault}`);
  }
  assertDistinctNames(files.map(({ name }) => name));
  return new Map(files.map(({ name, content }) => [name, fileInSource(sourceInBlob(content))]));
}
