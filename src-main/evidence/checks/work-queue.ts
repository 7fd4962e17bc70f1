// Work of a check that waits its turn: what takes long is done in steps, between which whoever verifies may do something else.

const stepsAtOnce = 4;

/** A turn of the event loop, in a browser, too. */
const turn = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));

/** What the steps come to; others get their turn after some of them. */
export async function inTurns<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  for (let count = 1; ; count += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (count % stepsAtOnce === 0) await turn();
  }
}

/** Takes work in the order in which rows go by. What goes wrong in it is thrown where it is settled. */
export function workQueue() {
  let waiting: Generator<undefined, void>[] = [];
  return {
    add: (work: Generator<undefined, void>): void => void waiting.push(work),
    /** Does what waits. */
    settle: async (): Promise<void> => {
      const present = waiting;
      waiting = [];
      for (const work of present) {
        // Most of it has no steps; awaiting each would cost more than the work.
        const first = work.next();
        if (first.done !== true) await inTurns(work);
      }
    },
  };
}
