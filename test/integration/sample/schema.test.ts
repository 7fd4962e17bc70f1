import { Client, type QueryResultRow } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSample } from '../../../src-main/sample/generate/generate.ts';
import { sampleReviewers } from '../../../src-main/sample/generate/model.ts';
import { loadSample } from '../../../src-main/sample/load.ts';
import { createReaderSql, grantReaderSql, schemaSql } from '../../../src-main/sample/schema.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';

const reader = { user: 'countersign_reviewer', password: "a reader's password" };
const sample = generateSample({ events: 6000, days: 30, actors: 25 });
const insufficientPrivilege = { code: '42501' };
let postgres: TestPostgres;

async function asReader<Row extends QueryResultRow>(
  sql: string,
  account: string | null = 'primary',
): Promise<Row[]> {
  const client = new Client({ connectionString: postgres.url('audit', reader) });
  await client.connect();
  try {
    if (account !== null)
      await client.query("SELECT set_config('app.source_account_id', $1, false)", [account]);
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function asOwner<Row extends QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
  return postgres.query<Row>(sql, parameters, 'audit');
}

beforeAll(async () => {
  postgres = await startPostgres({ databases: ['audit', 'empty'] });
  await postgres.query(createReaderSql(reader.user, reader.password));
  const client = new Client({ connectionString: postgres.url('audit') });
  await client.connect();
  await loadSample(sample, { client, onProgress: () => undefined, signal: undefined });
  await client.query(grantReaderSql(reader.user, 'audit'));
  await client.end();
});
afterAll(() => postgres.stop());

describe('the published schema', () => {
  it('holds every generated value as it was generated, to the microsecond', async () => {
    const rows = await asOwner<{ id: string; at: string; metadata: unknown; actor: string; type: string }>(
      `SELECT id, (extract(epoch FROM created_at) * 1000000)::bigint AS at, metadata, actor_user_id AS actor,
              event_type AS type FROM np_auditlog_events ORDER BY created_at, id`,
    );
    expect(rows).toEqual(
      sample.events.map((event) => ({
        id: event.id,
        at: String(event.createdAtMicroseconds),
        metadata: event.metadata,
        actor: event.actor,
        type: event.eventType,
      })),
    );
    const [counts] = await asOwner(
      `SELECT (SELECT count(*)::int FROM np_audit_privileged_reviews) AS reviews,
              (SELECT count(*)::int FROM np_audit_anomalies) AS anomalies,
              (SELECT count(DISTINCT tenant_id)::int FROM np_auditlog_events) AS tenants,
              (SELECT count(*)::int FROM np_audit_privileged_reviews r JOIN np_auditlog_events e
                ON e.id = r.audit_log_id::text AND e.event_type = r.action
                AND r.due_at = e.created_at + interval '86400 s'
                AND coalesce(r.actor_id::text, '') = e.actor_user_id) AS matched`,
    );
    const reviews = sample.reviews.length;
    expect(counts).toEqual({ reviews, anomalies: sample.anomalies.length, tenants: 1, matched: reviews });
  });

  it('is partitioned by time with a default partition alone', async () => {
    const [row] = await asOwner(
      `SELECT pg_get_partkeydef('np_auditlog_events'::regclass) AS key,
              (SELECT string_agg(inhrelid::regclass::text, ',') FROM pg_inherits
                WHERE inhparent = 'np_auditlog_events'::regclass) AS partitions,
              (SELECT pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conrelid = 'np_auditlog_events'::regclass AND contype = 'p') AS identity`,
    );
    expect(row).toEqual({
      key: 'RANGE (created_at)',
      partitions: 'np_auditlog_events_default',
      identity: 'PRIMARY KEY (id, created_at)',
    });
  });

  it('can be made without rows', async () => {
    await postgres.query(schemaSql, undefined, 'empty');
    const [row] = await postgres.query<{ enabled: boolean; forced: boolean; policies: number }>(
      `SELECT relrowsecurity AS enabled, relforcerowsecurity AS forced,
              (SELECT count(*)::int FROM pg_policies WHERE tablename = 'np_auditlog_events') AS policies
         FROM pg_class WHERE oid = 'np_auditlog_events'::regclass`,
      undefined,
      'empty',
    );
    expect(row).toEqual({ enabled: true, forced: false, policies: 4 });
  });

  it('accepts only the published words in the anomalies table', async () => {
    for (const column of ['anomaly_type', 'severity', 'disposition']) {
      await expect(asOwner(`UPDATE np_audit_anomalies SET ${column} = 'acknowledged'`)).rejects.toMatchObject(
        { code: '23514' },
      );
    }
  });
});

describe('the reader', () => {
  it('sees events of the account it names, and none without', async () => {
    const count = 'SELECT count(*)::int AS events FROM np_auditlog_events';
    expect(await asReader(count)).toEqual([{ events: sample.events.length }]);
    expect(await asReader(count, null)).toEqual([{ events: 0 }]);
    expect(await asReader(count, 'other')).toEqual([{ events: 0 }]);
    expect(await asOwner(count)).toEqual([{ events: sample.events.length }]);
  });

  it('sees reviews and anomalies', async () => {
    const rows = await asReader(
      'SELECT (SELECT count(*)::int FROM np_audit_privileged_reviews) AS reviews, count(*)::int AS anomalies FROM np_audit_anomalies',
    );
    expect(rows).toEqual([{ reviews: sample.reviews.length, anomalies: sample.anomalies.length }]);
  });

  it('writes the three columns of a decision', async () => {
    const pending = sample.reviews.find((review) => review.reviewerId === null);
    const rows = await asReader(
      `UPDATE np_audit_privileged_reviews SET reviewer_id = '${sampleReviewers[0].id}', reviewed_at = now(), notes = 'seen'
        WHERE id = '${pending?.id}' AND reviewed_at IS NULL RETURNING notes`,
    );
    expect(rows).toEqual([{ notes: 'seen' }]);
  });

  it('writes the three columns of a disposition', async () => {
    const waiting = sample.anomalies.find((anomaly) => anomaly.reviewedBy === null);
    const rows = await asReader(
      `UPDATE np_audit_anomalies SET reviewed_by = '${sampleReviewers[0].id}', reviewed_at = now(), disposition = 'escalated'
        WHERE id = '${waiting?.id}' AND reviewed_at IS NULL RETURNING disposition`,
    );
    expect(rows).toEqual([{ disposition: 'escalated' }]);
  });

  it.each([
    ["UPDATE np_audit_privileged_reviews SET action = 'x'"],
    ['UPDATE np_audit_privileged_reviews SET due_at = now()'],
    ['UPDATE np_audit_privileged_reviews SET actor_id = NULL, notes = NULL'],
    ["INSERT INTO np_audit_privileged_reviews (action, due_at) VALUES ('x', now())"],
    ['DELETE FROM np_audit_privileged_reviews'],
    ['TRUNCATE np_audit_privileged_reviews'],
    ["UPDATE np_auditlog_events SET severity = 'info'"],
    ["INSERT INTO np_auditlog_events (id, actor_type, event_type) VALUES ('x', 'user', 'x')"],
    ['DELETE FROM np_auditlog_events'],
    ['TRUNCATE np_auditlog_events'],
    ['SELECT count(*) FROM np_auditlog_events_default'],
    ["UPDATE np_audit_anomalies SET severity = 'low'"],
    ["UPDATE np_audit_anomalies SET user_id = NULL, disposition = 'escalated'"],
    ["INSERT INTO np_audit_anomalies (anomaly_type) VALUES ('new_ip')"],
    ['DELETE FROM np_audit_anomalies'],
    ['CREATE TABLE mine (id int)'],
    ['CREATE TEMP TABLE mine (id int)'],
    ['CREATE SCHEMA mine'],
    ['SELECT * FROM pg_authid'],
    ["COPY np_audit_anomalies TO PROGRAM 'cat'"],
    ['CREATE ROLE another'],
  ])('may not: %s', async (sql) => {
    await expect(asReader(sql)).rejects.toMatchObject(insufficientPrivilege);
  });
});
