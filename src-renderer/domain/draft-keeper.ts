// Writes the newest text whenever the write before is done, so that no key typed waits for a pause.

/**
 * Returns a function that hands a text to `write`. While a write is under way only the newest text waits; `failed` hears of a
 * write that did not succeed, and the next text is tried all the same.
 */
export function keepNewest(
  write: (text: string) => Promise<unknown>,
  failed: (error: unknown) => void,
): (text: string) => void {
  let waiting: string | null = null;
  let isWriting = false;
  const writeAll = async () => {
    isWriting = true;
    while (waiting !== null) {
      const text: string = waiting;
      waiting = null;
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await write(text).catch(failed);
    }
    isWriting = false;
  };
  return (text) => {
    waiting = text;
    if (!isWriting) void writeAll();
  };
}
