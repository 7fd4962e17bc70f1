// Long work in the main thread, in slices short enough that nobody notices.
import { setImmediate as turn } from 'node:timers/promises';

/** Work goes on for so long before others get their turn: half of what one frame takes. */
const sliceMs = 8;

/** Repeats a step, itself short, until it says that nothing is left. */
export async function inSlices(step: () => boolean): Promise<void> {
  for (;;) {
    const until = performance.now() + sliceMs;
    do if (step()) return;
    while (performance.now() < until);
    await turn();
  }
}
