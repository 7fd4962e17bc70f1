// Rows that were missing: which events lack one, and when a decision from before has a row to be written to.
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { applyCreatedReviews, hasRow, noCreatedReviews } from '../../../src-main/review/created-reviews.ts';
import {
  adoptRows,
  digestOfRow,
  eventsWithoutReview,
  reviewOfEvent,
} from '../../../src-main/review/missing-reviews.ts';
import { derivedReviewId } from '../../../src-main/review/queue.ts';
import { openIntents } from '../../../src-main/sync/outbox.ts';
import type { ServerReviewRow } from '../../../src-main/store/cache/server-reviews.ts';
import { ledgerWithReviewer } from '../../support/workspace.ts';

const event = (changes: Partial<AuditEvent> = {}): AuditEvent => ({
  id: 'AAAAAAAA-0000-4000-8000-000000000001',
  sourceAccount: 'tenant',
  actor: 'dana',
  actorName: null,
  actorType: null,
  action: 'role_grant',
  resourceType: null,
  resourceId: null,
  ip: null,
  userAgent: null,
  severity: null,
  metadata: null,
  createdAt: '2026-11-02T09:00:00.000001Z',
  ...changes,
});

const rowOf = (of: AuditEvent, changes: Partial<ServerReviewRow> = {}): ServerReviewRow => ({
  ...reviewOfEvent(of, of.sourceAccount),
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
  ...changes,
});

describe('eventsWithoutReview', () => {
  test('leaves out events a row names, whatever the case of the id, and those whose own row is there', () => {
    const events = [event(), event({ id: 'b' }), event({ id: 'c' })];
    const rows = [
      { id: 'x', auditLogId: event().id.toLowerCase() },
      { id: derivedReviewId(events[1]!), auditLogId: null },
    ];
    expect(eventsWithoutReview(events, rows)).toEqual([events[2]]);
  });
});

test('a review is due a day after its event, and of nobody where the event is', () => {
  const row = reviewOfEvent(event({ actor: '' }), null);
  expect(row.dueAtMicroseconds - parseInstant(event().createdAt)).toBe(86_400_000_000);
  expect(row.actorId).toBeNull();
});

/** A ledger in which a derived item was certified while connected to no database in particular. */
function decided(of = event()) {
  const ledger = ledgerWithReviewer();
  const row = rowOf(of);
  ledger.append(() => [
    {
      type: 'decision',
      subject: row.id,
      actor: 'rita',
      payload: {
        review: row.id,
        origin: 'derived',
        tenant: row.tenantId,
        decision: 'certify',
        reason: null,
        digest: digestOfRow(row),
        auditLogId: row.auditLogId,
        action: row.action,
        actor: row.actorId,
        createdAt: of.createdAt,
        dueAt: '2026-11-03T09:00:00.000001Z',
        supersedes: null,
        batch: null,
        dwellMs: null,
        reviewerName: 'Rita',
      },
    },
  ]);
  return { ledger, row };
}

describe('adoptRows', () => {
  test('makes an intent of a decision whose row says the same, and records it once', () => {
    const { ledger, row } = decided();
    expect(openIntents(ledger.state())).toEqual([]);
    adoptRows(ledger, [row]);
    adoptRows(ledger, [row]);
    expect(openIntents(ledger.state())).toHaveLength(1);
    expect(ledger.entries().filter(({ entry }) => entry.type === 'review-created')).toHaveLength(1);
  });

  test.each([
    ['another actor', { actorId: 'erin' }],
    ['another tenant', { tenantId: null }],
    ['another due time', { dueAtMicroseconds: 1 }],
    ['a row that is reviewed', { reviewedAtMicroseconds: 1, reviewerId: 'otto' }],
    ['another id', { id: 'another' }],
  ])('takes nothing over where it is %s', (_, changes) => {
    const { ledger, row } = decided();
    adoptRows(ledger, [{ ...row, ...changes }]);
    expect(openIntents(ledger.state())).toEqual([]);
    expect(ledger.entries().some(({ entry }) => entry.type === 'review-created')).toBe(false);
  });
});

test('a row in another database is no row of this decision', () => {
  const created = noCreatedReviews();
  const payload = { origin: 'derived', review: 'r', digest: 'd' };
  const [settled] = decided().ledger.entries();
  const entry = {
    ...settled!.entry,
    payload: { step: 'settled', rows: [{ review: 'r', outcome: 'created', digest: 'd', detail: null }] },
  };
  applyCreatedReviews(created, entry, 'here');
  expect(hasRow(created, { source: 'here', payload })).toBe(true);
  expect(hasRow(created, { source: 'there', payload })).toBe(false);
  expect(hasRow(created, { source: 'here', payload: { ...payload, digest: 'other' } })).toBe(false);
  expect(hasRow(created, { source: 'there', payload: { ...payload, origin: 'database' } })).toBe(true);
});
