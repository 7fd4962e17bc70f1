// The engine worker: pulls, mirrors and judges in a thread of its own, so that no screen ever waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import { describeFailure, openDatabase } from '../store/database.ts';
import type { EngineMessage, EngineOrder } from './protocol.ts';
import { refresh } from './refresh.ts';

const port = parentPort;
if (!port) throw new Error('The engine runs as a worker thread only.');
const order: EngineOrder = workerData;
const cancelled = new AbortController();
port.once('message', () =>
  cancelled.abort(new Problem('cancelled', 'The refresh was cancelled. What was already read is kept.')),
);

const say = (message: EngineMessage) => port.postMessage(message);
try {
  const database = openDatabase(order.cachePath, 'cache');
  try {
    const report = await refresh(database, order.request, {
      nowMicroseconds: () => Date.now() * 1000,
      monotonicMs: () => performance.now(),
      onProgress: (step, done, total, unit) => say({ type: 'progress', step, done, total, unit }),
      signal: cancelled.signal,
    });
    say({ type: 'done', report });
  } finally {
    database.close();
  }
} catch (error) {
  const reason: unknown = cancelled.signal.aborted
    ? cancelled.signal.reason
    : describeFailure('cache', error);
  if (!(reason instanceof Problem)) throw reason;
  say({ type: 'failed', code: reason.code, message: reason.message, next: reason.next });
} finally {
  port.close();
}
