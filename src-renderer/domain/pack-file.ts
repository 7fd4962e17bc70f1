// Reads files chosen by the person into the form the verifier takes.
import { readAsBase64 } from './read-as-base64.ts';

/** What travels in one call; a larger pack goes in pieces of this length, so that no window has to hold it whole. */
export const pieceBytes = 4_000_000;

/** The part of the contract that takes a pack in pieces. */
export type PieceTaker = {
  readonly beginUpload: (input: { bytes: number }) => Promise<{ upload: string }>;
  readonly addToUpload: (
    input: { upload: string; offset: number; piece: string },
    options?: { signal?: AbortSignal },
  ) => Promise<unknown>;
  readonly discardUpload: (input: { upload: string }) => Promise<unknown>;
};

/**
 * Hands a pack over piece by piece; returns the name it can be verified under. Nothing stays when it fails on the way.
 * @throws what the signal was aborted with
 */
export async function handOver(
  taker: PieceTaker,
  pack: Blob,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
  readPiece: (piece: Blob) => Promise<string> = readAsBase64,
): Promise<string> {
  const { upload } = await taker.beginUpload({ bytes: pack.size });
  try {
    for (let offset = 0; offset < pack.size; offset += pieceBytes) {
      signal?.throwIfAborted();
      onProgress(offset / pack.size);
      const piece = await readPiece(pack.slice(offset, offset + pieceBytes));
      await taker.addToUpload({ upload, offset, piece }, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    await taker.discardUpload({ upload });
    throw error;
  }
  onProgress(1);
  return upload;
}
