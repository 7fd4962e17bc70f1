// Whatever a review table holds, without key or rules: every row is shown verbatim, and none is taken for ours that is not.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { decide } from '../../../src-main/review/decide.ts';
import { readQueue } from '../../../src-main/review/queue.ts';
import { ownDecisions, readHistory } from '../../../src-main/review/server-rows.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { formatNotes } from '../../../src-main/source/notes.ts';
import { carriesOwnDecision } from '../../../src-main/source/own-decision.ts';
import { readReviewTable } from '../../../src-main/source/reviews.ts';
import { claimMirror, mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorQueue, readServerReviews } from '../../../src-main/store/cache/server-reviews.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { ledgerWithReviewer, openCache } from '../../support/workspace.ts';
import { createAuditDatabase, type AuditDatabase } from './audit-database.ts';

const lawless = `CREATE TABLE np_audit_privileged_reviews (id text, tenant_id text, audit_log_id text, action text, actor_id text,
  due_at timestamptz, reviewer_id text, reviewed_at timestamptz, notes text);`;

let postgres: TestPostgres;
let database: AuditDatabase;
let session: SourceClient;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, lawless);
  session = await database.open();
});
beforeEach(() => database.admin('TRUNCATE np_audit_privileged_reviews'));
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

const decidedId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const forged = (decisionId: string, entryHash = 'a'.repeat(64)) =>
  formatNotes({
    decision: 'certify',
    decisionId,
    entryHash,
    decidedAt: '2026-11-16T00:00:00.000Z',
    offsetSeconds: 0,
    reason: null,
  });

type HostileRow = [...ids: (string | null)[]] & { length: 9 };

