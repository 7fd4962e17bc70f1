import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runRefresh } from '../../../src-main/analytics/engine.ts';
import type { EngineOrder } from '../../../src-main/analytics/protocol.ts';
import { nodeWorkstationOptions } from '../../../src-main/shell/node-workstation.ts';
import { temporaryFolder } from '../../support/workspace.ts';

/** An engine that answers as the order's cache path says. */
function scripted(): URL {
  const path = join(temporaryFolder(), 'engine.mjs');
  writeFileSync(
    path,
    `import { parentPort, threadId } from 'node:worker_threads';
     parentPort.on('message', (command) => {
       if (command.type === 'cancel') return parentPort.postMessage({ type: 'failed', code: 'cancelled', message: 'Stopped.', next: null });
       const { cachePath } = command.order;
       if (cachePath === 'throw') throw new TypeError('of its own');
       if (cachePath === 'exit') process.exit(3);
       if (cachePath === 'fail') return parentPort.postMessage({ type: 'failed', code: 'locked', message: 'Locked.', next: 'Wait.' });
       parentPort.postMessage({ type: 'progress', step: 'Reading', done: 1, total: 2, unit: 'events' });
       if (cachePath !== 'wait') parentPort.postMessage({ type: 'done', report: threadId });
     });`,
  );
  return pathToFileURL(path);
}

const order = (cachePath: string) => ({ cachePath, request: {} }) as unknown as EngineOrder;
const never = new AbortController().signal;
const run = (url: URL, cachePath: string, signal = never) =>
  runRefresh(url, order(cachePath), () => undefined, signal) as unknown as Promise<number>;

describe('the engine', () => {
  test('one thread does order after order, and a second only what comes at the same time', async () => {
    const url = scripted();
    const first = await run(url, 'done');
    for (let index = 0; index < 15; index += 1) expect(await run(url, 'done')).toBe(first);
    const together = await Promise.all([run(url, 'done'), run(url, 'done')]);
    expect(new Set(together).size).toBe(2);
    expect(together).toContain(await run(url, 'done'));
  });

  test('a known problem crosses the threads whole, and the thread works on', async () => {
    const url = scripted();
    const thread = await run(url, 'done');
    await expect(run(url, 'fail')).rejects.toMatchObject({
      name: 'Problem',
      code: 'locked',
      message: 'Locked.',
      next: 'Wait.',
    });
    expect(await run(url, 'done')).toBe(thread);
  });

  test.each([
    ['throw', /of its own/],
    ['exit', /ended unexpectedly/],
  ])('a thread that ends by %s fails its order and is replaced', async (how, message) => {
    const url = scripted();
    const thread = await run(url, 'done');
    await expect(run(url, how)).rejects.toThrow(message);
    expect(await run(url, 'done')).not.toBe(thread);
  });

  test('cancels before and while it works', async () => {
    const url = scripted();
    await expect(run(url, 'wait', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    const abort = new AbortController();
    const running = runRefresh(url, order('wait'), () => abort.abort(), abort.signal);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await run(url, 'done')).toBeTypeOf('number');
  });

  test('the real one says what is wrong with a cache it cannot open, and stays', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'bad.sqlite'),
      'no database, but as long as the first bytes of one would be '.repeat(3),
    );
    const { engineWorkerUrl } = nodeWorkstationOptions({
      workspace: folder,
      environment: {},
      homeDirectory: folder,
      version: '0',
    });
    const request = { profile: { mapping: null }, asOfMicroseconds: null };
    const broken = { cachePath: join(folder, 'bad.sqlite'), request } as unknown as EngineOrder;
    for (let index = 0; index < 2; index += 1)
      await expect(runRefresh(engineWorkerUrl, broken, () => undefined, never)).rejects.toMatchObject({
        code: 'store-damaged',
        message: expect.stringContaining('local copy'),
      });
  });
});
