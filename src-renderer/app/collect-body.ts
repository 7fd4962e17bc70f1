// Collects the body of an answer piece by piece, so that its progress can be told and the window holds little of it.

/** What is given away to the browser's own store of blobs at once, which keeps large ones on disk. */
const blobBytes = 16_000_000;

/**
 * @param onProgress told the share that arrived, where the answer says how long it is
 * @returns the whole body
 * @throws Error when it ended before its announced length
 */
export async function collectBody(response: Response, onProgress?: (share: number) => void): Promise<Blob> {
  if (response.body === null) return response.blob();
  const announced = Number(response.headers.get('content-length') ?? 0);
  const blobs: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  let received = 0;
  for await (const piece of piecesOf(response.body)) {
    pieces.push(piece);
    waiting += piece.length;
    received += piece.length;
    if (announced > 0) onProgress?.(received / announced);
    if (waiting < blobBytes) continue;
    blobs.push(new Blob(pieces));
    pieces = [];
    waiting = 0;
  }
  if (announced > 0 && received !== announced)
    throw new Error('The file did not arrive as a whole, so it was not saved. Try again.');
  return new Blob([...blobs, ...pieces]);
}

async function* piecesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
