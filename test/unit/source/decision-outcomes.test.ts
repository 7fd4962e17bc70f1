// Telling what became of a decision from the row as it is now.
import { describe, expect, it } from 'vitest';
import { classify, type DecisionIntent } from '../../../src-main/source/decision-outcomes.ts';
import { aboveEarlierNotes, formatNotes } from '../../../src-main/source/notes.ts';
import type { ServerReview } from '../../../src-main/source/reviews.ts';

const decisionId = '01KA5Y3T5V7Q2M8N4R6S9W0XZE';
const notesOf = (id: string, hash = 'ab'.repeat(32), decision: 'certify' | 'revoke' = 'certify') =>
  formatNotes({
    decision,
    decisionId: id,
    entryHash: hash,
    decidedAt: '2026-11-16T08:00:00.000Z',
    offsetSeconds: 0,
    reason: null,
  });

const intent: DecisionIntent = {
  decisionId,
  reviewId: 'r1',
  tenantId: 't',
  auditLogId: null,
  action: 'role_grant',
  actorId: 'bob',
  dueAtMicroseconds: 1_000_001,
  reviewerId: 'ann',
  notes: notesOf(decisionId),
};
const open: ServerReview = {
  id: 'r1',
  tenantId: 't',
  auditLogId: null,
  action: 'role_grant',
  actorId: 'bob',
  notes: null,
  dueAtMicroseconds: 1_000_001,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  hasUnplaceableTime: false,
};
const reviewed = (changes: Partial<ServerReview>): ServerReview => ({
  ...open,
  reviewerId: 'ann',
  reviewedAtMicroseconds: 2_000_000,
  notes: notesOf(decisionId),
  ...changes,
});
const same = (a: string, b: string) => a === b;
const outcome = (row: ServerReview | null) => {
  const verdict = classify(intent, row, same);
  return verdict === 'open' ? 'open' : verdict.outcome;
};

describe('classify', () => {
  it.each([
    ['no row', null, 'not-visible'],
    ['still open and as shown', open, 'open'],
    ['ours', reviewed({}), 'already-mine'],
    ['ours, although the row changed afterwards', reviewed({ action: 'other' }), 'already-mine'],
    ['decided without a note', reviewed({ notes: null }), 'superseded'],
    ['another decision of ours', reviewed({ notes: notesOf('01KA5Y3T5V7Q2M8N4R6S9W0XZF') }), 'superseded'],
    ['our id, another hash', reviewed({ notes: notesOf(decisionId, 'cd'.repeat(32)) }), 'superseded'],
    [
      'our id, another verdict',
      reviewed({ notes: notesOf(decisionId, 'ab'.repeat(32), 'revoke') }),
      'superseded',
    ],
    ['our id, another person', reviewed({ reviewerId: 'eve' }), 'superseded'],
    ['our id inside free text', reviewed({ notes: `${notesOf(decisionId)}\nand more` }), 'superseded'],
    ['another tenant', { ...open, tenantId: null }, 'changed'],
    ['another event', { ...open, auditLogId: 'x' }, 'changed'],
    ['another action', { ...open, action: 'x' }, 'changed'],
    ['another actor', { ...open, actorId: 'ann' }, 'changed'],
    ['due a microsecond later', { ...open, dueAtMicroseconds: 1_000_002 }, 'changed'],
    ['a note put in since', { ...open, notes: 'please wait' }, 'changed'],
    ['our mark on a row that is open all the same', { ...open, notes: notesOf(decisionId) }, 'rejected'],
  ] as const)('%s: %s', (_, row, expected) => {
    expect(outcome(row)).toBe(expected);
  });

  it('takes a row for ours only with the very notes below that were shown', () => {
    const kept = (earlier: string) => aboveEarlierNotes(notesOf(decisionId), earlier);
    const shown = { ...intent, earlierNotes: 'please wait', notes: kept('please wait') };
    expect(classify(shown, { ...open, notes: 'please wait' }, same)).toBe('open');
    expect(classify(shown, open, same)).toMatchObject({ outcome: 'changed' });
    expect(classify(shown, reviewed({ notes: kept('please wait') }), same)).toMatchObject({
      outcome: 'already-mine',
    });
    for (const notes of [kept('go ahead'), notesOf(decisionId)])
      expect(classify(shown, reviewed({ notes }), same)).toMatchObject({ outcome: 'superseded' });
  });

  it('says whose decision stands there', () => {
    const foreign = { notes: 'fine' };
    expect(classify(intent, reviewed({ ...foreign, reviewerId: 'eve' }), same)).toMatchObject({
      detail: expect.stringMatching(/^Somebody else/),
    });
    expect(classify(intent, reviewed(foreign), same)).toMatchObject({
      detail: expect.stringMatching(/names the same reviewer/),
    });
  });

  it('knows the reviewer under every id, however the row writes it', () => {
    const known = { ...intent, reviewerIds: ['rita@example.org'] };
    const row = { ...open, actorId: ' Rita@Example.org\t' };
    const shown = { ...known, actorId: row.actorId };
    expect(classify(shown, row, same)).toMatchObject({ outcome: 'rejected' });
    expect(classify({ ...shown, reviewerIds: ['other'] }, row, same)).toBe('open');
  });

  it('refuses the actor as reviewer, also where the case of the digits differs', () => {
    const own = { ...intent, actorId: 'ABC', reviewerId: 'abc' };
    const row = { ...open, actorId: 'ABC' };
    expect(classify(own, row, same)).toBe('open');
    expect(classify(own, row, (a, b) => a.toLowerCase() === b.toLowerCase())).toMatchObject({
      outcome: 'rejected',
      isTransient: false,
    });
  });

  it('shows what the server holds', () => {
    expect(classify(intent, reviewed({ reviewerId: 'eve', notes: 'fine' }), same)).toEqual({
      decisionId,
      reviewId: 'r1',
      outcome: 'superseded',
      reviewedAtMicroseconds: 2_000_000,
      server: { reviewer: 'eve', reviewedAt: '1970-01-01T00:00:02.000Z', notes: 'fine' },
      isTransient: false,
      detail: expect.stringMatching(/first/),
    });
    expect(classify(intent, { ...open, action: 'x' }, same)).toMatchObject({ server: null });
  });
});
