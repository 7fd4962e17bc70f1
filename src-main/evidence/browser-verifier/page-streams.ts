// Two things about streams that not every browser has yet.

/** A stream that gives what the iterable gives. */
export function streamOf<Piece>(pieces: AsyncIterable<Piece>): ReadableStream<Piece> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Piece>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** What the stream gives, piece by piece; whoever stops early cancels it. */
export async function* iterateStream<Piece>(stream: ReadableStream<Piece>): AsyncGenerator<Piece> {
  const reader = stream.getReader();
  let isWhole = false;
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) {
        isWhole = true;
        return;
      }
      yield next.value;
    }
  } finally {
    if (!isWhole) await reader.cancel();
    reader.releaseLock();
  }
}
