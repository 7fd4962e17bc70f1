// Hands orders to an engine worker and relays its progress.
import { Worker } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import type {
  EngineCommand,
  EngineMessage,
  EngineOrder,
  EngineOrders,
  EngineReports,
  GivenOrder,
  OrderKind,
} from './protocol.ts';
import { problemOf } from './threads/failure.ts';

export type EngineProgress = (step: string, done: number, total: number | null, unit: string) => void;

/**
 * Engines that wait for their next order, by script. They are kept because starting one takes longer than most refreshes,
 * and because starting and ending many threads has been seen to bring the whole process down (compare nodejs/node#56312).
 */
const waiting = new Map<string, Worker[]>();

/** Resolves with the report; rejects with a {@link Problem}, or with the error that ended the worker. */
export async function runRefresh(
  workerUrl: URL,
  order: EngineOrder,
  onProgress: EngineProgress,
  signal: AbortSignal,
): Promise<RefreshReport> {
  return runOrder(workerUrl, { type: 'refresh', order }, onProgress, signal);
}

/** Resolves with the report of the order's kind; rejects as {@link runRefresh} does. */
export async function runOrder<Kind extends OrderKind>(
  workerUrl: URL,
  given: { readonly type: Kind; readonly order: EngineOrders[Kind] } & GivenOrder,
  onProgress: EngineProgress,
  signal: AbortSignal,
): Promise<EngineReports[Kind]> {
  const engine = takeEngine(workerUrl);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  const command = (text: EngineCommand) => engine.postMessage(text);
  const cancel = () => command({ type: 'cancel' });
  command(given);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const answer = await answerOf(engine, given.type, onProgress);
    returnEngine(workerUrl, engine);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an engine answers each order with the report of its kind
    if (answer.type === 'done') return answer.report as EngineReports[Kind];
    throw problemOf(answer);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

type Answer = Exclude<EngineMessage, { type: 'progress' }>;

function answerOf(engine: Worker, kind: OrderKind, onProgress: EngineProgress): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const listen = (message: EngineMessage) => {
    if (message.type === 'progress') onProgress(message.step, message.done, message.total, message.unit);
    else resolve(message);
  };
  const end = () =>
    reject(
      kind === 'refresh'
        ? new Problem('internal', 'The refresh ended unexpectedly. What was already read is kept.', {
            next: 'Refresh again.',
          })
        : new Problem('internal', 'The replay ended unexpectedly. Nothing was changed.', {
            next: 'Try again.',
          }),
    );
  engine.on('message', listen).once('error', reject).once('exit', end);
  return promise.finally(() => engine.off('message', listen).off('error', reject).off('exit', end));
}

function takeEngine(workerUrl: URL): Worker {
  const engine = waiting.get(workerUrl.href)?.pop() ?? startEngine(workerUrl);
  engine.ref();
  return engine;
}

function startEngine(workerUrl: URL): Worker {
  const engine = new Worker(workerUrl);
  const forget = () => {
    const others = (waiting.get(workerUrl.href) ?? []).filter((other) => other !== engine);
    waiting.set(workerUrl.href, others);
  };
  return engine.on('error', forget).on('exit', forget);
}

/** An engine that waits does not keep the program from ending. */
function returnEngine(workerUrl: URL, engine: Worker): void {
  engine.unref();
  waiting.set(workerUrl.href, [...(waiting.get(workerUrl.href) ?? []), engine]);
}
