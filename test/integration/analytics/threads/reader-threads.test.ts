// Threads that read for the engine: the same events as this thread reads, stopped at any time, and done without where they cannot be had.
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '#shared/model/problem.ts';
import type { Slice } from '../../../../src-main/analytics/slices.ts';
import { ReaderThreads } from '../../../../src-main/analytics/threads/reader-threads.ts';
import { EventPool, type EventReader } from '../../../../src-main/source/columns/event-pool.ts';
import { shareSnapshot, type SharedSnapshot } from '../../../../src-main/source/columns/snapshot.ts';
import { presets } from '../../../../src-main/source/presets.ts';
import { startPostgres, type TestPostgres } from '../../../support/postgres.ts';
import { problemOf } from '../../../unit/source/problem-of.ts';
import {
  createAuditDatabase,
  eventTable,
  untilNobodyIsLeft,
  type AuditDatabase,
} from '../../source/audit-database.ts';
import { rowsIn, slicesOf, type Row } from '../../source/batch-rows.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const script = new URL('../../../../src-main/analytics/worker.ts', import.meta.url);
const days = slicesOf('2026-03-02', '2026-03-03', '2026-03-04') as Slice[];

const hours = slicesOf(
  ...Array.from({ length: 110 }, (_, hour) =>
    new Date(Date.UTC(2026, 2, 1, hour + 1)).toISOString().replace('.000', ''),
  ),
) as Slice[];

let postgres: TestPostgres;
let database: AuditDatabase;
let snapshot: SharedSnapshot;
const threads: Worker[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, eventTable);
  await database.admin(`INSERT INTO np_auditlog_events (id, actor_user_id, event_type, ip_address, created_at)
    SELECT CASE WHEN g % 2 = 0 THEN md5(g::text)::uuid::text ELSE 'e' || g END, 'user-' || g % 7, 'action-' || g % 5,
           CASE WHEN g % 3 > 0 THEN '10.0.0.' || g % 9 END, '2026-03-01'::timestamptz + g * interval '40 seconds'
      FROM generate_series(0, 9999) g`);
  snapshot = await shareSnapshot(() => database.open(), 2);
});
afterAll(async () => {
  await snapshot?.close();
  await database?.close();
  await postgres?.stop();
});

const pool = () => new EventPool(snapshot);

function reader(changes: Partial<ConstructorParameters<typeof ReaderThreads>[0]> = {}): ReaderThreads {
  return new ReaderThreads({
    start: () => {
      const thread = new Worker(script, { workerData: { role: 'reader' } });
      threads.push(thread);
      return thread;
    },
    profile: database.profile(),
    password: database.password,
    snapshot: snapshot.id!,
    threads: 2,
    otherwise: pool(),
    ...changes,
  });
}

const reading = {
  sourceAccount: null,
  slices: days,
  fields: ['actor', 'action', 'ip'] as const,
  batchRows: 100,
};

async function readAll(by: EventReader): Promise<{ rows: Row[]; ended: Slice[]; way: string }> {
  const rows: Row[] = [];
  const ended: Slice[] = [];
  const { way } = await by.read(
    mapping,
    reading,
    async (slice, batch) => {
      expect(ended).not.toContain(slice);
      rows.push(...rowsIn(batch));
    },
    async (slice) => void ended.push(slice),
  );
  return { rows: rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)), ended, way };
}

/** Every thread that was started has ended. */
const untilAllEnded = async (): Promise<void> => {
  const living = threads.splice(0).filter(({ threadId }) => threadId > 0);
  await Promise.all(living.map((thread) => new Promise((resolve) => thread.once('exit', resolve))));
};

describe('threads that read', () => {
  it('bring the events this thread would read, each slice to its end', async () => {
    const there = await readAll(reader());
    expect(there.rows).toHaveLength(10_000);
    expect(there.rows).toEqual((await readAll(pool())).rows);
    expect(new Set(there.ended)).toEqual(new Set(days));
    expect(there.way).toBe('copy');
    await untilAllEnded();
  });

  it('see only what the shared snapshot holds', async () => {
    await database.admin(
      `INSERT INTO np_auditlog_events (id, event_type, created_at) VALUES ('later', 'x', '2026-03-02 12:00Z')`,
    );
    const { rows } = await readAll(reader());
    expect(rows.map(({ id }) => id)).not.toContain('later');
    await database.admin(`DELETE FROM np_auditlog_events WHERE id = 'later'`);
  });

  it('never run far ahead of whoever takes the batches', async () => {
    let taken = 0;
    let arrivedEarly = 0;
    await reader().read(
      mapping,
      { ...reading, slices: hours },
      async () => {
        taken += 1;
        const before = threads.at(-1)!;
        let waiting = 0;
        const count = ({ type }: { type: string }) => (waiting += Number(type === 'batch'));
        before.on('message', count);
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
        before.off('message', count);
        arrivedEarly = Math.max(arrivedEarly, waiting);
      },
      async () => undefined,
    );
    expect(taken).toBeGreaterThan(90);
    expect(arrivedEarly).toBeLessThanOrEqual(4);
  });

  it('end when they are told to, and leave nobody on the server but the snapshot', async () => {
    const stop = new AbortController();
    const asked = new Problem('cancelled', 'Enough.');
    let batches = 0;
    const work = reader().read(
      mapping,
      { ...reading, slices: hours, signal: stop.signal },
      async () => {
        if ((batches += 1) === 3) stop.abort(asked);
      },
      async () => undefined,
    );
    expect((await problemOf(work)).code).toBe('cancelled');
    const then = batches;
    await untilAllEnded();
    expect(batches).toBe(then);
    const [left] = await database.admin(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE usename = '${database.user}' AND state <> 'idle in transaction'`,
    );
    expect(left?.sessions).toBe(0);
  });

  it('end with the failure of whoever takes the batches', async () => {
    const full = new Problem('store-damaged', 'There is no room.');
    const work = reader().read(
      mapping,
      reading,
      () => Promise.reject(full),
      async () => undefined,
    );
    expect(await problemOf(work)).toBe(full);
    await untilAllEnded();
  });

  it('say what is wrong with the source', async () => {
    const elsewhere = { ...mapping, table: 'nowhere' };
    const nothing = async () => undefined;
    expect((await problemOf(reader().read(elsewhere, reading, nothing, nothing))).code).toBe(
      'source-missing',
    );
    await untilAllEnded();
  });

  it('are done without where not one further session can be had', async () => {
    const elsewhere = reader({ password: 'wrong' });
    const { rows } = await readAll(elsewhere);
    expect(rows).toHaveLength(10_000);
    await untilAllEnded();
  });

  it('are not begun for a single slice', async () => {
    const everything = { fromMicroseconds: null, untilMicroseconds: null };
    const begun = threads.length;
    const report = await reader().read(
      mapping,
      { ...reading, slices: [everything] },
      async () => undefined,
      async () => undefined,
    );
    expect(report.rows).toBe(10_000);
    expect(threads).toHaveLength(begun);
  });
});

it('the snapshot is all that is left on the server', async () => {
  await untilAllEnded();
  await snapshot.close();
  await untilNobodyIsLeft(database);
});
