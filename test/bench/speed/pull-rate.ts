// How fast rows come here: our reader on one and on three connections, against psql throwing them away.
import { Worker } from 'node:worker_threads';
import { planSlices } from '../../../src-main/analytics/plan-slices.ts';
import { ReaderThreads } from '../../../src-main/analytics/threads/reader-threads.ts';
import { EventPool, type EventReader } from '../../../src-main/source/columns/event-pool.ts';
import { shareSnapshot } from '../../../src-main/source/columns/snapshot.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import type { Dataset } from './dataset.ts';
import type { Figure } from './figures.ts';
import { engineUrl } from './first-refresh.ts';
import { copyToNowhere } from './psql.ts';
import { mappingOf, openSession, type Source } from './source.ts';
import { median, timed } from './timing.ts';

const select =
  'SELECT id, created_at, actor_user_id, event_type, ip_address, severity FROM np_auditlog_events';

/** @param psql path of the program, or null where it was not found; its figures are then left out. */
export async function measurePull(
  postgres: TestPostgres,
  dataset: Dataset,
  source: Source,
  rounds: number,
  psql: string | null,
): Promise<Figure[]> {
  const ways = {
    one: () => pull(source, 1, dataset.events),
    three: () => pull(source, 3, dataset.events),
    text: async () => psql && copyToNowhere(psql, postgres.url(dataset.database), select, 'text'),
    binary: async () => psql && copyToNowhere(psql, postgres.url(dataset.database), select, 'binary'),
  };
  const taken = { one: [] as number[], three: [] as number[], text: [] as number[], binary: [] as number[] };
  // Taking turns: what else the machine does then falls on all of them.
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ['one', 'text', 'three', 'binary'] as const) {
      const { ms } = await timed(ways[name]);
      // The first turn warms caches and compilers.
      if (round > 0) taken[name].push(ms);
    }
  }
  const rate = (name: keyof typeof taken) => (dataset.events / median(taken[name])) * 1000;
  const figure = (
    name: string,
    ours: 'one' | 'three',
    theirs: 'text' | 'binary',
    isTarget: boolean,
  ): Figure => ({
    name,
    ours: rate(ours),
    theirs: psql === null ? null : rate(theirs),
    unit: 'events/s',
    target: isTarget && psql !== null ? { kind: 'least', value: 1 } : null,
  });
  return [
    figure('pull, 3 connections / psql \\copy text', 'three', 'text', true),
    figure('pull, 3 connections / psql \\copy binary', 'three', 'binary', true),
    figure('pull, 1 connection / psql \\copy text', 'one', 'text', false),
    figure('pull, 1 connection / psql \\copy binary', 'one', 'binary', false),
  ];
}

/** On one connection in this thread, on several as the engine does: a thread each, which also puts days in order. */
async function pull(source: Source, connections: number, expected: number): Promise<void> {
  const mapping = mappingOf(source);
  const shared = await shareSnapshot(() => openSession(source), 2);
  const counter = shared.sessions[0];
  const pool = new EventPool({ ...shared, sessions: [shared.sessions[1] ?? counter] });
  try {
    const reader: EventReader =
      connections === 1 || shared.id === null
        ? pool
        : new ReaderThreads({
            start: () => new Worker(engineUrl, { workerData: { role: 'reader' } }),
            threads: connections,
            ...source,
            snapshot: shared.id,
            otherwise: pool,
          });
    const scope = { mapping, sourceAccount: null, untilMicroseconds: null };
    const { slices } = await planSlices({ counter, reader }, scope, null);
    const { rows } = await reader.read(
      mapping,
      { sourceAccount: null, slices, fields: ['actor', 'action', 'ip', 'severity'], batchRows: 65_536 },
      async () => {},
      async () => {},
    );
    if (rows !== expected) throw new Error(`The reader read ${rows} events where there are ${expected}.`);
  } finally {
    await shared.close();
  }
}
