// Stopped in the middle and gone on with: every outcome is on record, nothing is left in doubt, nothing happens twice.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { unlimitedMirror } from '../../../src-shared/model/connection.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { formatInstant } from '../../../src-shared/time/instant.ts';
import { closeSource, connectSource } from '../../../src-main/source/client.ts';
import { parseNotes } from '../../../src-main/source/notes.ts';
import { pushDecisions } from '../../../src-main/sync/push.ts';
import { decidedWorkspace, freshTable } from '../../bench/write-back/decided-workspace.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { recordedOutcomes } from '../../support/recorded-outcomes.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const table = 'np_audit_privileged_reviews';
const count = 9_000;

async function session() {
  const client = await connectSource(
    {
      host: postgres.host,
      port: postgres.port,
      database: 'postgres',
      user: postgres.user,
      tls: 'off',
      caFile: null,
      sourceAccount: null,
      zone: 'UTC',
      mapping: null,
      mirror: unlimitedMirror,
    },
    postgres.password,
    { purpose: 'write', statementTimeoutMs: 60_000, connectTimeoutMs: 15_000 },
  );
  onTestFinished(() => closeSource(client));
  return client;
}

test('what was announced is sent and settled, the rest can still be taken back, and the next sync goes on', async () => {
  await postgres.query(freshTable(count));
  const { ledger, close } = decidedWorkspace(count);
  onTestFinished(close);
  const abort = new AbortController();
  const stopping = pushDecisions(ledger, await session(), {
    onProgress: (done) => void (done > 0 && abort.abort()),
    signal: abort.signal,
  });
  const problem = (await stopping.catch((error: unknown) => error)) as Problem;
  expect(problem.code).toBe('cancelled');
  const decisions = [...ledger.state().decisionsById.values()];
  const settled = decisions.filter(({ outcome }) => outcome !== null);
  expect(problem.message).toContain(`${settled.length} of ${count} decisions were sent`);
  expect(settled.length).toBeGreaterThan(0);
  expect(settled.length).toBeLessThan(count);
  expect(decisions.filter(({ inFlight }) => inFlight)).toEqual([]);
  const written = async () =>
    (await postgres.query<{ notes: string }>(`SELECT notes FROM ${table} WHERE reviewed_at IS NOT NULL`)).map(
      ({ notes }) => parseNotes(notes)?.decisionId ?? notes,
    );
  expect((await written()).toSorted()).toEqual(settled.map(({ id }) => id).toSorted());
  const report = await pushDecisions(ledger, await session(), {
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  expect(report).toMatchObject({ sent: count - settled.length, applied: count - settled.length });
  expect((await written()).toSorted()).toEqual(decisions.map(({ id }) => id).toSorted());
  const rows = await postgres.query<{ id: string; stamp: string; reviewer_id: string; notes: string }>(
    `SELECT id, (extract(epoch FROM reviewed_at) * 1000000)::bigint::text AS stamp, reviewer_id, notes FROM ${table}`,
  );
  // What the ledger says of each row without spelling it out is what the row holds.
  expect(
    rows.map(({ id, stamp, reviewer_id, notes }) => [id, formatInstant(Number(stamp)), reviewer_id, notes]),
  ).toEqual(
    rows.map(({ id }) => {
      const held = ledger.state().decisions.get(id)?.[0]?.outcome?.server;
      return [id, held?.reviewedAt, held?.reviewer, held?.notes];
    }),
  );
  const outcomes = recordedOutcomes(ledger.entries());
  expect(outcomes).toHaveLength(count);
  expect(new Set(outcomes.map(({ decisionId }) => decisionId)).size).toBe(count);
});
