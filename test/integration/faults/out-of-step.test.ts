// A network that repeats an answer puts all later ones out of step; nothing may be believed then.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSource, connectSource } from '../../../src-main/source/client.ts';
import { formatNotes } from '../../../src-main/source/notes.ts';
import { writeDecisions, type DecisionIntent } from '../../../src-main/source/write-back.ts';
import { readConnectRequest } from '../../../src-main/source/connection.ts';
import { reviewedAction, startAuditServer, type AuditServer } from '../../faults/audit-server.ts';
import { startFaultyProxy, untroubled, type FaultyProxy } from '../../faults/faulty-proxy.ts';

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

async function write() {
  const { profile, password } = readConnectRequest({ url: server.urlThrough(proxy.port) }, 'UTC');
  const client = await connectSource(profile, password, {
    purpose: 'write',
    statementTimeoutMs: 10_000,
    connectTimeoutMs: 10_000,
  });
  try {
    return await writeDecisions(client, [intent]);
  } finally {
    await closeSource(client);
  }
}

test('an answer repeated just before a write is not taken for the answer to the write', async () => {
  await server.ask([{ id: row, actor }]);
  await server.decideOutside(row, stranger);
  const fault = { direction: 'request', at: 'write', share: 0, arrives: true, waitMs: 0 } as const;
  proxy.plan = () => ({ delayMs: 0, fault: { kind: 'echo', ...fault } });
  await expect(write()).rejects.toMatchObject({ code: 'source-unreachable' });
  expect(proxy.tally.echo).toBe(1);
  proxy.plan = () => untroubled;
  expect(await write()).toMatchObject([{ outcome: 'superseded' }]);
});
