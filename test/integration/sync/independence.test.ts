// Nobody's decision on their own action reaches a real review table, whatever is stated, taken back or corrected before.
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../src-shared/model/problem.ts';
import { defaultFourEyesRules } from '../../../src-shared/model/independence.ts';
import type { DecisionKind } from '../../../src-shared/model/review.ts';
import { concurWithDecision } from '../../../src-main/review/concur.ts';
import { decide, undoDecision } from '../../../src-main/review/decide.ts';
import { addAliases, changeFourEyes } from '../../../src-main/review/independence-acts.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import type { LedgerState } from '../../../src-main/review/projection.ts';
import { readQueue } from '../../../src-main/review/queue.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { parseNotes } from '../../../src-main/source/notes.ts';
import { readReviewTable } from '../../../src-main/source/reviews.ts';
import { mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorQueue } from '../../../src-main/store/cache/server-reviews.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { openIntents } from '../../../src-main/sync/outbox.ts';
import { pushDecisions } from '../../../src-main/sync/push.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { ledgerWithReviewer, mirror, openCache } from '../../support/workspace.ts';
import { createAuditDatabase, reviewTable, type AuditDatabase } from '../source/audit-database.ts';

let postgres: TestPostgres;
let database: AuditDatabase;
let client: SourceClient;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, reviewTable());
  client = await database.open({ purpose: 'write' });
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

