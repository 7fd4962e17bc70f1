// Reading events: complete, in order, page by page, exact to the microsecond, never twice.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../../src-main/source/presets.ts';
import { serverClock } from '../../../src-main/source/clock.ts';
import {
  countEventsByDay,
  eventQueryText,
  readPreview,
  streamEvents,
} from '../../../src-main/source/events.ts';
import type { SourceEvent } from '../../../src-main/source/source-event.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, eventTable, grant, type AuditDatabase } from './audit-database.ts';
import { collect } from './collect.ts';

let postgres: TestPostgres;
let audit: AuditDatabase;
let client: SourceClient;
const mapping = { ...presets[0]!, schema: 'public' };
const everything = { sourceAccount: null, after: null, untilMicroseconds: null, batchSize: 7 };

beforeAll(async () => {
  postgres = await startPostgres();
  audit = await createAuditDatabase(postgres, eventTable);
  client = await audit.open();
});
afterAll(async () => {
  await audit?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  await audit.admin('TRUNCATE np_auditlog_events');
});

function insert(id: string, createdAt: string, more: { account?: string; metadata?: string } = {}) {
  return audit.admin(
    `INSERT INTO np_auditlog_events (id, created_at, source_account_id, actor_user_id, event_type, metadata)
     VALUES ($1, $2, $3, 'dana', 'document.read', $4)`,
    [id, createdAt, more.account ?? 'primary', more.metadata ?? '{}'],
  );
}

async function read(options: Partial<Parameters<typeof streamEvents>[2]> = {}): Promise<SourceEvent[]> {
  return (await collect(streamEvents(client, mapping, { ...everything, ...options }))).flat();
}

const ids = (events: SourceEvent[]) => events.map((event) => event.id);

