// Whatever answer a network repeats, what is read of anomalies and clocks, and told of dispositions, is right or nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnomalies, type SourceAnomaly } from '../../../src-main/source/anomalies.ts';
import { contextDigest, type DispositionResult } from '../../../src-main/source/anomaly-outcomes.ts';
import { findAnomalyTable } from '../../../src-main/source/anomaly-table.ts';
import { dispositionDelivery } from '../../../src-main/source/anomaly-write.ts';
import { serverMicroseconds } from '../../../src-main/source/anomaly-write-query.ts';
import { closeSource, connectSource, type SourceClient } from '../../../src-main/source/client.ts';
import { measureClockOffset, serverClock } from '../../../src-main/source/clock.ts';
import type { DecisionIntent } from '../../../src-main/source/decision-outcomes.ts';
import { findReviewTable } from '../../../src-main/source/review-table.ts';
import { readRows } from '../../../src-main/source/write-back-query.ts';
import { sendBatches } from '../../../src-main/source/send-batches.ts';
import { startFaultyProxy, untroubled, type FaultyProxy } from '../../faults/faulty-proxy.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, grant, patience, reviewTable, type AuditDatabase } from './audit-database.ts';

let postgres: TestPostgres;
let database: AuditDatabase;
let proxy: FaultyProxy;

const rows = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`);
const rita = '0a0b0c0d-0000-4000-8000-00000000000f';

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(
    postgres,
    `CREATE TABLE np_audit_anomalies (
       id uuid PRIMARY KEY, tenant_id uuid, user_id uuid, anomaly_type text, severity text, z_score numeric,
       detected_at timestamptz, context jsonb, reviewed_by uuid, reviewed_at timestamptz, disposition text);
     ${reviewTable()}`,
  );
  await grant(database, 'UPDATE (reviewed_by, reviewed_at, disposition) ON np_audit_anomalies');
  await database.admin(
    `INSERT INTO np_audit_anomalies (id, anomaly_type, severity) SELECT id, 'new_ip', 'high' FROM unnest($1::uuid[]) AS id`,
    [rows],
  );
  await database.admin(
    `INSERT INTO np_audit_privileged_reviews (id, action, due_at) SELECT id, 'role_grant', now() FROM unnest($1::uuid[]) AS id`,
    [rows],
  );
  proxy = await startFaultyProxy(postgres.port);
});
afterAll(async () => {
  await proxy?.close();
  await database?.close();
  await postgres?.stop();
});

async function onSession<T>(use: (client: SourceClient) => Promise<T>): Promise<T> {
  const profile = database.profile({ port: proxy.port });
  const client = await connectSource(profile, database.password, { ...patience, purpose: 'write' });
  try {
    return await use(client);
  } finally {
    await closeSource(client);
  }
}

async function readAll(client: SourceClient): Promise<SourceAnomaly[]> {
  const found: SourceAnomaly[] = [];
  expect(await readAnomalies(client, (some) => found.push(...some))).toEqual({ state: 'read' });
  return found;
}

/**
 * Runs `use` once for each piece that goes to the server, with the answer before repeated ahead of its own.
 * @returns how many of the runs were given up
 */
async function repeatEach<T>(use: (client: SourceClient) => Promise<T>, isRight: (result: T) => void) {
  proxy.plan = () => untroubled;
  isRight(await onSession(use));
  let given = 0;
  for (let at = 1; ; at += 1) {
    const before = proxy.tally.echo;
    const fault = { kind: 'echo', direction: 'request', at, share: 0, arrives: true, waitMs: 0 } as const;
    proxy.plan = () => ({ ...untroubled, fault });
    const [run] = await Promise.allSettled([onSession(use)]);
    proxy.plan = () => untroubled;
    if (proxy.tally.echo === before) return given;
    if (run.status === 'fulfilled') isRight(run.value);
    else given += 1;
  }
}

const intentOn = (reviewId: string): DecisionIntent => ({
  decisionId: reviewId,
  reviewId,
  tenantId: null,
  auditLogId: null,
  action: 'role_grant',
  actorId: null,
  dueAtMicroseconds: 0,
  reviewerId: rita,
  notes: '',
});

describe('an answer is repeated', () => {
  test('while anomalies are read: all of them, or none', async () => {
    const given = await repeatEach(readAll, (found) => expect(found.map(({ id }) => id)).toEqual(rows));
    expect(given).toBeGreaterThanOrEqual(4);
  });

  test('while clocks are compared: the offset, or none', async () => {
    const measure = async (client: SourceClient) => {
      const { database: name, systemIdentifier } = await serverClock(client);
      return { name, systemIdentifier, offsetMs: await measureClockOffset(client, () => Date.now()) };
    };
    const { systemIdentifier } = await onSession(serverClock);
    const given = await repeatEach(measure, (found) => {
      expect(found).toMatchObject({ name: database.database, systemIdentifier });
      expect(Math.abs(found.offsetMs)).toBeLessThan(60_000);
    });
    expect(given).toBeGreaterThanOrEqual(4);
  });

  test('while review rows are looked at again: each by its own answer, or nothing', async () => {
    const look = async (client: SourceClient) => {
      const found = await findReviewTable(client);
      if (found.state === 'unavailable') throw new Error(found.sentence);
      const seen: unknown[] = [];
      for (const reviewId of rows)
        // The answer to one, repeated, fits the next in everything but the question.
        for (const row of (await readRows(client, found.reviewTable, [intentOn(reviewId)])).values())
          seen.push(row.id);
      return seen;
    };
    const given = await repeatEach(look, (seen) => expect(seen).toEqual(rows));
    expect(given).toBeGreaterThanOrEqual(3);
  });

  test('while dispositions are sent: what became of each row, or nothing', async () => {
    const shown = await onSession(readAll);
    const judge = (id: string, by: string | null) =>
      database.admin(
        `UPDATE np_audit_anomalies SET reviewed_by = $2::uuid, reviewed_at = CASE WHEN $2 IS NOT NULL THEN now() END,
                disposition = CASE WHEN $2 IS NOT NULL THEN 'escalated' END WHERE id = $1`,
        [id, by],
      );
    await judge(rows[1]!, rows[1]!);
    const send = async (client: SourceClient) => {
      await judge(rows[0]!, null);
      const table = await findAnomalyTable(client);
      if (table.state !== 'present') throw new Error(table.sentence);
      const stamp = await serverMicroseconds(client);
      const intents = shown.slice(0, 2).map((row) => ({
        dispositionId: row.id,
        anomalyId: row.id,
        shown: { ...row, contextSha256: contextDigest(row.context) },
        reviewerId: rita,
        ownIds: [rita],
        word: 'true_positive',
        stampMicroseconds: stamp,
        stamps: [stamp],
      }));
      const results: DispositionResult[] = [];
      // The answer to the first, repeated, would say of the second that it was written, too.
      const batches = intents.map((intent) => [intent]);
      await sendBatches(dispositionDelivery(client, table.anomalyTable), batches, {
        ahead: 0,
        settle: (some) => void results.push(...some),
      });
      return results;
    };
    const given = await repeatEach(send, (results) =>
      expect(results).toMatchObject([
        { outcome: 'applied', server: { disposition: 'true_positive' } },
        { outcome: 'superseded', server: { disposition: 'escalated' } },
      ]),
    );
    expect(given).toBeGreaterThanOrEqual(4);
  });
});
