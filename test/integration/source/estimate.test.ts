// What is known without reading the events: how many about, from when to when, and whether anything was written.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstant } from '#shared/time/instant.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { estimateRows, estimateSlice, timeBounds } from '../../../src-main/source/columns/estimate.ts';
import {
  modificationCounters,
  storageIdentity,
} from '../../../src-main/source/columns/modification-counters.ts';
import { presets } from '../../../src-main/source/presets.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, eventTable, type AuditDatabase } from './audit-database.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const first = parseInstant('2026-03-01T00:00:00.000001Z');
const months = `
  CREATE TABLE events_march PARTITION OF np_auditlog_events FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
  CREATE TABLE events_april PARTITION OF np_auditlog_events FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');`;
const manyEvents = `INSERT INTO np_auditlog_events (id, event_type, created_at)
  SELECT g::text, 'x', '2026-03-01T00:00:00.000001Z'::timestamptz + g * interval '20 seconds' FROM generate_series(0, 199999) g`;
const last = first + 199_999 * 20_000_000;

let postgres: TestPostgres;
let database: AuditDatabase;
let client: SourceClient;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, eventTable + months + manyEvents);
  await database.admin('ANALYZE np_auditlog_events');
  client = await database.open();
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

/** A session that row-level security does not bind: it sees statistics, and no policy finds the index for it. */
async function openUnbound(): Promise<SourceClient> {
  await database.admin(`ALTER ROLE ${database.user} BYPASSRLS`);
  await database.admin(
    `GRANT SELECT ON events_march, events_april, np_auditlog_events_default TO ${database.user}`,
  );
  return database.open();
}

describe('estimates', () => {
  it('are near the truth over all partitions, and for one slice', async () => {
    const rows = await estimateRows(client, mapping);
    expect(rows).toBeGreaterThan(150_000);
    expect(rows).toBeLessThan(250_000);
    const day = { fromMicroseconds: first, untilMicroseconds: first + 86_400_000_000 };
    const slice = await estimateSlice(client, mapping, 'primary', day);
    expect(slice.rows).toBeGreaterThan(2000);
    expect(slice.rows).toBeLessThan(9000);
    const all = { fromMicroseconds: null, untilMicroseconds: null };
    const whole = await estimateSlice(client, mapping, 'primary', all);
    expect(slice.cost).toBeLessThan(whole.cost / 3);
    expect(await estimateRows(client, mapping, 'nobody')).toBeLessThan(10);
  });

  it('tell when a slice costs as much as the whole table', async () => {
    await database.admin('CREATE TABLE bare AS SELECT * FROM np_auditlog_events; ANALYZE bare');
    await database.admin(`GRANT SELECT ON bare TO ${database.user}`);
    const bare = { ...mapping, table: 'bare' };
    const day = { fromMicroseconds: first, untilMicroseconds: first + 86_400_000_000 };
    const whole = await estimateSlice(client, bare, null, {
      fromMicroseconds: null,
      untilMicroseconds: null,
    });
    expect((await estimateSlice(client, bare, null, day)).cost).toBeGreaterThan(whole.cost / 2);
  });
});

describe('timeBounds', () => {
  it('are exact where an index makes that quick', async () => {
    const exact = { firstMicroseconds: first, lastMicroseconds: last, isExact: true };
    expect(await timeBounds(client, mapping)).toEqual(exact);
    expect(await timeBounds(await openUnbound(), mapping, 'primary')).toEqual(exact);
    expect(await timeBounds(client, mapping, 'nobody')).toBeNull();
  });

  it('leave out what cannot be placed, and are null for nothing', async () => {
    const odd = await createAuditDatabase(postgres, eventTable);
    const session = await odd.open();
    expect(await timeBounds(session, mapping)).toBeNull();
    await odd.admin(`INSERT INTO np_auditlog_events (id, event_type, created_at) VALUES
      ('a', 'x', 'infinity'), ('b', 'x', '-infinity'), ('c', 'x', '9999-01-01'), ('d', 'x', '1970-01-01T00:00:00Z')`);
    expect(await timeBounds(session, mapping)).toEqual({
      firstMicroseconds: 0,
      lastMicroseconds: 0,
      isExact: true,
    });
    await odd.close();
  });

  it('come from the statistics of all partitions where looking would cost too much', async () => {
    const wide = await createAuditDatabase(postgres, eventTable + months);
    await wide.admin('DROP INDEX np_auditlog_events_source_account_id_created_at_idx');
    await wide.admin('ALTER TABLE np_auditlog_events DISABLE ROW LEVEL SECURITY');
    await wide.admin(`INSERT INTO np_auditlog_events (id, event_type, created_at, user_agent)
      SELECT g::text, 'x', '2026-03-01T00:00:00Z'::timestamptz + g * interval '25 seconds', repeat('x', 1900) FROM generate_series(0, 199999) g`);
    const session = await wide.open();
    // Without statistics there is no way but to look.
    expect(await timeBounds(session, mapping)).toMatchObject({ isExact: true });
    await wide.admin('ANALYZE np_auditlog_events');
    await wide.admin(`GRANT SELECT ON events_march, events_april TO ${wide.user}`);
    const bounds = (await timeBounds(session, mapping))!;
    expect(bounds.isExact).toBe(false);
    expect(bounds.firstMicroseconds).toBeLessThan(parseInstant('2026-03-02'));
    expect(bounds.firstMicroseconds).toBeGreaterThanOrEqual(parseInstant('2026-03-01'));
    expect(bounds.lastMicroseconds).toBeGreaterThan(parseInstant('2026-04-27'));
    expect(bounds.lastMicroseconds).toBeLessThanOrEqual(parseInstant('2026-04-27T20:53:20Z'));
    // Seen in part, statistics would leave out what lies in the other part.
    await wide.admin(`REVOKE SELECT ON events_april FROM ${wide.user}`);
    expect(await timeBounds(session, mapping)).toMatchObject({ isExact: true });
    await wide.close();
  });
});