describe('streamEvents', () => {
  it('reads each event once in the order (time, id), whatever the page size, also where many share one time', async () => {
    await audit.admin(`INSERT INTO np_auditlog_events (id, created_at, actor_user_id, event_type)
      SELECT 'e' || g, '2026-03-01T10:00:00Z'::timestamptz + (g / 40) * interval '1 microsecond', 'dana', 'document.read'
      FROM generate_series(1, 200) g`);
    const expected = await audit.admin(
      'SELECT id FROM np_auditlog_events ORDER BY created_at, id COLLATE "C"',
    );
    for (const batchSize of [1, 3, 40, 199, 200, 1000])
      expect(ids(await read({ batchSize }))).toEqual(expected.map(({ id }) => id));
  });

  it('resumes after any event', async () => {
    for (const id of ['a', 'B', 'Ä', 'b-1', 'b_1', '10', '9'])
      await insert(id, id === '9' ? '2026-03-02T00:00:00Z' : '2026-03-01T00:00:00Z');
    const all = await read();
    expect(ids(all)).toEqual(['10', 'B', 'a', 'b-1', 'b_1', 'Ä', '9']);
    for (const [index, event] of all.entries())
      expect(await read({ after: event })).toEqual(all.slice(index + 1));
  });

  it('orders ids by their bytes, also where the column sorts them as a dictionary would', async () => {
    const database = await createAuditDatabase(
      postgres,
      `${eventTable.replace('id text NOT NULL', 'id text COLLATE "und-x-icu" NOT NULL')}
       INSERT INTO np_auditlog_events (id, created_at, event_type)
       SELECT id, '2026-03-01', 'x' FROM unnest(ARRAY['a', 'B', 'Ä', 'b-1', 'b_1', '10', '9']) AS id`,
    );
    const [dictionary] = await database.admin(
      'SELECT array_agg(id ORDER BY id) AS ids FROM np_auditlog_events',
    );
    expect(dictionary?.ids).not.toEqual(['10', '9', 'B', 'a', 'b-1', 'b_1', 'Ä']);
    const reader = await database.open();
    const events = await collect(streamEvents(reader, mapping, { ...everything, batchSize: 2 }));
    expect(ids(events.flat())).toEqual(['10', '9', 'B', 'a', 'b-1', 'b_1', 'Ä']);
    await database.close();
  });

  it('keeps microseconds and values verbatim', async () => {
    await insert('a', '2026-03-01T23:59:59.999999Z', {
      metadata: '{"b":1,  "actor_name": "Dana Ö", "n": 1e2}',
    });
    const [event] = await read();
    expect(event?.createdAtMicroseconds).toBe(parseInstant('2026-03-01T23:59:59.999999Z'));
    expect(event?.actorName).toBe('Dana Ö');
    expect(event?.metadata).toBe('{"b": 1, "n": 1e2, "actor_name": "Dana Ö"}'.replace('1e2', '100'));
    expect(event?.ip).toBeNull();
  });

  it('bounds the time on both sides, inclusively', async () => {
    for (const second of [0, 1, 2, 3]) await insert(`e${second}`, `2026-03-01T10:00:0${second}.5Z`);
    const from = parseInstant('2026-03-01T10:00:01.5Z');
    const until = parseInstant('2026-03-01T10:00:02.5Z');
    expect(ids(await read({ fromMicroseconds: from, untilMicroseconds: until }))).toEqual(['e1', 'e2']);
    expect(ids(await read({ fromMicroseconds: from + 1, untilMicroseconds: until - 1 }))).toEqual([]);
    const after = { createdAtMicroseconds: from, id: 'e1' };
    expect(ids(await read({ fromMicroseconds: from, after }))).toEqual(['e2', 'e3']);
  });

  it('leaves out infinite and unreachable times', async () => {
    for (const [id, time] of Object.entries({
      a: 'infinity',
      b: '-infinity',
      c: '9999-01-01',
      d: '0044-03-15 BC',
      e: '2026-03-01',
    }))
      await insert(id, time);
    expect(ids(await read())).toEqual(['e']);
    expect(await countEventsByDay(client, mapping, everything)).toEqual([{ day: '2026-03-01', count: 1 }]);
  });

  it('sees late commits when it looks back, and only then', async () => {
    const writer = await createAuditDatabase(postgres, eventTable);
    const session = await writer.open({ purpose: 'write' });
    await grant(writer, 'INSERT ON np_auditlog_events');
    await writer.admin(
      "CREATE POLICY account_insert ON np_auditlog_events FOR INSERT WITH CHECK (source_account_id = 'primary')",
    );
    const insertLate = (id: string, time: string) =>
      session.query('INSERT INTO np_auditlog_events (id, created_at, event_type) VALUES ($1, $2, $3)', [
        id,
        time,
        'x',
      ]);
    await session.query('BEGIN');
    await insertLate('early', '2026-03-01T10:00:00Z');
    await writer.admin(
      "INSERT INTO np_auditlog_events (id, created_at, event_type) VALUES ('late', '2026-03-01T10:01:00Z', 'x')",
    );
    const reader = await writer.open();
    const readAll = async (more: object) =>
      ids((await collect(streamEvents(reader, mapping, { ...everything, ...more }))).flat());
    expect(await readAll({})).toEqual(['late']);
    await session.query('COMMIT');
    const watermark = parseInstant('2026-03-01T10:01:00Z');
    expect(await readAll({ after: { createdAtMicroseconds: watermark, id: 'late' } })).toEqual([]);
    expect(await readAll({ fromMicroseconds: watermark - 600_000_000 })).toEqual(['early', 'late']);
    await writer.close();
  });

  it('reads one source account when told to, under row-level security and without', async () => {
    await insert('a', '2026-03-01', { account: 'primary' });
    await insert('b', '2026-03-02', { account: 'branch' });
    expect(ids(await read())).toEqual(['a']);
    const branch = await audit.open({}, { sourceAccount: 'branch' });
    const scope = { ...everything, sourceAccount: 'branch' };
    expect(ids((await collect(streamEvents(branch, mapping, scope))).flat())).toEqual(['b']);
    await audit.admin('ALTER TABLE np_auditlog_events DISABLE ROW LEVEL SECURITY');
    expect(ids(await read())).toEqual(['a', 'b']);
    expect(ids(await read({ sourceAccount: 'branch' }))).toEqual(['b']);
    await audit.admin('ALTER TABLE np_auditlog_events ENABLE ROW LEVEL SECURITY');
  });

  it('uses the index on (account, time) to continue, instead of reading from the start', async () => {
    await audit.admin(`INSERT INTO np_auditlog_events (id, created_at, event_type)
      SELECT 'e' || g, '2026-01-01T00:00:00Z'::timestamptz + g * interval '1 minute', 'x' FROM generate_series(1, 20000) g`);
    await audit.admin('ANALYZE np_auditlog_events');
    const scope = {
      sourceAccount: 'primary',
      fromMicroseconds: parseInstant('2026-01-14T00:00:00Z'),
      untilMicroseconds: null,
    };
    const { query, parameters } = eventQueryText(mapping, scope);
    const plan = await client.query({ text: `EXPLAIN ${query} LIMIT 100`, values: parameters });
    expect(JSON.stringify(plan.rows)).toMatch(/Index Cond: .*created_at >=/);
  });

  it('stops between and inside batches when the person asks', async () => {
    for (const id of ['a', 'b', 'c']) await insert(id, '2026-03-01');
    const session = await audit.open();
    const controller = new AbortController();
    const events = streamEvents(session, mapping, { ...everything, batchSize: 1, signal: controller.signal });
    expect((await events.next()).value).toHaveLength(1);
    controller.abort();
    expect((await problemOf(events.next())).code).toBe('cancelled');
  });

  it('says that the connection broke, and continues on a new one where it stopped', async () => {
    for (const id of ['a', 'b', 'c']) await insert(id, '2026-03-01');
    const session = await audit.open();
    const events = streamEvents(session, mapping, { ...everything, batchSize: 2 });
    const { value: first } = await events.next();
    const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await postgres.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    expect((await problemOf(events.next())).code).toBe('source-unreachable');
    expect(ids(await read({ after: first?.at(-1) ?? null }))).toEqual(['c']);
  });

  it('an account that is no UUID where the column is one is told, not shown as zero events', async () => {
    const tenants = await createAuditDatabase(
      postgres,
      'CREATE TABLE np_audit_log (id uuid PRIMARY KEY, tenant_id uuid, user_id uuid, action text, context jsonb, created_at timestamptz)',
    );
    const log = { ...presets[1]!, schema: 'public' };
    const events = streamEvents(await tenants.open(), log, { ...everything, sourceAccount: 'primary' });
    expect((await problemOf(events.next())).message).toMatch(/source account may not have the right form/);
    await tenants.close();
  });
});

