// A process that does one first refresh and nothing else, so that its memory is the refresh's.
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { refresh } from '../../../src-main/analytics/refresh.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { engineUrl } from './first-refresh.ts';
import type { Source } from './source.ts';
import { refreshRequest } from './source.ts';

const order = JSON.parse(readFileSync(0, 'utf8')) as { source: Source; cachePath: string };
const collect = globalThis.gc;
if (!collect) throw new Error('Start this with --expose-gc.');

const settle = async () => {
  for (let times = 0; times < 3; times += 1) {
    collect();
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return process.memoryUsage().rss;
};

const request = refreshRequest(order.source);
const database = openDatabase(order.cachePath, 'cache');
const baseline = await settle();
await refresh(database, request, {
  nowMicroseconds: () => Date.now() * 1000,
  monotonicMs: () => performance.now(),
  onProgress: () => {},
  signal: new AbortController().signal,
  // What its threads hold is this process's, too.
  startThread: (role) =>
    new Worker(engineUrl, { workerData: { role }, resourceLimits: { maxYoungGenerationSizeMb: 8 } }),
});
const most = process.resourceUsage().maxRSS * 1024;
const held = await settle();
database.close();
const afterwards = await settle();
console.log(JSON.stringify({ baseline, most, held, afterwards }));