const [rita, otto, mia] = ['a', 'b', 'c'].map(
  (letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`,
) as [string, string, string];
const stranger = 'dddddddd-0000-4000-8000-000000000001';
const table = 'np_audit_privileged_reviews';

type Workspace = {
  cache: DatabaseHandle;
  ledger: Ledger;
  read: (state: LedgerState) => ReturnType<typeof readQueue>;
};

/** A fresh workspace over fresh rows: one for each actor, and its ids in their order. */
async function workspaceOver(actors: readonly string[]): Promise<Workspace & { ids: string[] }> {
  await database.admin(`DELETE FROM ${table}`);
  const ids = actors.map(() => randomUUID());
  await database.admin(
    `INSERT INTO ${table} (id, tenant_id, audit_log_id, action, actor_id, due_at)
     SELECT id, NULL, NULL, CASE WHEN place % 2 = 1 THEN 'role_grant' ELSE 'plugin_install' END, actor, '2026-03-01'
     FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS i(id, actor, place)`,
    [ids, actors],
  );
  const cache = openCache();
  mirror(cache, []);
  mirrorQueue(cache, await readReviewTable(client), mirrorGuard(cache));
  const ledger = ledgerWithReviewer({ name: 'Rita', id: rita, email: null });
  return { cache, ledger, ids, read: (state) => readQueue(cache, state, 0) };
}

const become = (ledger: Ledger, id: string) =>
  ledger.append(() => [
    { type: 'reviewer-changed', subject: id, actor: id, payload: { name: 'Somebody', id, email: null } },
  ]);
const sync = (ledger: Ledger) =>
  pushDecisions(ledger, client, { onProgress: () => undefined, signal: new AbortController().signal });

/** Who decided what about whom, as the database has it. */
async function written() {
  const rows = await database.admin(
    `SELECT id, action, actor_id::text AS actor, reviewer_id::text AS reviewer, notes FROM ${table} WHERE reviewed_at IS NOT NULL`,
  );
  return rows.map((row) => ({
    id: String(row['id']),
    action: String(row['action']),
    actor: String(row['actor']),
    reviewer: String(row['reviewer']),
    notes: parseNotes(String(row['notes'])),
  }));
}

describe('an alias stated after the decision', () => {
  test('turns it into a rejection with a sentence before anything leaves', async () => {
    const { ledger, ids, read } = await workspaceOver([otto, mia]);
    for (const id of ids)
      decide(ledger, read, { reviews: [{ id }], decision: 'certify', reason: 'as agreed' });
    addAliases(ledger, { add: [otto.toUpperCase()], reason: 'her admin account' });
    const report = await sync(ledger);
    expect(report).toMatchObject({ applied: 1, rejected: 1 });
    expect(report.items.find(({ outcome }) => outcome === 'rejected')!.detail).toMatch(/own action/);
    expect((await written()).map(({ actor }) => actor)).toEqual([mia]);
    expect(read(ledger.state()).find(({ id }) => id === ids[0])).toMatchObject({
      status: 'pending',
      sync: 'rejected',
    });
    const sent = ledger.entries().find(({ entry }) => entry.type === 'sync-sent')!.entry.payload['decisions'];
    expect(sent).toHaveLength(1);
  });

  test('is in the statement itself, for a decision that left before and whose answer was lost', async () => {
    const { ledger, ids, read } = await workspaceOver([otto, mia]);
    for (const id of ids)
      decide(ledger, read, { reviews: [{ id }], decision: 'certify', reason: 'as agreed' });
    const decisions = openIntents(ledger.state()).map(({ id }) => id);
    ledger.append(() => [{ type: 'sync-sent', subject: null, actor: '', payload: { decisions } }]);
    addAliases(ledger, { add: [otto, 'with "quotes", \\ and {braces}'], reason: 'her admin account' });
    const report = await sync(ledger);
    expect(report).toMatchObject({ applied: 1, rejected: 1 });
    expect(report.items.find(({ outcome }) => outcome === 'rejected')!.detail).toMatch(/own action/);
    expect((await written()).map(({ actor }) => actor)).toEqual([mia]);
  });

  test('of one reviewer says nothing about another’s decision in the same batch', async () => {
    const { ledger, ids, read } = await workspaceOver([mia, mia]);
    decide(ledger, read, { reviews: [{ id: ids[0]! }], decision: 'certify', reason: 'as agreed' });
    become(ledger, otto);
    decide(ledger, read, { reviews: [{ id: ids[1]! }], decision: 'certify', reason: 'as agreed' });
    addAliases(ledger, { add: [mia], reason: 'his admin account' });
    expect(await sync(ledger)).toMatchObject({ applied: 1, rejected: 1 });
    expect((await written()).map(({ reviewer }) => reviewer)).toEqual([rita]);
  });
});

test('a row nobody is named for can be decided', async () => {
  const { ledger, ids, read, cache } = await workspaceOver([mia]);
  await database.admin(`UPDATE ${table} SET actor_id = NULL`);
  mirrorQueue(cache, await readReviewTable(client), mirrorGuard(cache));
  addAliases(ledger, { add: [otto], reason: 'her admin account' });
  decide(ledger, read, { reviews: [{ id: ids[0]! }], decision: 'certify', reason: 'as agreed' });
  expect(await sync(ledger)).toMatchObject({ applied: 1 });
});

const person = fc.constantFrom(rita, otto, mia);
const actors = [rita, rita, otto, otto, mia, mia, stranger, stranger];
const place = fc.nat({ max: actors.length - 1 });
const kind = fc.constantFrom<DecisionKind>('certify', 'certify', 'revoke', 'abstain');
const weighted = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
const step = fc.oneof(
  weighted(3, fc.record({ act: fc.constant('become' as const), who: person })),
  weighted(1, fc.record({ act: fc.constant('alias' as const), who: person, upper: fc.boolean() })),
  weighted(1, fc.record({ act: fc.constant('rules' as const), on: fc.boolean() })),
  weighted(8, fc.record({ act: fc.constant('decide' as const), place, kind })),
  weighted(1, fc.record({ act: fc.constant('undo' as const), place })),
  weighted(4, fc.record({ act: fc.constant('concur' as const), place, agree: fc.boolean() })),
  weighted(1, fc.record({ act: fc.constant('lose' as const) })),
  weighted(2, fc.record({ act: fc.constant('sync' as const) })),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Who was stated to be one person, kept without the code under test. */
class Persons {
  private groups: Set<string>[] = [];
  same(one: string, other: string): boolean {
    return one === other || this.groups.some((group) => group.has(one) && group.has(other));
  }
  link(one: string, other: string): void {
    const touched = this.groups.filter((group) => group.has(one) || group.has(other));
    this.groups = this.groups.filter((group) => !touched.includes(group));
    this.groups.push(new Set([one, other, ...touched.flatMap((group) => [...group])]));
  }
}

async function take(next: Step, { ledger, read, ids }: Workspace & { ids: string[] }, persons: Persons) {
  const id = 'place' in next ? ids[next.place]! : '';
  const present = ledger.state().reviewer!.id;
  if (next.act === 'become') become(ledger, next.who);
  else if (next.act === 'alias') {
    const add = [next.upper ? ` ${next.who.toUpperCase()}` : next.who];
    addAliases(ledger, { add, reason: 'the same person', isSamePerson: true });
    persons.link(present, next.who);
  } else if (next.act === 'rules')
    changeFourEyes(ledger, { rules: next.on ? defaultFourEyesRules : [], reason: 'trying out' });
  else if (next.act === 'decide')
    decide(ledger, read, { reviews: [{ id }], decision: next.kind, reason: 'because' });
  else if (next.act === 'undo') undoDecision(ledger, id);
  else if (next.act === 'concur')
    concurWithDecision(ledger, read, { id, agree: next.agree, reason: 'because' });
  else if (next.act === 'lose')
    ledger.append((state) => {
      const decisions = openIntents(state).map((intent) => intent.id);
      return decisions.length === 0
        ? []
        : [{ type: 'sync-sent', subject: null, actor: '', payload: { decisions } }];
    });
  else await sync(ledger);
}

/** Some other person, who is not the actor either, said yes. */
function isSeconded(
  ledger: Ledger,
  decisionId: string,
  maker: string,
  actor: string,
  persons: Persons,
): boolean {
  const words = ledger
    .entries()
    .map(({ entry }) => entry)
    .filter(({ type, payload }) => type === 'concurrence' && payload['decision'] === decisionId);
  return words.some(
    ({ actor: second, payload }) =>
      payload['agree'] === true && !persons.same(second, maker) && !persons.same(second, actor),
  );
}

test('no order of acts gets a decision on one’s own action, or one that lacks its second person, into the database', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const workspace = await workspaceOver(actors);
      const persons = new Persons();
      const known = new Set<string>();
      for (const next of [...steps, { act: 'sync' as const }]) {
        try {
          await take(next, workspace, persons);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
        if (next.act !== 'sync') continue;
        for (const row of await written()) {
          if (known.has(row.id)) continue;
          known.add(row.id);
          seen += 1;
          expect(persons.same(row.actor, row.reviewer)).toBe(false);
          const decision = workspace.ledger.state().decisionsById.get(row.notes!.decisionId)!;
          const { fourEyes = [] } = decision.payload;
          // One that had left before a link was stated had its second person then.
          if (fourEyes.length > 0 && !steps.some(({ act }) => act === 'lose'))
            expect(isSeconded(workspace.ledger, decision.id, row.reviewer, row.actor, persons)).toBe(true);
        }
      }
    }),
    { numRuns: 40 },
  );
  // Otherwise the property would hold because nothing ever left.
  expect(seen).toBeGreaterThan(30);
});
