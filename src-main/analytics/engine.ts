// Starts the engine worker for one refresh and relays its progress.
import { Worker } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import type { EngineMessage, EngineOrder } from './protocol.ts';

export type EngineProgress = (step: string, done: number, total: number | null, unit: string) => void;

/**
 * Resolves with the report; rejects with a {@link Problem}, or with the error that ended the worker. Either only once the
 * worker is gone: the last connection to close removes SQLite's side files, and must not find those of a newer cache.
 */
export function runRefresh(
  workerUrl: URL,
  order: EngineOrder,
  onProgress: EngineProgress,
  signal: AbortSignal,
): Promise<RefreshReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, { workerData: order });
    let settle = () => reject(endedUnexpectedly());
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    const cancel = () => worker.postMessage('cancel');
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    worker.on('message', (message: EngineMessage) => {
      if (message.type === 'progress') onProgress(message.step, message.done, message.total, message.unit);
      if (message.type === 'done') settle = () => resolve(message.report);
      if (message.type === 'failed') settle = () => reject(problemOf(message));
    });
    worker.on('error', (error) => {
      settle = () => reject(error);
    });
    worker.on('exit', () => {
      signal.removeEventListener('abort', cancel);
      settle();
    });
  });
}

function problemOf({ code, message, next }: Extract<EngineMessage, { type: 'failed' }>): Problem {
  return new Problem(code, message, next === null ? {} : { next });
}

function endedUnexpectedly(): Problem {
  return new Problem('internal', 'The refresh ended unexpectedly. What was already read is kept.', {
    next: 'Refresh again.',
  });
}
