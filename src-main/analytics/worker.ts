// The script of every thread but the first: the engine, and the threads an engine starts to share its work.
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { serveJudge } from './threads/judge.ts';
import { serveReader } from './threads/reader.ts';
import { settleLog } from '../store/ledger/settle-log.ts';
import { threadData, type ThreadRole } from './threads/roles.ts';
import { serveEngine } from './threads/serve-engine.ts';

if (!parentPort) throw new Error('This runs as a worker thread only.');

/** What a thread's heap once grew to is never given back: what lives for a moment only gets little room. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

const startThread = (role: ThreadRole) =>
  new Worker(new URL(import.meta.url), { workerData: { role }, resourceLimits });

const given = threadData.parse(workerData) ?? { role: 'engine' as const };
if (given.role === 'ledger-log') settleLog(given.path);
else if (given.role === 'reader') serveReader(parentPort);
else if (given.role === 'judge') serveJudge(parentPort);
else serveEngine(parentPort, startThread);
