// Lets messages, a cancel among them, in between two pieces of work that keep the thread.

/** @throws the signal's reason once it is aborted */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  signal?.throwIfAborted();
}
