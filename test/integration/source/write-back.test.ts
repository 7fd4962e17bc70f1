// The write-back on real rows: exactly once, never over somebody else's decision, every outcome named.
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceClient } from '../../../src-main/source/client.ts';
import type { Problem } from '#shared/model/problem.ts';
import { findReviewTable, type ReviewTable } from '../../../src-main/source/review-table.ts';
import { applyBatch } from '../../../src-main/source/write-back-query.ts';
import { aboveEarlierNotes, formatNotes, parseNotes } from '../../../src-main/source/notes.ts';
import { readReviewTable } from '../../../src-main/source/reviews.ts';
import {
  writeDecisions,
  type DecisionIntent,
  type WriteResult,
} from '../../../src-main/source/write-back.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, reviewTable, revoke, type AuditDatabase } from './audit-database.ts';

let postgres: TestPostgres;
const opened: AuditDatabase[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await postgres?.stop();
});

const reviewer = '0a0b0c0d-0000-4000-8000-00000000000f';
const otherReviewer = '11111111-0000-4000-8000-00000000000f';
const table = 'np_audit_privileged_reviews';

async function databaseWith(count: number, sql = reviewTable()): Promise<AuditDatabase> {
  const database = await createAuditDatabase(postgres, sql);
  opened.push(database);
  await database.admin(
    `INSERT INTO ${table} (id, tenant_id, audit_log_id, action, actor_id, due_at)
     SELECT gen_random_uuid(), '99999999-0000-4000-8000-000000000000', gen_random_uuid(), 'role_grant',
            '2222abcd-0000-4000-8000-000000000000', '2026-03-01T00:00:00Z'::timestamptz + g * interval '1 microsecond'
     FROM generate_series(1, ${count}) g`,
  );
  return database;
}

const openToWrite = (database: AuditDatabase) => database.open({ purpose: 'write' });

/** One certification of every row as it is now. */
async function intentsFor(
  client: SourceClient,
  overrides: Partial<DecisionIntent> = {},
): Promise<DecisionIntent[]> {
  const { rows } = await readReviewTable(client);
  return (rows ?? []).map((row) => decide(row, overrides));
}

function decide(
  row: Pick<DecisionIntent, 'tenantId' | 'auditLogId' | 'action' | 'actorId' | 'dueAtMicroseconds'> & {
    id: string;
  },
  overrides: Partial<DecisionIntent> & { reason?: string } = {},
): DecisionIntent {
  const { reason = 'Looks [right]\nto me', ...rest } = overrides;
  const decisionId = ulid();
  const { id, tenantId, auditLogId, action, actorId, dueAtMicroseconds } = row;
  const notes = formatNotes({
    decision: 'certify',
    decisionId,
    entryHash: 'ab'.repeat(32),
    offsetSeconds: -2,
    reason,
    decidedAt: '2026-03-02T08:00:00.000Z',
  });
  return {
    decisionId,
    reviewId: id,
    tenantId,
    auditLogId,
    action,
    actorId,
    dueAtMicroseconds,
    reviewerId: reviewer,
    notes,
    ...rest,
  };
}

