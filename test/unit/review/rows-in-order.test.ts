import { expect, test } from 'vitest';
import { readQueue } from '../../../src-main/review/queue.ts';
import { queueInOrder } from '../../../src-main/review/queue-in-order.ts';
import { findingsInOrder } from '../../../src-main/review/findings-in-order.ts';
import { listFindings } from '../../../src-main/review/findings.ts';
import { claimMirror } from '../../../src-main/store/cache/mirror.ts';
import { mirrorQueue, type ServerReviewRow } from '../../../src-main/store/cache/server-reviews.ts';
import { iterateEntries } from '../../../src-main/store/ledger/entry-pages.ts';
import { ledgerWithReviewer, openCache, openLedgerFile } from '../../support/workspace.ts';
import { hourUs, insertFinding, startUs } from './insert-finding.ts';

const dueUs = Date.parse('2026-11-20T08:00:00Z') * 1000;
const rowAt = (id: string, dueAtMicroseconds: number): ServerReviewRow => ({
  id,
  tenantId: 'primary',
  auditLogId: `event-${id}`,
  action: 'role_grant',
  actorId: 'bob',
  dueAtMicroseconds,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
});

test('the queue comes item by item as it comes at once: rows, vanished ones, and what only its decision knows', () => {
  const cache = openCache();
  claimMirror(cache, 'test');
  const rows = Array.from({ length: 1234 }, (_, index) =>
    // Some due times have microseconds, which as text sort before the whole millisecond.
    rowAt(`r${(index * 7919) % 10_007}`, dueUs + (index % 7) * 1000 + (index % 3)),
  );
  mirrorQueue(cache, { rows }, () => {});
  mirrorQueue(cache, { rows: rows.slice(30) }, () => {});
  const ledger = ledgerWithReviewer();
  const decided = (review: string, dueAt: string) => ({
    type: 'decision' as const,
    subject: review,
    actor: 'rita',
    payload: {
      review,
      origin: 'database',
      tenant: null,
      decision: 'certify',
      reason: null,
      digest: 'd'.repeat(64),
      auditLogId: null,
      action: 'role_grant',
      actor: 'bob',
      createdAt: null,
      dueAt,
      supersedes: null,
      batch: null,
      dwellMs: null,
      reviewerName: 'Rita',
    },
  });
  ledger.append(() => [
    decided(rows[3]!.id, '2026-11-20T08:00:00.003Z'),
    decided(rows[99]!.id, '2026-11-20T08:00:00.000Z'),
    decided('nowhere', '2026-11-20T08:00:00.004Z'),
  ]);
  const state = ledger.state();
  const expected = readQueue(cache, state, dueUs);
  expect(expected.filter(({ status }) => status === 'gone').length).toBe(31);
  expect([...queueInOrder(cache, state, dueUs)]).toEqual(expected);
});

test('findings come one by one as they are listed, by start and id', () => {
  const cache = openCache();
  for (let number = 0; number < 40; number += 1)
    insertFinding(cache, `f${number % 2}-${number}`, { startMicroseconds: startUs + (number % 5) * hourUs });
  insertFinding(cache, 'f0-0', { version: 2, flagged: false, count: 1 });
  const state = ledgerWithReviewer().state();
  const found = [...findingsInOrder(cache, state)];
  const order = found.map(({ start, id }) => `${start} ${id}`);
  expect(order).toEqual(order.toSorted());
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
  expect(found.toSorted(byId)).toEqual(listFindings(cache, state).toSorted(byId));
});

test('the ledger comes entry by entry up to where it is asked for, and not past a damaged one', () => {
  const database = openLedgerFile();
  const ledger = ledgerWithReviewer(undefined, undefined, database);
  for (let count = 0; count < 1200; count += 1)
    ledger.append(() => [{ type: 'unmask', subject: null, actor: 'rita', payload: { count } }]);
  const all = ledger.entries();
  expect([...iterateEntries(database, 1100)]).toEqual(all.slice(0, 1100));
  expect(() => [...iterateEntries(database, all.length + 1)]).toThrow(/entry 1202/);
  database.exec('DROP TRIGGER entry_refuses_update');
  database
    .prepare(`UPDATE entry SET body = replace(body, '"count":700', '"count":701') WHERE seq = 702`)
    .run();
  expect(() => [...iterateEntries(database, 1100)]).toThrow(/entry 702/);
});