describe('modificationCounters', () => {
  const settled = async (target: AuditDatabase, expected: number) => {
    // The counters arrive a moment after the commit.
    const session = await target.open();
    while ((await modificationCounters(session, mapping)) !== expected);
  };

  it('add up what was inserted, changed and deleted in all partitions', async () => {
    const target = await createAuditDatabase(postgres, eventTable + months);
    await settled(target, 0);
    await target.admin(`INSERT INTO np_auditlog_events (id, event_type, created_at) VALUES
      ('a', 'x', '2026-03-05'), ('b', 'x', '2026-04-05'), ('c', 'x', '2020-01-01')`);
    await settled(target, 3);
    await target.admin(`UPDATE np_auditlog_events SET severity = 'high' WHERE id = 'a'`);
    await target.admin(`DELETE FROM np_auditlog_events WHERE id = 'b'`);
    await settled(target, 5);
    await target.close();
  });

  it('count the tables that inherit, as the chunks of a hypertable do', async () => {
    const target = await createAuditDatabase(
      postgres,
      `CREATE TABLE np_auditlog_events (id text, created_at timestamptz, actor_user_id text, event_type text);
       CREATE TABLE chunk () INHERITS (np_auditlog_events); CREATE TABLE chunk_of_chunk () INHERITS (chunk)`,
    );
    await target.admin(
      "INSERT INTO chunk VALUES ('a', '2026-03-01', 'dana', 'x'), ('b', '2026-03-01', 'dana', 'x')",
    );
    await target.admin("INSERT INTO chunk_of_chunk VALUES ('c', '2026-03-01', 'dana', 'x')");
    await settled(target, 3);
    await target.close();
  });

  it('say nothing when they are zero and events are there', async () => {
    const target = await createAuditDatabase(postgres, eventTable);
    await target.admin(
      `INSERT INTO np_auditlog_events (id, event_type, created_at) VALUES ('a', 'x', '2026-03-05')`,
    );
    await settled(target, 1);
    await target.admin('SELECT pg_stat_reset()');
    expect(await modificationCounters(await target.open(), mapping)).toBeNull();
    await target.close();
  });

  it('do not see TRUNCATE or a partition that goes, which the identity of the storage does', async () => {
    const target = await createAuditDatabase(postgres, eventTable + months);
    const session = await target.open();
    const identities = [await storageIdentity(session, mapping)];
    await target.admin(
      `INSERT INTO np_auditlog_events (id, event_type, created_at) VALUES ('a', 'x', '2026-03-05')`,
    );
    expect(await storageIdentity(session, mapping)).toBe(identities[0]);
    await target.admin('TRUNCATE np_auditlog_events');
    identities.push(await storageIdentity(session, mapping));
    await target.admin('ALTER TABLE np_auditlog_events DETACH PARTITION events_april');
    identities.push(await storageIdentity(session, mapping));
    await target.admin('SELECT pg_stat_reset()');
    identities.push(await storageIdentity(session, mapping));
    expect(identities.every((identity) => typeof identity === 'string')).toBe(true);
    expect(new Set(identities).size).toBe(4);
    await target.close();
  });

  it('are unknown where the server counts nothing: a view, a foreign partition, counting switched off', async () => {
    const target = await createAuditDatabase(postgres, eventTable);
    await target.admin('CREATE VIEW seen AS SELECT * FROM np_auditlog_events');
    const session = await target.open();
    const view = { ...mapping, table: 'seen' };
    expect([await modificationCounters(session, view), await storageIdentity(session, view)]).toEqual([
      null,
      null,
    ]);
    expect(await modificationCounters(session, mapping)).toBe(0);
    await target.admin(`CREATE EXTENSION postgres_fdw; CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
      CREATE TABLE parted (LIKE np_auditlog_events) PARTITION BY RANGE (created_at);
      CREATE FOREIGN TABLE far PARTITION OF parted FOR VALUES FROM ('2026-03-01') TO ('2026-04-01') SERVER elsewhere;
      GRANT SELECT ON parted TO ${target.user}`);
    expect(await modificationCounters(session, { ...mapping, table: 'parted' })).toBeNull();
    // As Citus keeps its list of distributed tables.
    await target.admin(`CREATE TABLE pg_dist_partition (logicalrelid regclass);
      GRANT SELECT ON pg_dist_partition TO ${target.user}`);
    expect(await modificationCounters(session, mapping)).toBe(0);
    await target.admin(`INSERT INTO pg_dist_partition VALUES ('np_auditlog_events')`);
    expect(await modificationCounters(session, mapping)).toBeNull();
    expect(await storageIdentity(session, mapping)).toBeNull();
    await target.admin(
      `DELETE FROM pg_dist_partition; ALTER DATABASE ${target.database} SET track_counts = off`,
    );
    expect(await modificationCounters(await target.open(), mapping)).toBeNull();
    await target.close();
  });
});
