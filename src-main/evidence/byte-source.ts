// Bytes that can be read from any place: a file, a folder's files, a Blob, or memory. The verifier reads packs through nothing else.

export type ByteSource = {
  readonly bytes: number;
  /** Exactly `length` bytes from `offset`; the caller stays within `bytes`. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
};

/** What is read at a time: large enough for the disk, small enough for memory. */
export const pieceBytes = 256 * 1024;

export function sourceInMemory(content: Uint8Array): ByteSource {
  return {
    bytes: content.length,
    read: (offset, length) => Promise.resolve(content.subarray(offset, offset + length)),
  };
}

/** The stretch of a source from `offset` on, piece by piece. */
export async function* readStretch(
  source: ByteSource,
  offset: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length; done += pieceBytes) {
    yield await source.read(offset + done, Math.min(pieceBytes, length - done));
  }
}