/** PostgreSQL holds any text but one with a zero character or half a character. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', '').toWellFormed()),
  fc.constantFrom(
    '',
    '\u202egnp.exe\u202c',
    '\u001b[2J\u0007',
    "'; DROP TABLE x; --",
    '[rv1 d=approve',
    forged(decidedId),
    `${forged(ulid())} \n`,
    '__proto__',
    '\ufeff\u200b',
  ),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });
const anyTime = maybe(
  fc.constantFrom(
    'infinity',
    '-infinity',
    '4713-01-01 00:00:00+00 BC',
    '294276-12-31 23:59:59.999999+00',
    '1699-12-31 23:59:59.999999+00',
    '2254-12-31 23:59:59.999999+00',
    '2026-11-16 00:00:00.000001+00',
  ),
);
const anyId = maybe(fc.oneof(fc.constantFrom('a', 'b', 'a (copy 2)', '(no id) 1'), anyText));
const hostileRow: fc.Arbitrary<HostileRow> = fc.tuple(
  anyId,
  maybe(anyText),
  maybe(anyText),
  maybe(anyText),
  maybe(anyText),
  anyTime,
  maybe(anyText),
  anyTime,
  maybe(anyText),
);

async function fill(rows: readonly HostileRow[]): Promise<void> {
  await database.admin('TRUNCATE np_audit_privileged_reviews');
  const columns = Array.from({ length: 9 }, (_, column) => rows.map((values) => values[column]));
  await database.admin(
    `INSERT INTO np_audit_privileged_reviews
     SELECT a, b, c, d, e, f::timestamptz, g, h::timestamptz, i
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       AS u(a, b, c, d, e, f, g, h, i)`,
    columns,
  );
}

describe('a review table without key or rules', () => {
  it('is shown row by row, verbatim, alike at every pull, and decided only where an id names one row', async () => {
    const ledger = ledgerWithReviewer();
    await fc.assert(
      fc.asyncProperty(fc.array(hostileRow, { maxLength: 12 }), async (rows) => {
        await fill(rows);
        const cache = openCache();
        claimMirror(cache, 'test');
        const read = async () =>
          mirrorQueue(cache, await readReviewTable(session), mirrorGuard(cache))!.changes;
        expect(await read()).toHaveLength(rows.length);
        expect(await read()).toEqual([]);
        const state = ledger.state();
        const queue = readQueue(cache, state, 0);
        const shown = readServerReviews(cache).map((row) => [
          row.tenantId,
          row.auditLogId,
          row.action,
          row.actorId,
          row.reviewerId,
          row.notes,
        ]);
        const given = rows.map(([, tenant, log, action, actor, , reviewer, , notes]) => [
          tenant,
          log,
          action ?? '',
          actor,
          reviewer,
          notes,
        ]);
        expect(asSet(shown)).toEqual(asSet(given));
        expect(queue).toHaveLength(rows.length);
        expect(new Set(queue.map(({ id }) => id)).size).toBe(rows.length);
        const ids = rows.map(([id]) => id);
        for (const item of queue) {
          const holders = ids.filter((id) => id === item.id).length;
          expect(item.undecidable === undefined).toBe(holders === 1);
          expect(item.status).toBe(item.server === null ? 'pending' : 'reviewed');
          if (item.undecidable !== undefined && item.server === null)
            expect(() =>
              decide(ledger, () => queue, { reviews: [{ id: item.id }], decision: 'certify', reason: 'x' }),
            ).toThrow(/no decision can be written to|somebody else has to review/);
        }
        for (const row of readServerReviews(cache))
          expect(
            carriesOwnDecision(row, (id) => ownDecisions(state).find((own) => own.decisionId === id)),
          ).toBe(false);
        cache.close();
      }),
      { numRuns: 40 },
    );
    expect(ledger.state().decisions.size).toBe(0);
  });

  it('shows infinite and absent times as the database writes them', async () => {
    await fill([
      ['a', null, null, 'x', null, 'infinity', null, '-infinity', null],
      ['b', null, null, 'x', null, null, null, null, null],
    ]);
    const cache = openCache();
    claimMirror(cache, 'test');
    mirrorQueue(cache, await readReviewTable(session), mirrorGuard(cache));
    const queue = readQueue(cache, ledgerWithReviewer().state(), 0);
    expect(queue).toMatchObject([
      { id: 'a', dueText: 'infinity', overdue: false, server: { reviewedText: '-infinity' } },
      { id: 'b', dueText: '', overdue: false, server: null },
    ]);
  });

  it('carries a megabyte of notes, our mark in front, and does not take it for ours', async () => {
    const megabyte = `${forged(decidedId)} ${'\u202eẍ'.repeat(500_000)}`;
    await fill([['a', null, null, 'x', null, null, 'rita', '2026-11-16 00:00:00+00', megabyte]]);
    const cache = openCache();
    claimMirror(cache, 'test');
    const ledger = ledgerWithReviewer();
    mirrorQueue(cache, await readReviewTable(session), mirrorGuard(cache));
    const [item] = readQueue(cache, ledger.state(), 0);
    expect(item?.server?.notes).toBe(megabyte);
    expect(item).toMatchObject({ status: 'reviewed', decision: null });
    expect(readHistory(cache, ledger.state(), 'a')).toMatchObject([
      { kinds: ['appeared', 'decided-elsewhere'] },
    ]);
  });

  it('a row that copies the mark of a real decision of ours is somebody else’s all the same', async () => {
    await fill([
      ['a', null, null, 'x', null, null, null, null, null],
      ['b', null, null, 'x', null, null, null, null, null],
    ]);
    const cache = openCache();
    claimMirror(cache, 'test');
    const ledger = ledgerWithReviewer();
    const pull = async () => mirrorQueue(cache, await readReviewTable(session), mirrorGuard(cache));
    await pull();
    const [made] = decide(ledger, (state) => readQueue(cache, state, 0), {
      reviews: [{ id: 'a' }],
      decision: 'certify',
      reason: 'as agreed',
    });
    const { id, hash } = made!;
    ledger.append(() => [{ type: 'sync-sent', subject: null, actor: 'rita', payload: { decisions: [id] } }]);
    await database.admin(
      `UPDATE np_audit_privileged_reviews SET reviewer_id = 'rita', reviewed_at = '2026-11-16', notes = $1`,
      [forged(id, hash)],
    );
    await pull();
    const state = ledger.state();
    expect(readHistory(cache, state, 'a')[0]).toMatchObject({ kinds: ['decided-here'] });
    expect(readHistory(cache, state, 'b')[0]).toMatchObject({ kinds: ['decided-elsewhere'] });
    await database.admin(`UPDATE np_audit_privileged_reviews SET notes = $1 WHERE id = 'a'`, [
      forged(id, 'f'.repeat(64)),
    ]);
    await pull();
    expect(readHistory(cache, state, 'a')[0]).toMatchObject({ kinds: ['decision-altered'] });
  });
});

function asSet(rows: readonly unknown[][]): string[] {
  return rows.map((values) => JSON.stringify(values)).toSorted();
}
