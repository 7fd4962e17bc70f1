// The engine worker: pulls, mirrors and judges in a thread of its own, so that no screen ever waits for it.
import { parentPort } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { parkHistory } from '../store/cache/resident.ts';
import { describeFailure, openDatabase } from '../store/database.ts';
import type { EngineCommand, EngineMessage, EngineOrder } from './protocol.ts';
import { refresh } from './refresh.ts';

const port = parentPort;
if (!port) throw new Error('The engine runs as a worker thread only.');
const say = (message: EngineMessage) => port.postMessage(message);
let running: AbortController | null = null;

port.on('message', (command: EngineCommand) => {
  if (command.type === 'refresh') void obey(command.order);
  else running?.abort(new Problem('cancelled', 'The refresh was cancelled. What was already read is kept.'));
});

/** What is no problem of a known kind ends the thread, and reaches the workstation as its error. */
async function obey(order: EngineOrder): Promise<void> {
  const { signal } = (running = new AbortController());
  try {
    say({ type: 'done', report: await refreshFile(order, signal) });
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : describeFailure('cache', error);
    if (!(reason instanceof Problem)) throw reason;
    say({ type: 'failed', code: reason.code, message: reason.message, next: reason.next });
  } finally {
    running = null;
  }
}

async function refreshFile({ cachePath, request }: EngineOrder, signal: AbortSignal): Promise<RefreshReport> {
  const database = openDatabase(cachePath, 'cache');
  try {
    return await refresh(database, request, {
      nowMicroseconds: () => Date.now() * 1000,
      monotonicMs: () => performance.now(),
      onProgress: (step, done, total, unit) => say({ type: 'progress', step, done, total, unit }),
      signal,
    });
  } finally {
    parkHistory(database);
    // Before anybody is told: the last connection to close removes SQLite's side files, and must not find a newer cache's.
    database.close();
  }
}
