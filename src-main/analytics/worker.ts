// The engine worker: pulls, mirrors and judges in a thread of its own, so that no screen ever waits for it.
import { parentPort } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { parkHistory } from '../store/cache/resident.ts';
import { describeFailure, openDatabase, type DatabaseHandle } from '../store/database.ts';
import type {
  EngineCommand,
  EngineMessage,
  EngineOrder,
  EngineReports,
  GivenOrder,
  OrderKind,
} from './protocol.ts';
import { breathe, refresh } from './refresh.ts';
import { explainHour, replayDay } from './replay-day.ts';
import { dryRun } from './replay-dry-run.ts';
import type { ReplayPorts } from './replay.ts';

const port = parentPort;
if (!port) throw new Error('The engine runs as a worker thread only.');
const say = (message: EngineMessage) => port.postMessage(message);
let running: { readonly cancel: () => void } | null = null;

port.on('message', (command: EngineCommand) => {
  if (command.type === 'cancel') running?.cancel();
  else void obey(command);
});

/** What is no problem of a known kind ends the thread, and reaches the workstation as its error. */
async function obey(given: GivenOrder): Promise<void> {
  const abort = new AbortController();
  const { signal } = abort;
  running = { cancel: () => abort.abort(cancelled(given.type)) };
  try {
    say({ type: 'done', report: await carryOut(given, signal) });
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : describeFailure('cache', error);
    if (!(reason instanceof Problem)) throw reason;
    say({ type: 'failed', code: reason.code, message: reason.message, next: reason.next });
  } finally {
    running = null;
  }
}

function cancelled(kind: OrderKind): Problem {
  return kind === 'refresh'
    ? new Problem('cancelled', 'The refresh was cancelled. What was already read is kept.')
    : new Problem('cancelled', 'The replay was cancelled. Nothing was changed.');
}

async function carryOut(given: GivenOrder, signal: AbortSignal): Promise<EngineReports[OrderKind]> {
  if (given.type === 'refresh') return refreshFile(given.order, signal);
  return readFile(given.order.cachePath, (database) => answerFrom(database, given, signal));
}

async function answerFrom(
  database: DatabaseHandle,
  { type, order }: Exclude<GivenOrder, { type: 'refresh' }>,
  signal: AbortSignal,
): Promise<EngineReports[OrderKind]> {
  const ports: ReplayPorts = {
    onProgress: (done, total) => say({ type: 'progress', step: 'Judging', done, total, unit: 'detectors' }),
    breathe: () => breathe(signal),
  };
  if (type === 'dry-run') return dryRun(database, order.request, ports);
  if (type === 'replay') return replayDay(database, order.request, ports);
  return explainHour(database, order.request);
}

/** Reads the file as of one moment, whatever a refresh does to it meanwhile. */
async function readFile<T>(path: string, work: (database: DatabaseHandle) => Promise<T>): Promise<T> {
  const database = openDatabase(path, 'cache', 'read');
  try {
    database.exec('BEGIN');
    return await work(database);
  } finally {
    parkHistory(database);
    database.close();
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
