// Goes through the steps of long work in slices, so that nobody has to wait until it is over.
import { setImmediate as turn } from 'node:timers/promises';

/** Steps follow each other for so long before others get their turn: half of what one frame takes. */
const sliceMs = 8;

/**
 * What the steps come to.
 * @throws the signal's reason once it is aborted, and what a step throws
 */
export async function walkSteps<Result>(
  steps: Generator<unknown, Result>,
  signal?: AbortSignal,
): Promise<Result> {
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      signal?.throwIfAborted();
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await turn();
  }
}
