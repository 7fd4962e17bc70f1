// Lets the test process run functions inside the program's process, as Playwright does with a real Electron.
import { runInThisContext } from 'node:vm';
import { z } from 'zod';

const order = z.object({ id: z.number(), source: z.string(), argument: z.unknown().optional() });

async function obey(message: unknown): Promise<void> {
  const { id, source, argument } = order.parse(message);
  try {
    const inside = await import('./inside.ts');
    const run: unknown = runInThisContext(`(${source})`);
    if (typeof run !== 'function') throw new TypeError('Only a function can be run.');
    const value: unknown = await Reflect.apply(run, undefined, [inside, argument]);
    process.send?.({ id, value });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

process.on('message', (message) => void obey(message));

export const control = {
  /** Tells the test that the first window has loaded. */
  announceWindow: () => void process.send?.({ id: 0, value: 'window' }),
};
