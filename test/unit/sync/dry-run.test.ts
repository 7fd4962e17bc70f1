// What the next sync would send and what not, told from the ledger and the last pull alone.
import { describe, expect, test } from 'vitest';
import type { Review } from '../../../src-shared/model/review.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import type { DecisionPayload, LedgerState } from '../../../src-main/review/projection.ts';
import { digestOf, itemOfDecision, toReview } from '../../../src-main/review/queue.ts';
import { capNotes, parseNotes } from '../../../src-main/source/notes.ts';
import { previewSync } from '../../../src-main/sync/dry-run.ts';
import { ledgerWithReviewer } from '../../support/workspace.ts';

const item = {
  tenant: null,
  auditLogId: 'e',
  action: 'role_grant',
  actor: 'dana',
  dueAt: '2026-12-01T00:00:00.000Z',
};

function decideOn(ledger: Ledger, id: string, changes: Partial<DecisionPayload> = {}): string {
  const payload: DecisionPayload = {
    ...item,
    review: id,
    origin: 'database',
    decision: 'certify',
    reason: 'seen',
    digest: digestOf({ id, ...item }),
    createdAt: null,
    supersedes: null,
    batch: null,
    dwellMs: null,
    reviewerName: 'Rita',
    ...changes,
  };
  return ledger.append(() => [{ type: 'decision', subject: id, actor: 'rita', payload }])[0]!.entry.id;
}

/** The queue as it was when these decisions were made. */
function queueOf(ledger: Ledger): Review[] {
  const state = ledger.state();
  return [...state.decisions.values()].map(([first]) =>
    toReview(itemOfDecision(first!), state, 0, true, null),
  );
}

const outcome = (review: string, decisionId: string, said: string, detail: string | null) => ({
  type: 'sync-outcome' as const,
  subject: null,
  actor: 'rita',
  payload: { items: [{ review, decisionId, outcome: said, detail, server: null }] },
});

/** By item, because these ids are made at one moment. */
function preview(ledger: Ledger, queue = queueOf(ledger)) {
  const { held, wouldSend, wouldNotSend } = previewSync(ledger.state(), queue, null, [], 0);
  const byReview = (a: { review: string }, b: { review: string }) => (a.review < b.review ? -1 : 1);
  return { held, wouldSend: wouldSend.toSorted(byReview), wouldNotSend: wouldNotSend.toSorted(byReview) };
}
const whys = (ledger: Ledger) =>
  Object.fromEntries(preview(ledger).wouldNotSend.map(({ review, why }) => [review, why]));

describe('would be sent', () => {
  test('every open decision with the very line that would be written', () => {
    const ledger = ledgerWithReviewer();
    const [a, b] = [decideOn(ledger, 'a'), decideOn(ledger, 'b', { decision: 'modify' })];
    ledger.append(() => [{ type: 'sync-sent', subject: null, actor: 'rita', payload: { decisions: [b] } }]);
    const { wouldSend, wouldNotSend, held } = preview(ledger);
    expect([held, wouldNotSend]).toEqual([[], []]);
    expect(wouldSend).toMatchObject([
      { review: 'a', decisionId: a, again: false, expected: null },
      { review: 'b', decisionId: b, again: true, expected: null },
    ]);
    expect(wouldSend.map(({ notes }) => parseNotes(notes))).toMatchObject([
      { decisionId: a, decision: 'certify', reason: 'seen' },
      { decisionId: b, decision: 'modify', reason: 'seen' },
    ]);
  });

  test('with what the last pull lets expect', () => {
    const ledger = ledgerWithReviewer();
    for (const id of ['gone', 'decided', 'changed']) decideOn(ledger, id);
    const queue = queueOf(ledger).flatMap((review): Review[] => {
      if (review.id === 'gone') return [];
      if (review.id === 'changed') return [{ ...review, digest: 'another' }];
      return [
        { ...review, server: { reviewer: 'otto', reviewedAt: '2026-11-20T00:00:00.000Z', notes: null } },
      ];
    });
    expect(
      Object.fromEntries(preview(ledger, queue).wouldSend.map(({ review, expected }) => [review, expected])),
    ).toEqual({
      gone: expect.stringMatching(/does not show this row/),
      decided: expect.stringMatching(/somebody has decided/),
      changed: expect.stringMatching(/not as it was shown/),
    });
  });
});

