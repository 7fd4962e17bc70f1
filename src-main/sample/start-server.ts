// Starts the server of a sample folder so that it outlives the program that started it.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '#shared/model/problem.ts';
import type { ServerAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { LaunchFailure, launchServer, type Cluster } from './cluster.ts';
import { findFreePort } from './free-port.ts';
import { releaseLock } from './running.ts';
import { dataFolder, writeSampleState, type SampleState } from './state.ts';

/** Modest, for a laptop that does other things; durable, because decisions are written here too. */
const settings = [
  'shared_buffers=64MB',
  'max_connections=40',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=256MB',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'cluster_name=countersign-sample',
];
const timeoutMs = 60_000;
const retryMs = 250;
const attempts = 20;

/** Of a server killed a moment ago, parts may live a little longer. */
function isLeftover(log: string): boolean {
  return log.includes('shared memory block') && log.includes('still in use');
}

function isPortTaken(log: string): boolean {
  return log.includes('Address already in use') || log.includes('could not bind');
}

function launchProblem(cause: unknown): Problem {
  return new Problem('internal', 'The sample database could not be started.', {
    next: 'See server.log in the sample folder of this workspace, or delete that folder and start again.',
    cause,
  });
}

/** The programs and the account a sample's server runs with. */
export async function clusterOf(state: SampleState, account: ServerAccount): Promise<Cluster> {
  return { account, binaries: await findBinaries(account, state.home), data: dataFolder(state) };
}

/**
 * Starts the server on its port of last time, or another when that is taken, and notes both.
 * @throws Problem `locked` or `internal`
 */
export async function startServer(
  directory: string,
  cluster: Cluster,
  state: SampleState,
): Promise<SampleState> {
  await releaseLock(state);
  let port = await findFreePort(state.port);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const options = { port, settings, logFile: join(directory, 'server.log'), detached: true, timeoutMs };
      const server = await launchServer(cluster, options);
      // Nothing here waits for it any more; it ends when somebody stops it.
      server.unref();
      const started = { ...state, port, pid: server.pid ?? null };
      await writeSampleState(directory, started);
      return started;
    } catch (error) {
      const retriable = error instanceof LaunchFailure && (isLeftover(error.log) || isPortTaken(error.log));
      if (!retriable || attempt === attempts) throw launchProblem(error);
      if (isPortTaken(error.log)) port = await findFreePort();
      await sleep(retryMs);
    }
  }
}
