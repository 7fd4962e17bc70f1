// Slices of one snapshot: each read once, by several connections, no faster than they are taken, and stopped at any time.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventBatch } from '../../../src-main/source/columns/event-batch.ts';
import { openSnapshot, type EventPool } from '../../../src-main/source/columns/event-pool.ts';
import type { TimeSlice } from '../../../src-main/source/columns/slice-query.ts';
import { presets } from '../../../src-main/source/presets.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, eventTable, untilNobodyIsLeft, type AuditDatabase } from './audit-database.ts';
import { rowsIn, slicesOf } from './batch-rows.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const everything: TimeSlice = { fromMicroseconds: null, untilMicroseconds: null };

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
});

describe('slices', () => {
  let database: AuditDatabase;
  beforeAll(async () => {
    database = await createAuditDatabase(postgres, eventTable);
    await database.admin(`INSERT INTO np_auditlog_events (id, event_type, created_at)
      SELECT 'e' || g, 'x', '2026-03-01'::timestamptz + g * interval '1 minute' FROM generate_series(0, 9999) g`);
  });
  afterAll(async () => {
    await database?.close();
  });

  const read = async (
    pool: EventPool,
    slices: readonly TimeSlice[],
    onBatch: (slice: TimeSlice, batch: EventBatch) => Promise<void>,
    onEnd: (slice: TimeSlice) => Promise<void> = async () => undefined,
    signal?: AbortSignal,
  ) =>
    pool.read(
      mapping,
      { sourceAccount: null, slices, fields: ['action'], batchRows: 100, ...(signal ? { signal } : {}) },
      onBatch,
      onEnd,
    );
  const days = slicesOf('2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2030-01-01');

  it('are read by all connections, each once and to its end, one callback of a slice at a time', async () => {
    const pool = await openSnapshot(() => database.open(), 3);
    expect(pool.connections).toBe(3);
    const busy = new Set<TimeSlice>();
    const ended: TimeSlice[] = [];
    const ids = new Set<string>();
    let most = 0;
    const enter = async (slice: TimeSlice) => {
      expect(busy.has(slice) || ended.includes(slice)).toBe(false);
      busy.add(slice);
      most = Math.max(most, busy.size);
      await new Promise((resolve) => setImmediate(resolve));
      busy.delete(slice);
    };
    const report = await read(
      pool,
      days,
      async (slice, batch) => {
        await enter(slice);
        for (const row of rowsIn(batch)) {
          ids.add(row.id);
          expect(row.createdAtMicroseconds).toBeGreaterThanOrEqual(slice.fromMicroseconds ?? 0);
          expect(row.createdAtMicroseconds).toBeLessThanOrEqual(slice.untilMicroseconds ?? Infinity);
        }
      },
      async (slice) => {
        await enter(slice);
        ended.push(slice);
      },
    );
    expect(report).toEqual({ way: 'copy', connections: 3, rows: 10_000 });
    expect(ids.size).toBe(10_000);
    expect(ended.toSorted((a, b) => (a.fromMicroseconds ?? 0) - (b.fromMicroseconds ?? 0))).toEqual(days);
    expect(most).toBeGreaterThan(1);
    await pool.close();
  });

  it('see one moment on every connection, however late it was opened, also what pool.first asks', async () => {
    let opened = 0;
    const pool = await openSnapshot(async () => {
      opened += 1;
      if (opened > 1)
        await database.admin(
          `INSERT INTO np_auditlog_events (id, event_type, created_at) VALUES ('late ' || $1, 'x', '2026-03-02')`,
          [opened],
        );
      return database.open();
    }, 3);
    let events = 0;
    const report = await read(pool, days, async (_, batch) => void (events += batch.length));
    expect(report.connections).toBe(3);
    expect(events).toBe(10_000);
    for (const session of pool.sessions) {
      const { rows } = await session.query<{ n: string }>('SELECT count(*) AS n FROM np_auditlog_events');
      expect(rows[0]?.n).toBe('10000');
    }
    await database.admin(`DELETE FROM np_auditlog_events WHERE id LIKE 'late%'`);
    await pool.close();
  });

  it('may take as long as their receiver likes: no limit of the session ends them', async () => {
    const pool = await openSnapshot(() => database.open({ statementTimeoutMs: 1000 }), 2);
    for (const session of pool.sessions) {
      const { rows } = await session.query<{ statement_timeout: string }>('SHOW statement_timeout');
      expect(rows[0]?.statement_timeout).toBe('0');
    }
    await pool.close();
  });

  it('let the server wait while a batch is being worked on', async () => {
    const large = await createAuditDatabase(postgres, eventTable);
    await large.admin(`INSERT INTO np_auditlog_events (id, event_type, created_at, metadata)
      SELECT g::text, 'x', '2026-03-01'::timestamptz + g * interval '1 second', jsonb_build_object('t', repeat('x', 1000))
      FROM generate_series(1, 40000) g`);
    const pool = await openSnapshot(() => large.open(), 1);
    const waits = async () =>
      (await large.admin(`SELECT wait_event FROM pg_stat_activity WHERE usename = $1`, [large.user]))[0]
        ?.wait_event;
    let batches = 0;
    await pool.read(
      mapping,
      { sourceAccount: null, slices: [everything], fields: ['metadata'], batchRows: 1000 },
      async () => {
        batches += 1;
        if (batches !== 2) return;
        while ((await waits()) !== 'ClientWrite') expect(batches).toBe(2);
      },
      async () => undefined,
    );
    expect(batches).toBe(40);
    await pool.close();
    await large.close();
  });

  it('stop when the person asks, and no callback runs afterwards', async () => {
    const pool = await openSnapshot(() => database.open(), 3);
    const controller = new AbortController();
    let running = 0;
    const work = async () => {
      running += 1;
      controller.abort();
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    const problem = await problemOf(read(pool, days, work, undefined, controller.signal));
    expect(problem.code).toBe('cancelled');
    expect(running).toBe(0);
    await pool.close();
    await untilNobodyIsLeft(database);
    const again = await openSnapshot(() => database.open(), 1);
    expect((await problemOf(read(again, days, work, undefined, AbortSignal.abort()))).code).toBe('cancelled');
    await again.close();
  });

  it('stop when a callback fails, and say what it threw', async () => {
    const pool = await openSnapshot(() => database.open(), 3);
    const failing = read(pool, days, () => Promise.reject(new RangeError('the disk is full')));
    await expect(failing).rejects.toThrow(new RangeError('the disk is full'));
    await pool.close();
    const other = await openSnapshot(() => database.open(), 2);
    await expect(
      read(
        other,
        days,
        async () => undefined,
        () => Promise.reject(new RangeError('no end')),
      ),
    ).rejects.toThrow('no end');
    await other.close();
  });

  describe('that would take for ever', () => {
    /** Rows of the second day never come. */
    const endless = { ...mapping, table: 'endless' };
    const [first, second] = days as [TimeSlice, TimeSlice];
    const reading = {
      sourceAccount: null,
      slices: [first, second],
      fields: ['severity'] as const,
      batchRows: 100,
    };
    beforeAll(async () => {
      await database.admin(`CREATE VIEW endless AS SELECT id, created_at, source_account_id,
        actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata,
        CASE WHEN created_at >= '2026-03-02' THEN pg_sleep(100000)::text END AS severity FROM np_auditlog_events;
        GRANT SELECT ON endless TO ${database.user}`);
    });
    const isBusy = async () =>
      (
        await database.admin(
          `SELECT pid FROM pg_stat_activity WHERE usename = $1 AND wait_event = 'PgSleep'`,
          [database.user],
        )
      ).length > 0;

    it('are broken off when the person asks', async () => {
      const pool = await openSnapshot(() => database.open(), 2);
      const controller = new AbortController();
      const { signal } = controller;
      const stopped = problemOf(
        pool.read(
          endless,
          { ...reading, signal },
          async () => undefined,
          async () => undefined,
        ),
      );
      while (!(await isBusy()));
      controller.abort();
      expect((await stopped).code).toBe('cancelled');
      await pool.close();
      await untilNobodyIsLeft(database);
    });

    it('are broken off when another slice fails', async () => {
      const pool = await openSnapshot(() => database.open(), 2);
      const failing = pool.read(
        endless,
        reading,
        async () => {
          while (!(await isBusy()));
          throw new RangeError('the disk is full');
        },
        async () => undefined,
      );
      await expect(failing).rejects.toThrow('the disk is full');
      await pool.close();
      await untilNobodyIsLeft(database);
    });
  });

  it('say that the connection broke', async () => {
    const pool = await openSnapshot(() => database.open(), 2);
    let end: Promise<unknown> | null = null;
    const problem = await problemOf(
      read(pool, days, async () => {
        end ??= database.admin(
          'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = $1',
          [database.user],
        );
        await end;
      }),
    );
    expect(problem.code).toBe('source-unreachable');
    await pool.close();
  });
});
