// Reads files chosen by the person into the form the verifier takes.
import { readAsBase64 } from './read-as-base64.ts';

/** What travels in one call; a larger pack goes in pieces of this length, so that no window has to hold it whole. */
export const pieceBytes = 8_000_000;

/** The part of the contract that takes a pack in pieces. */
export type PieceTaker = {
  readonly beginUpload: (input: { bytes: number }) => Promise<{ upload: string }>;
  readonly addToUpload: (input: { upload: string; offset: number; piece: string }) => Promise<unknown>;
  readonly discardUpload: (input: { upload: string }) => Promise<unknown>;
};

/** Hands a pack over piece by piece; returns the name it can be verified under. Nothing stays when it fails on the way. */
export async function handOver(
  taker: PieceTaker,
  pack: Blob,
  onProgress: (share: number) => void,
): Promise<string> {
  const { upload } = await taker.beginUpload({ bytes: pack.size });
  try {
    for (let offset = 0; offset < pack.size; offset += pieceBytes) {
      onProgress(offset / pack.size);
      const piece = await readAsBase64(pack.slice(offset, offset + pieceBytes));
      await taker.addToUpload({ upload, offset, piece });
    }
  } catch (error) {
    await taker.discardUpload({ upload });
    throw error;
  }
  onProgress(1);
  return upload;
}