describe('as the connected table takes it', () => {
  const column = (type: string) => ({ type, nullable: true, select: true, update: true });
  const previewFor = (ledger: Ledger, notes: string, reviewer = 'text') => {
    const reviews = { columns: { notes: column(notes), reviewer_id: column(reviewer) } };
    const fingerprint = { sha256: '', tables: { events: null, reviews, anomalies: null } };
    const connection = { identity: null, fingerprint };
    const state = { ...ledger.state(), connection } as unknown as LedgerState;
    return previewSync(state, queueOf(ledger), null, [], 0);
  };

  test('the text is cut as it will be', () => {
    const ledger = ledgerWithReviewer();
    decideOn(ledger, 'a', { reason: 'long '.repeat(100) });
    const whole = previewFor(ledger, 'text').wouldSend[0]!.notes;
    expect(whole.length).toBeGreaterThan(500);
    const { notes } = previewFor(ledger, 'character varying(150)').wouldSend[0]!;
    expect(notes).toBe(capNotes(whole, 150));
    expect(notes).toHaveLength(150);
  });

  test('what cannot be stored does not count as what would be sent', () => {
    const ledger = ledgerWithReviewer();
    decideOn(ledger, 'a');
    expect(previewFor(ledger, 'text', 'uuid')).toMatchObject({
      wouldSend: [],
      wouldNotSend: [{ review: 'a', sync: 'unsent', why: expect.stringMatching(/cannot hold.*“rita”/) }],
    });
    expect(previewFor(ledger, 'character varying(20)')).toMatchObject({
      wouldSend: [],
      wouldNotSend: [{ review: 'a', why: expect.stringMatching(/no room/) }],
    });
  });
});

describe('would not be sent, and why', () => {
  test('what nobody can second any more, because the row is gone', () => {
    const ledger = ledgerWithReviewer();
    decideOn(ledger, 'waiting', { fourEyes: ['critical-severity'] });
    expect(preview(ledger).wouldNotSend).toMatchObject([{ sync: 'awaiting-second' }]);
    const gone = queueOf(ledger).map((review): Review => ({ ...review, status: 'gone' }));
    expect(preview(ledger, gone).wouldNotSend).toMatchObject([
      { sync: 'not-visible', why: expect.stringMatching(/nobody can concur/) },
    ]);
  });

  test('what leaves the row open, has no row, or was not taken', () => {
    const ledger = ledgerWithReviewer();
    decideOn(ledger, 'abstained', { decision: 'abstain' });
    decideOn(ledger, 'derived', { origin: 'derived' });
    const refused = decideOn(ledger, 'refused');
    const unfit = decideOn(ledger, 'unfit');
    ledger.append(() => [outcome('unfit', unfit, 'rejected', 'The id does not fit.')]);
    ledger.append(() => [
      { type: 'sync-sent', subject: null, actor: 'rita', payload: { decisions: [refused] } },
    ]);
    ledger.append(() => [outcome('refused', refused, 'rejected', 'A trigger refused it.')]);
    expect(preview(ledger).wouldSend).toEqual([]);
    expect(whys(ledger)).toEqual({
      abstained: expect.stringMatching(/leaves the row open/),
      derived: expect.stringMatching(/No review row of the database is known/),
      refused: 'It was sent and not taken: A trigger refused it.',
      unfit: 'It did not leave this computer: The id does not fit.',
    });
  });

  test('a correction of what is applied; what is applied itself is no news', () => {
    const ledger = ledgerWithReviewer();
    for (const [id, said] of [
      ['kept', 'applied'],
      ['corrected', 'applied'],
      ['found', 'already-mine'],
    ] as const) {
      const first = decideOn(ledger, id);
      ledger.append(() => [outcome(id, first, said, null)]);
    }
    for (const id of ['corrected', 'found']) decideOn(ledger, id, { decision: 'modify' });
    const late = expect.stringMatching(/the row stays as it is/) as string;
    expect(preview(ledger).wouldSend).toEqual([]);
    expect(whys(ledger)).toEqual({ corrected: late, found: late });
  });

  test('what was settled in a row that is open again, with what would be sent instead', () => {
    const ledger = ledgerWithReviewer();
    for (const [id, said] of [
      ['written', 'applied'],
      ['lost', 'superseded'],
    ] as const)
      ledger.append(() => [outcome(id, decideOn(ledger, id), said, 'Somebody was first.')]);
    decideOn(ledger, 'corrected', { reopened: true });
    const first = decideOn(ledger, 'unseen');
    ledger.append(() => [outcome('unseen', first, 'already-mine', null)]);
    decideOn(ledger, 'unseen', { decision: 'modify' });
    const reopened = queueOf(ledger).map((review): Review =>
      review.id === 'corrected' ? review : { ...review, reopened: true },
    );
    const { wouldSend, wouldNotSend } = preview(ledger, reopened);
    expect(wouldSend.map(({ review }) => review)).toEqual(['corrected']);
    expect(wouldNotSend).toMatchObject([
      { review: 'lost', sync: 'superseded', why: expect.stringMatching(/theirs is gone.*decide again/) },
      { review: 'unseen', sync: 'local', why: expect.stringMatching(/before this computer saw/) },
      { review: 'written', sync: 'applied', why: expect.stringMatching(/gone from the row.*decide again/) },
    ]);
  });

  test('a second thought while the answer to the first is lost', () => {
    const ledger = ledgerWithReviewer();
    const first = decideOn(ledger, 'a');
    ledger.append(() => [
      { type: 'sync-sent', subject: null, actor: 'rita', payload: { decisions: [first] } },
    ]);
    const second = decideOn(ledger, 'a', { decision: 'modify' });
    const { wouldSend, wouldNotSend } = preview(ledger);
    expect(wouldSend).toMatchObject([{ decisionId: first, again: true }]);
    expect(wouldNotSend).toMatchObject([{ decisionId: second, why: expect.stringMatching(/settled first/) }]);
  });
});
