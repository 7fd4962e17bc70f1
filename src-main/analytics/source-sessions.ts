// The sessions a refresh works with, all on one snapshot.
import type { Worker } from 'node:worker_threads';
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { connectSource } from '../source/client.ts';
import { EventPool } from '../source/columns/event-pool.ts';
import { modificationCounters, storageIdentity } from '../source/columns/modification-counters.ts';
import { shareSnapshot } from '../source/columns/snapshot.ts';
import type { PullSessions } from './pull-scope.ts';
import { ReaderThreads, type ReaderThreadsOptions } from './threads/reader-threads.ts';
import type { ThreadRole } from './threads/roles.ts';

export type SessionPorts = {
  readonly signal: AbortSignal;
  /** Starts a thread that shares the work of a large refresh; without it everything is done in this one. */
  readonly startThread?: (role: ThreadRole) => Worker;
};

export type OpenSource = PullSessions & {
  readonly modifications: number | null;
  readonly storage: string | null;
  readonly close: () => Promise<void>;
};

/** A first pull, or one after a week, is worth several connections. */
const readers = 3;

/** Sessions on one snapshot. The counters of changes are asked before it is taken: what they show, the snapshot holds. */
export async function openSource(
  { profile, password }: Pick<ReaderThreadsOptions, 'profile' | 'password'>,
  isLargePull: boolean,
  { signal, startThread }: SessionPorts,
): Promise<OpenSource> {
  const mapping = requireMapping(profile);
  let modifications: Promise<number | null> | null = null;
  let storage: Promise<string | null> | null = null;
  const connect = async () => {
    const client = await connectSource(profile, password, {
      purpose: 'read',
      statementTimeoutMs: 300_000,
      connectTimeoutMs: 15_000,
      signal,
    });
    await (modifications ??= modificationCounters(client, mapping));
    await (storage ??= storageIdentity(client, mapping));
    return client;
  };
  const isThreaded = isLargePull && startThread !== undefined && profile.mirror.rows;
  const shared = await shareSnapshot(connect, isThreaded ? 2 : isLargePull ? readers + 1 : 1);
  const [first, next, ...rest] = shared.sessions;
  const pool = new EventPool({ ...shared, sessions: next ? [next, ...rest] : [first] });
  const thread =
    isThreaded && shared.id !== null
      ? { start: () => startThread('reader'), profile, password, snapshot: shared.id, threads: readers }
      : null;
  return {
    counter: first,
    pool,
    reader: thread ? new ReaderThreads({ ...thread, otherwise: pool }) : pool,
    isShared: next !== undefined,
    modifications: await modifications!,
    storage: await storage!,
    close: () => shared.close(),
  };
}

export function requireMapping({ mapping }: ConnectionProfile): Mapping {
  if (mapping) return mapping;
  throw new Problem('not-connected', 'No audit database is connected yet.', {
    next: 'Connect to one first.',
  });
}