describe('the preset np_audit_log', () => {
  it('reads actor, address and tenant', async () => {
    const [id, tenant, user] = ['1', '2', '3'].map(
      (digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`,
    );
    const database = await createAuditDatabase(
      postgres,
      'CREATE TABLE np_audit_log (id uuid PRIMARY KEY, tenant_id uuid, user_id uuid, action text, context jsonb, created_at timestamptz)',
    );
    await database.admin(
      `INSERT INTO np_audit_log VALUES ($1, $2, $3, 'role_grant', '{"ip": "192.0.2.7"}', '2026-03-01')`,
      [id, tenant, user],
    );
    await database.admin(
      `INSERT INTO np_audit_log VALUES ($1, NULL, NULL, 'role_grant', NULL, '2026-03-02')`,
      [tenant],
    );
    const log = { ...presets[1]!, schema: 'public' };
    const [named, anonymous] = (await collect(streamEvents(await database.open(), log, everything))).flat();
    expect(named).toMatchObject({
      id,
      sourceAccount: tenant,
      actor: user,
      ip: '192.0.2.7',
      metadata: '{"ip": "192.0.2.7"}',
    });
    expect(anonymous).toMatchObject({ sourceAccount: '', actor: '', ip: null, metadata: null });
    await database.close();
  });
});

describe('countEventsByDay and eventQueryText', () => {
  it('count per UTC day and agree with the stated population', async () => {
    await insert('a', '2026-03-01T23:59:59.999999Z');
    await insert('b', '2026-03-02T00:00:00Z');
    await insert('c', '2026-03-02T12:00:00+02:00');
    await insert('d', '2026-03-03T00:00:00.000001Z');
    const scope = { sourceAccount: 'primary', untilMicroseconds: parseInstant('2026-03-03T00:00:00Z') };
    expect(await countEventsByDay(client, mapping, scope)).toEqual([
      { day: '2026-03-01', count: 1 },
      { day: '2026-03-02', count: 2 },
    ]);
    const { query, parameters } = eventQueryText(mapping, scope);
    const { rows } = await client.query<{ id: string }>(query, parameters);
    expect(rows.map((row) => row.id)).toEqual(ids(await read(scope)));
    expect(query).not.toMatch(/primary|2026/);
  });
});

describe('readPreview', () => {
  it('shows the table’s columns and the first events', async () => {
    for (const day of [1, 2, 3]) await insert(`e${day}`, `2026-03-0${day}`);
    const { columns, events } = await readPreview(client, mapping, null, 2);
    expect(columns).toContainEqual({ name: 'tenant_id', type: 'uuid' });
    expect(ids(events)).toEqual(['e1', 'e2']);
  });
});

describe('serverClock', () => {
  it('names role, database, version, snapshot and cluster', async () => {
    const clock = await serverClock(client);
    const [control] = await postgres.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_control_system()',
    );
    expect(clock).toMatchObject({
      role: audit.user,
      database: audit.database,
      systemIdentifier: control?.id,
    });
    expect(clock.version).toMatch(/^18\./);
    expect(clock.snapshot).toMatch(/^\d+:\d+:/);
    expect(Number.isSafeInteger(clock.nowMicroseconds)).toBe(true);
  });

  it('leaves the cluster unknown, and the transaction usable, where the right is missing', async () => {
    await audit.admin('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM public');
    const session = await audit.open();
    await session.query('BEGIN');
    expect((await serverClock(session)).systemIdentifier).toBeNull();
    await session.query('SELECT 1');
    await session.query('COMMIT');
    await audit.admin('GRANT EXECUTE ON FUNCTION pg_control_system() TO public');
  });
});
