// The engine: pulls, mirrors and judges in a thread of its own, so that no screen ever waits for it.
import type { MessagePort } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { parkHistory } from '../../store/cache/resident.ts';
import { describeFailure, openDatabase, type DatabaseHandle } from '../../store/database.ts';
import type {
  EngineCommand,
  EngineMessage,
  EngineOrder,
  EngineReports,
  GivenOrder,
  OrderKind,
} from '../protocol.ts';
import { breathe } from '../breathe.ts';
import type { RefreshPorts } from '../refresh-request.ts';
import { refresh } from '../refresh.ts';
import { explainHour, replayDay } from '../replay-day.ts';
import { dryRun } from '../replay-dry-run.ts';
import type { ReplayPorts } from '../replay.ts';
import { failureOf } from './failure.ts';

type Engine = {
  readonly say: (message: EngineMessage) => void;
  readonly startThread: NonNullable<RefreshPorts['startThread']>;
};

/** Carries out one order after another, for as long as the thread lives. */
export function serveEngine(port: MessagePort, startThread: Engine['startThread']): void {
  const engine: Engine = { say: (message) => port.postMessage(message), startThread };
  let running: { readonly cancel: () => void } | null = null;
  port.on('message', (command: EngineCommand) => {
    if (command.type === 'cancel') running?.cancel();
    else {
      const abort = new AbortController();
      running = { cancel: () => abort.abort(cancelled(command.type)) };
      void obey(engine, command, abort.signal).finally(() => {
        running = null;
      });
    }
  });
}

/** What is no problem of a known kind ends the thread, and reaches the workstation as its error. */
async function obey(engine: Engine, given: GivenOrder, signal: AbortSignal): Promise<void> {
  try {
    engine.say({ type: 'done', report: await carryOut(engine, given, signal) });
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : describeFailure('cache', error);
    if (!(reason instanceof Problem)) throw reason;
    engine.say(failureOf(reason));
  }
}

function cancelled(kind: OrderKind): Problem {
  return kind === 'refresh'
    ? new Problem('cancelled', 'The refresh was cancelled. What was already read is kept.')
    : new Problem('cancelled', 'The replay was cancelled. Nothing was changed.');
}

async function carryOut(
  engine: Engine,
  given: GivenOrder,
  signal: AbortSignal,
): Promise<EngineReports[OrderKind]> {
  if (given.type === 'refresh') return refreshFile(engine, given.order, signal);
  return readFile(given.order.cachePath, (database) => answerFrom(engine, database, given, signal));
}

async function answerFrom(
  { say }: Engine,
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

async function refreshFile(
  { say, startThread }: Engine,
  { cachePath, request }: EngineOrder,
  signal: AbortSignal,
): Promise<RefreshReport> {
  const database = openDatabase(cachePath, 'cache');
  try {
    return await refresh(database, request, {
      nowMicroseconds: () => Date.now() * 1000,
      monotonicMs: () => performance.now(),
      onProgress: (step, done, total, unit) => say({ type: 'progress', step, done, total, unit }),
      signal,
      startThread,
    });
  } finally {
    parkHistory(database);
    // Before anybody is told: the last connection to close removes SQLite's side files, and must not find a newer cache's.
    database.close();
  }
}
