// A network that repeats an answer puts all later ones out of step; nothing may be believed then.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAnomalyTable } from '../../../src-main/source/anomaly-table.ts';
import { insertFinding, type PublishedRow } from '../../../src-main/source/anomaly-insert.ts';
import { closeSource, connectSource, type SourceClient } from '../../../src-main/source/client.ts';
import {
  createReviews,
  requireCreatableTable,
  type NewReview,
} from '../../../src-main/source/create-reviews.ts';
import { formatNotes } from '../../../src-main/source/notes.ts';
import { writeDecisions, type DecisionIntent } from '../../../src-main/source/write-back.ts';
import { readConnectRequest } from '../../../src-main/source/connection.ts';
import { startAuditServer, type AuditServer } from '../../faults/audit-server.ts';
import { reviewedAction } from '../../faults/audit-tables.ts';
import { startFaultyProxy, untroubled, type Fault, type FaultyProxy } from '../../faults/faulty-proxy.ts';

const [reviewer, actor, stranger, row] = [1, 2, 3, 4].map(
  (number) => `5eed0000-0000-4000-8000-00000000000${number}`,
) as [string, string, string, string];
const decisionId = '01M7YSSCZ5TR300JHV48GN5SW8';

const intent: DecisionIntent = {
  decisionId,
  reviewId: row,
  tenantId: null,
  // As the database below is filled.
  auditLogId: 'c4ca4238-a0b9-2382-0dcc-509a6f75849b',
  action: reviewedAction,
  actorId: actor,
  dueAtMicroseconds: Date.parse('2026-11-20T00:01:00Z') * 1000,
  reviewerId: reviewer,
  notes: formatNotes({
    decision: 'certify',
    decisionId,
    entryHash: 'a'.repeat(64),
    decidedAt: '2026-11-16T00:00:00.000Z',
    offsetSeconds: 0,
    reason: null,
  }),
};

let server: AuditServer;
let proxy: FaultyProxy;

beforeAll(async () => {
  server = await startAuditServer();
  proxy = await startFaultyProxy(server.port);
});

afterAll(async () => {
  await proxy.close();
  await server.stop();
});

async function connected<T>(work: (client: SourceClient) => Promise<T>): Promise<T> {
  const { profile, password } = readConnectRequest({ url: server.urlThrough(proxy.port) }, 'UTC');
  const client = await connectSource(profile, password, {
    purpose: 'write',
    statementTimeoutMs: 10_000,
    connectTimeoutMs: 10_000,
  });
  try {
    return await work(client);
  } finally {
    await closeSource(client);
  }
}

const write = () => connected((client) => writeDecisions(client, [intent]));

/** The answer before is repeated just before the statement that writes, or just before the answer to it. */
function echoAt(direction: Fault['direction']): void {
  const fault = { direction, at: 'write', share: 0, arrives: true, waitMs: 0 } as const;
  proxy.plan = () => ({ ...untroubled, fault: { kind: 'echo', ...fault } });
}

test('an answer repeated just before a write is not taken for the answer to the write', async () => {
  await server.ask({ reviews: [{ id: row, actor }], anomalies: [] });
  await server.decideOutside(row, stranger);
  echoAt('request');
  await expect(write()).rejects.toMatchObject({ code: 'source-unreachable' });
  expect(proxy.tally.echo).toBe(1);
  proxy.plan = () => untroubled;
  expect(await write()).toMatchObject([{ outcome: 'superseded' }]);
});

const finding: PublishedRow = {
  finding: 'a-finding',
  anomaly: row,
  user: actor,
  anomalyType: 'freq_spike',
  severity: 'medium',
  zScore: null,
  detectedAt: '2026-11-14T10:00:00Z',
  context: { countersign: { finding: 'a-finding' } },
};

async function publish() {
  return connected(async (client) => {
    const found = await findAnomalyTable(client);
    if (found.state === 'unavailable') throw new Error(found.sentence);
    // One row, as an insertion would answer.
    await client.query('SELECT 1 AS one');
    return insertFinding(client, found.anomalyTable, finding);
  });
}

test.each(['request', 'answer'] as const)(
  'nor for the answer to the publishing of a finding (%s)',
  async (direction) => {
    await server.ask({ reviews: [], anomalies: [] });
    proxy.plan = () => untroubled;
    expect(await publish()).toMatchObject({ outcome: 'published' });
    echoAt(direction);
    await expect(publish()).rejects.toMatchObject({ code: 'source-unreachable' });
    proxy.plan = () => untroubled;
    expect(await publish()).toMatchObject({ outcome: 'already-there' });
  },
);

const missing: NewReview = {
  id: row,
  tenantId: null,
  auditLogId: 'c4ca4238-a0b9-2382-0dcc-509a6f75849b',
  action: reviewedAction,
  actorId: actor,
  dueAtMicroseconds: Date.parse('2026-11-20T00:01:00Z') * 1000,
};

const create = () =>
  connected(async (client) => createReviews(client, await requireCreatableTable(client), [missing]));

test('nor for the answer to the creation of a review', async () => {
  await server.ask({ reviews: [], anomalies: [] });
  echoAt('request');
  await expect(create()).rejects.toMatchObject({ code: 'source-unreachable' });
  proxy.plan = () => untroubled;
  expect(await create()).toMatchObject([{ outcome: expect.stringMatching(/created|present/) }]);
  expect((await server.content()).rows).toMatchObject([{ id: row }]);
});
