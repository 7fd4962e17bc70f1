// The script of every thread but the first: the engine, and the threads an engine starts to share its work.
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { serveJudge } from './threads/judge.ts';
import { serveReader } from './threads/reader.ts';
import { threadData, type ThreadRole } from './threads/roles.ts';
import { serveEngine } from './threads/serve-engine.ts';

if (!parentPort) throw new Error('This runs as a worker thread only.');

const startThread = (role: ThreadRole) => new Worker(new URL(import.meta.url), { workerData: { role } });

const role = threadData.parse(workerData)?.role ?? 'engine';
if (role === 'reader') serveReader(parentPort);
else if (role === 'judge') serveJudge(parentPort);
else serveEngine(parentPort, startThread);