function tally(results: readonly WriteResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

describe('applied and already-mine', () => {
  it.each([
    ['uuid', 'uuid', reviewer.toUpperCase()],
    ['text', 'text', 'dana@example.com'],
    ['varchar(60)', 'varchar(60)', 'dana'],
  ])('writes every decision once where identities are %s', async (_, type, reviewerId) => {
    const database = await databaseWith(25, reviewTable(type));
    const client = await openToWrite(database);
    const intents = await intentsFor(client, { reviewerId });
    const batches: number[] = [];
    const results = await writeDecisions(client, intents, {
      batchSize: 10,
      onBatch: (settled) => void batches.push(settled.length),
    });
    expect(tally(results)).toEqual({ applied: 25 });
    expect(batches).toEqual([10, 10, 5]);
    expect(results.map((item) => item.decisionId)).toEqual(intents.map((item) => item.decisionId));
    const rows = await database.admin(
      `SELECT notes, reviewer_id::text AS reviewer, reviewed_at <= clock_timestamp() AS stamped FROM ${table}`,
    );
    for (const row of rows)
      expect(row).toEqual({
        notes: expect.stringMatching(/^\[rv1 d=approve /),
        reviewer: type === 'uuid' ? reviewer : reviewerId,
        stamped: true,
      });
    expect(parseNotes(String(rows[0]?.notes))?.reason).toBe('Looks [right]\nto me');

    const again = await writeDecisions(client, intents);
    expect(tally(again)).toEqual({ 'already-mine': 25 });
    expect(again.map((item) => item.reviewedAtMicroseconds)).toEqual(
      results.map((item) => item.reviewedAtMicroseconds),
    );
  });

  it('one batch of many tenants, actors, reviewers and actions: each row is held against its own', async () => {
    const database = await databaseWith(12);
    await database.admin(
      `UPDATE ${table} SET tenant_id = CASE WHEN extract(microseconds FROM due_at)::int % 3 = 0 THEN NULL ELSE gen_random_uuid() END,
              actor_id = CASE WHEN extract(microseconds FROM due_at)::int % 4 = 0 THEN NULL ELSE gen_random_uuid() END,
              action = 'action "' || extract(microseconds FROM due_at)::int || '" \\'`,
    );
    const client = await openToWrite(database);
    const intents = (await intentsFor(client)).map((intent, index) => ({
      ...intent,
      reviewerId: index % 2 === 0 ? reviewer : otherReviewer,
    }));
    const stranger = '33333333-0000-4000-8000-00000000000f';
    intents[0] = { ...intents[0]!, tenantId: stranger };
    intents[1] = { ...intents[1]!, auditLogId: null };
    intents[2] = { ...intents[2]!, action: intents[3]!.action };
    intents[4] = { ...intents[4]!, actorId: stranger };
    intents[5] = { ...intents[5]!, dueAtMicroseconds: intents[5]!.dueAtMicroseconds + 1 };
    intents[6] = { ...intents[6]!, reviewerIds: ['somebody else', intents[6]!.actorId!] };
    const results = await writeDecisions(client, intents);
    const changed = 'changed';
    const applied = 'applied';
    const outcomes = [changed, changed, changed, applied, changed, changed, 'rejected'];
    expect(results.map(({ outcome }) => outcome)).toEqual([...outcomes, ...Array<string>(5).fill(applied)]);
    const written = await database.admin(
      `SELECT reviewer_id::text AS reviewer FROM ${table} WHERE reviewed_at IS NOT NULL ORDER BY due_at`,
    );
    expect(written.map((row) => row['reviewer'] === reviewer)).toEqual([
      false,
      false,
      true,
      false,
      true,
      false,
    ]);
  });

  it('what a trigger wrote instead is what is told', async () => {
    const database = await databaseWith(3);
    await database.admin(`CREATE FUNCTION rewrite() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.id = (SELECT min(id::text)::uuid FROM ${table}) THEN NEW.notes := NULL; END IF;
        IF NEW.id = (SELECT max(id::text)::uuid FROM ${table}) THEN NEW.notes := 'ticket 7: ' || NEW.notes; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER rewrite BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION rewrite()`);
    const client = await openToWrite(database);
    const intents = (await intentsFor(client)).toSorted((a, b) => (a.reviewId < b.reviewId ? -1 : 1));
    const results = await writeDecisions(client, intents);
    expect(tally(results)).toEqual({ applied: 3 });
    expect(results.map(({ server }) => server?.notes)).toEqual([
      null,
      intents[1]!.notes,
      `ticket 7: ${intents[2]!.notes}`,
    ]);
    expect(results.map(({ server }) => server?.reviewer)).toEqual([reviewer, reviewer, reviewer]);
    expect(results.map(({ isAsSent }) => isAsSent)).toEqual([false, true, false]);
  });

  it('cuts the reason, not the mark, to the length of the column', async () => {
    const database = await databaseWith(1, reviewTable('uuid', 'varchar(130)'));
    const client = await openToWrite(database);
    const [row] = (await readReviewTable(client)).rows ?? [];
    const intent = decide(row!, { reason: 'long '.repeat(100) });
    expect(tally(await writeDecisions(client, [intent]))).toEqual({ applied: 1 });
    const [{ notes } = {}] = await database.admin(`SELECT notes FROM ${table}`);
    expect(String(notes)).toHaveLength(130);
    expect(parseNotes(String(notes))).toMatchObject({
      decisionId: intent.decisionId,
      reason: expect.stringMatching(/…$/),
    });
    expect(tally(await writeDecisions(client, [intent]))).toEqual({ 'already-mine': 1 });
  });

  it('writes the first of two decisions about one row', async () => {
    const database = await databaseWith(1);
    const client = await openToWrite(database);
    const [first, second] = [...(await intentsFor(client)), ...(await intentsFor(client))];
    const results = await writeDecisions(client, [first!, second!]);
    expect(results.map((item) => item.outcome)).toEqual(['applied', 'superseded']);
  });
});

describe('somebody else', () => {
  it('two clients deciding the same rows at once: each row has one winner, the other is told', async () => {
    const database = await databaseWith(300);
    const [one, two] = [await openToWrite(database), await openToWrite(database)];
    const mine = await intentsFor(one);
    const theirs = await intentsFor(two, { reviewerId: otherReviewer });
    const [first, second] = await Promise.all([
      writeDecisions(one, mine, { batchSize: 50 }),
      writeDecisions(two, theirs.toReversed(), { batchSize: 70 }),
    ]);
    const winners = [...first, ...second].filter((item) => item.outcome === 'applied');
    const losers = [...first, ...second].filter((item) => item.outcome === 'superseded');
    expect([winners.length, losers.length]).toEqual([300, 300]);
    const rows = await database.admin(`SELECT id::text AS id, notes FROM ${table}`);
    const written = new Map(rows.map((row) => [row.id, parseNotes(String(row.notes))?.decisionId]));
    for (const winner of winners) expect(written.get(winner.reviewId)).toBe(winner.decisionId);
    for (const loser of losers) expect(loser.server?.notes).toContain(written.get(loser.reviewId));
  });

  it('a foreign note that quotes our mark is not taken for ours', async () => {
    const database = await databaseWith(3);
    const client = await openToWrite(database);
    const intents = await intentsFor(client);
    const [quoted, altered, otherPerson] = intents.map((item) => item.notes);
    const set = (index: number, notes: string, by: string) =>
      database.admin(`UPDATE ${table} SET reviewed_at = now(), reviewer_id = $3, notes = $2 WHERE id = $1`, [
        intents[index]!.reviewId,
        notes,
        by,
      ]);
    await set(0, `see ${quoted}`, otherReviewer);
    await set(1, altered!.replace('d=approve', 'd=revoke'), reviewer);
    await set(2, otherPerson!, otherReviewer);
    const results = await writeDecisions(client, intents);
    expect(tally(results)).toEqual({ superseded: 3 });
    expect(results[0]?.detail).toMatch(/Somebody else decided/);
    expect(results[1]?.detail).toMatch(/altered it afterwards/);
    expect(results[2]).toMatchObject({ server: { reviewer: otherReviewer } });
  });

  it.each([
    ['action', "action = 'schema_alter'", /action/],
    ['audit_log_id', 'audit_log_id = NULL', /audit log entry/],
    ['actor_id', 'actor_id = NULL', /actor/],
    ['tenant_id', 'tenant_id = gen_random_uuid()', /tenant/],
    ['due_at', "due_at = due_at + interval '1 microsecond'", /due time/],
    ['notes', "notes = 'please wait'", /notes/],
    ['notes to nothing', "notes = ''", /notes/],
  ])('a row whose %s changed since it was shown is asked about again', async (_, change, detail) => {
    const database = await databaseWith(2);
    const client = await openToWrite(database);
    const intents = await intentsFor(client);
    await database.admin(`UPDATE ${table} SET ${change} WHERE id = $1`, [intents[0]!.reviewId]);
    const results = await writeDecisions(client, intents);
    expect(results.map((item) => item.outcome)).toEqual(['changed', 'applied']);
    expect(results[0]?.detail).toMatch(detail);
    expect(await database.admin(`SELECT count(*)::int AS n FROM ${table} WHERE reviewed_at IS NULL`)).toEqual(
      [{ n: 1 }],
    );
  });

  it('what stood in the notes of the open row is kept to the letter, below ours, and known again', async () => {
    const database = await databaseWith(4);
    const found = ['please wait\n\u202eforged', 'x'.repeat(1_000_000), ''];
    const client = await openToWrite(database);
    const ids = (await intentsFor(client)).map(({ reviewId }) => reviewId);
    for (const [index, notes] of found.entries())
      await database.admin(`UPDATE ${table} SET notes = $2 WHERE id = $1`, [ids[index], notes]);
    const { rows } = await readReviewTable(client);
    const intents = rows!.map((row) => {
      const intent = decide(row);
      return { ...intent, earlierNotes: row.notes, notes: aboveEarlierNotes(intent.notes, row.notes) };
    });
    expect(tally(await writeDecisions(client, intents))).toEqual({ applied: 4 });
    const held = await database.admin(`SELECT notes FROM ${table} ORDER BY array_position($1::uuid[], id)`, [
      ids,
    ]);
    expect(held.map(({ notes }) => parseNotes(String(notes))?.earlier)).toEqual([
      found[0],
      found[1],
      undefined,
      undefined,
    ]);
    expect(tally(await writeDecisions(client, intents))).toEqual({ 'already-mine': 4 });
  });

  it('an alias of the reviewer is refused in the statement, whatever its case and the blanks around it', async () => {
    const database = await databaseWith(3, reviewTable('text'));
    await database.admin(
      `UPDATE ${table} SET actor_id = CASE due_at WHEN (SELECT min(due_at) FROM ${table}) THEN E' \\tDANA.Admin\\r\\n' WHEN (SELECT max(due_at) FROM ${table}) THEN 'DANA.ADMIN' ELSE 'otto' END`,
    );
    const client = await openToWrite(database);
    const intents = await intentsFor(client, {
      reviewerId: 'dana',
      reviewerIds: ['dana', 'dana.admin'],
    });
    const { reviewTable: known } = (await findReviewTable(client)) as { reviewTable: ReviewTable };
    // By the statement alone: nothing before or after it looks at the actors.
    expect([...(await applyBatch(client, known, intents)).keys()]).toEqual([1]);
    expect((await writeDecisions(client, intents)).map(({ outcome }) => outcome)).toEqual([
      'rejected',
      'already-mine',
      'rejected',
    ]);
  });

  it('a row that is gone, or hidden by a policy, is not visible', async () => {
    const database = await databaseWith(3);
    const client = await openToWrite(database);
    const intents = await intentsFor(client);
    await database.admin(`DELETE FROM ${table} WHERE id = $1`, [intents[0]!.reviewId]);
    await database.admin(
      `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; CREATE POLICY visible ON ${table} USING (id <> '${intents[1]!.reviewId}')`,
    );
    const results = await writeDecisions(client, intents);
    expect(results.map((item) => item.outcome)).toEqual(['not-visible', 'not-visible', 'applied']);
  });

  it('the actor cannot review, not even with the same UUID in capitals', async () => {
    const database = await databaseWith(
      2,
      reviewTable('uuid').replace('reviewer_id uuid', 'reviewer_id text'),
    );
    const client = await openToWrite(database);
    const [row] = (await readReviewTable(client)).rows ?? [];
    const intents = [decide(row!, { reviewerId: row!.actorId!.toUpperCase() })];
    const [result] = await writeDecisions(client, intents);
    expect(result).toMatchObject({
      outcome: 'rejected',
      detail: expect.stringMatching(/reviewer is the actor/),
    });
    expect(await database.admin(`SELECT 1 FROM ${table} WHERE reviewed_at IS NOT NULL`)).toEqual([]);
  });

  it('infinite due times are compared like any other', async () => {
    const database = await databaseWith(2);
    await database.admin(`UPDATE ${table} SET due_at = 'infinity'`);
    const client = await openToWrite(database);
    const intents = await intentsFor(client);
    await database.admin(`UPDATE ${table} SET due_at = '-infinity' WHERE id = $1`, [intents[0]!.reviewId]);
    const results = await writeDecisions(client, intents);
    expect(results.map((item) => item.outcome)).toEqual(['changed', 'applied']);
  });
});

describe('a row the database refuses', () => {
  const guards = [
    {
      name: 'check',
      sql: (id: string) =>
        `ALTER TABLE ${table} ADD CONSTRAINT not_this CHECK (id <> '${id}' OR reviewed_at IS NULL)`,
      detail: /rule of the database forbids this decision \(constraint not_this\)/,
    },
    {
      name: 'trigger',
      sql: (id: string) => `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF NEW.id = '${id}' THEN RAISE EXCEPTION 'secret %', NEW.actor_id; END IF; RETURN NEW; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`,
      detail: /trigger or rule of the database refused/,
    },
    {
      name: 'missing table in a trigger',
      sql: (id: string) => `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF NEW.id = '${id}' THEN PERFORM 1 FROM nowhere; END IF; RETURN NEW; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`,
      detail: /trigger or rule of the database refused/,
    },
    {
      name: 'row-level policy',
      sql: (id: string) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY see ON ${table} FOR SELECT USING (true);
        CREATE POLICY decide ON ${table} FOR UPDATE USING (true) WITH CHECK (id <> '${id}')`,
      detail: /row-level policy/,
    },
    {
      name: 'silent policy',
      sql: (id: string) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY see ON ${table} FOR SELECT USING (true);
        CREATE POLICY decide ON ${table} FOR UPDATE USING (id <> '${id}') WITH CHECK (true)`,
      detail: /left the row unchanged and gave no reason/,
    },
    {
      name: 'foreign key',
      sql: () => `CREATE TABLE person (id uuid PRIMARY KEY); INSERT INTO person VALUES ('${reviewer}');
        ALTER TABLE ${table} ADD FOREIGN KEY (reviewer_id) REFERENCES person`,
      detail: /does not know this reviewer/,
    },
  ];

  it.each(guards)('$name: it stands alone, the others are written', async ({ name, sql, detail }) => {
    const database = await databaseWith(21);
    const client = await openToWrite(database);
    const intents = await intentsFor(client);
    const bad = intents[13]!;
    if (name === 'foreign key') bad.reviewerId = otherReviewer;
    await database.admin(sql(bad.reviewId));
    const results = await writeDecisions(client, intents, { batchSize: 20 });
    expect(tally(results)).toEqual({ applied: 20, rejected: 1 });
    const rejected = results.find((item) => item.outcome === 'rejected');
    expect(rejected?.decisionId).toBe(bad.decisionId);
    expect(rejected?.detail).toMatch(detail);
    expect(rejected?.detail).not.toMatch(/secret|2222abcd/);
  });

  it('a row the first attempt left alone for no lasting reason is tried once more', async () => {
    const database = await databaseWith(3);
    // A sequence keeps counting where a transaction would forget: the first update of all is swallowed.
    await database.admin(`CREATE SEQUENCE attempt; GRANT USAGE ON SEQUENCE attempt TO public;
      CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('public.attempt') = 1 THEN RETURN NULL; END IF; RETURN NEW; END $$;
      CREATE TRIGGER swallow BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION swallow()`);
    const client = await openToWrite(database);
    expect(tally(await writeDecisions(client, await intentsFor(client)))).toEqual({ applied: 3 });
  });

  it('a value that cannot be the column’s type stands alone too', async () => {
    const database = await databaseWith(4);
    const client = await openToWrite(database);
    const intents = await intentsFor(client);
    intents[2]!.reviewId = 'not a uuid';
    const results = await writeDecisions(client, intents);
    expect(results.map((item) => item.outcome)).toEqual(['applied', 'applied', 'rejected', 'applied']);
  });

  it('a row another session holds is set aside as worth another try', async () => {
    const database = await databaseWith(4);
    const client = await database.open({ purpose: 'write', statementTimeoutMs: 300 });
    const intents = await intentsFor(client);
    const holder = await openToWrite(database);
    await holder.query('BEGIN');
    await holder.query(`UPDATE ${table} SET notes = '' WHERE id = $1`, [intents[1]!.reviewId]);
    const results = await writeDecisions(client, intents);
    expect(results.map((item) => item.outcome)).toEqual(['applied', 'rejected', 'applied', 'applied']);
    expect(results[1]).toMatchObject({ isTransient: true, detail: expect.stringMatching(/locked/) });
    await holder.query(`UPDATE ${table} SET notes = '' WHERE reviewed_at IS NULL`);
    await holder.query('ROLLBACK');
    expect(tally(await writeDecisions(client, intents))).toEqual({ 'already-mine': 3, applied: 1 });
  });

  it('gives up when every row is locked', async () => {
    const database = await databaseWith(40);
    const client = await database.open({ purpose: 'write', statementTimeoutMs: 100 });
    const intents = await intentsFor(client);
    const holder = await openToWrite(database);
    await holder.query('BEGIN');
    await holder.query(`SELECT 1 FROM ${table} FOR UPDATE`);
    const settled: WriteResult[] = [];
    const problem = await problemOf(
      writeDecisions(client, intents, { onBatch: (some) => void settled.push(...some) }),
    );
    expect(problem.code).toBe('conflict');
    expect(settled.length).toBeLessThan(3);
    await holder.query('ROLLBACK');
  });
});

describe('what stops the sending', () => {
  async function nothingSent(database: AuditDatabase, intents: DecisionIntent[]): Promise<Problem> {
    const settled: WriteResult[] = [];
    const client = await openToWrite(database);
    const problem = await problemOf(
      writeDecisions(client, intents, { onBatch: (some) => void settled.push(...some) }),
    );
    expect(settled).toEqual([]);
    return problem;
  }

  it('a reviewer id that cannot be stored, before anything is sent', async () => {
    const database = await databaseWith(2);
    const [good, bad] = await intentsFor(await database.open());
    const problem = await nothingSent(database, [good!, { ...bad!, reviewerId: 'dana' }]);
    expect(problem).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/type uuid/) });
    expect(await database.admin(`SELECT 1 FROM ${table} WHERE reviewed_at IS NOT NULL`)).toEqual([]);
  });

  it('a right, a column or the table that is missing', async () => {
    const database = await databaseWith(2);
    const intents = await intentsFor(await database.open());
    await revoke(database, `UPDATE (notes) ON ${table}`);
    expect(await nothingSent(database, intents)).toMatchObject({ code: 'source-denied' });
    await database.admin(`ALTER TABLE ${table} DROP notes`);
    expect(await nothingSent(database, intents)).toMatchObject({ code: 'source-changed' });
    await database.admin(`DROP TABLE ${table}`);
    expect(await nothingSent(database, intents)).toMatchObject({ code: 'source-missing' });
  });

  it('a right revoked between two batches', async () => {
    const database = await databaseWith(20);
    const client = await openToWrite(database);
    const settled: WriteResult[] = [];
    const sending = writeDecisions(client, await intentsFor(client), {
      batchSize: 10,
      onBatch: async (some) => {
        settled.push(...some);
        await revoke(database, `UPDATE (notes) ON ${table}`);
      },
    });
    expect((await problemOf(sending)).code).toBe('source-denied');
    expect(tally(settled)).toEqual({ applied: 10 });
  });

  it('the person, between two batches', async () => {
    const database = await databaseWith(20);
    const client = await openToWrite(database);
    const controller = new AbortController();
    const sending = writeDecisions(client, await intentsFor(client), {
      batchSize: 10,
      signal: controller.signal,
      onBatch: () => controller.abort(),
    });
    expect((await problemOf(sending)).code).toBe('cancelled');
    expect(await database.admin(`SELECT count(*)::int AS n FROM ${table} WHERE reviewed_at IS NULL`)).toEqual(
      [{ n: 10 }],
    );
  });

  it('a read-only server', async () => {
    const database = await databaseWith(1);
    const client = await openToWrite(database);
    const intents = await intentsFor(client);
    await client.query('SET default_transaction_read_only = on');
    expect((await problemOf(writeDecisions(client, intents))).message).toMatch(/takes no changes/);
  });

  /** Every update waits for a lock, so that the cut happens while a batch is on its way. */
  async function sendUntilBlocked(
    database: AuditDatabase,
    cut: (client: SourceClient, pid: number) => unknown,
  ) {
    await database.admin(`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_advisory_xact_lock_shared(7); RETURN NEW; END $$;
      CREATE TRIGGER wait BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION wait()`);
    const client = await openToWrite(database);
    await client.query('SET client_connection_check_interval = 0');
    const intents = await intentsFor(client);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const pid = rows[0]?.pid ?? 0;
    const blocker = await openToWrite(database);
    const settled: WriteResult[] = [];
    const problem = problemOf(
      writeDecisions(client, intents, {
        batchSize: 10,
        onBatch: async (some) => {
          settled.push(...some);
          if (settled.length === 10) await blocker.query('SELECT pg_advisory_lock(7)');
        },
      }),
    );
    await waitUntil(
      database,
      "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'advisory'",
      pid,
    );
    await cut(client, pid);
    expect(await problem).toMatchObject({
      code: 'source-unreachable',
      message: expect.stringMatching(/cannot be applied twice/),
    });
    expect(tally(settled)).toEqual({ applied: 10 });
    await blocker.query('SELECT pg_advisory_unlock(7)');
    await waitUntil(
      database,
      'SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = $1)',
      pid,
    );
    return intents;
  }

  it('a connection the server cuts inside a batch: sent again, the batch is written once', async () => {
    const database = await databaseWith(30);
    const intents = await sendUntilBlocked(database, (_, pid) =>
      database.admin('SELECT pg_terminate_backend($1)', [pid]),
    );
    const again = await writeDecisions(await openToWrite(database), intents);
    expect(tally(again)).toEqual({ 'already-mine': 10, applied: 20 });
  });

  it('a connection lost on this side while the server goes on and commits: recognised as ours', async () => {
    const database = await databaseWith(30);
    const intents = await sendUntilBlocked(database, (client) => client.connection.stream.destroy());
    const again = await writeDecisions(await openToWrite(database), intents);
    expect(tally(again)).toEqual({ 'already-mine': 20, applied: 10 });
  });
});

/** Resolves when the server itself reports what the query about a backend looks for. */
async function waitUntil(database: AuditDatabase, query: string, pid: number): Promise<void> {
  while ((await database.admin(query, [pid])).length === 0);
}
