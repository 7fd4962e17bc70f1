// What the next sync would send and what not, told from the ledger and the last pull alone.
import { describe, expect, test } from 'vitest';
import type { Review } from '../../../src-shared/model/review.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import type { DecisionPayload } from '../../../src-main/review/projection.ts';
import { digestOf, itemOfDecision, toReview } from '../../../src-main/review/queue.ts';
import { parseNotes } from '../../../src-main/source/notes.ts';
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
    for (const id of ['kept', 'corrected']) {
      const first = decideOn(ledger, id);
      ledger.append(() => [outcome(id, first, 'applied', null)]);
    }
    decideOn(ledger, 'corrected', { decision: 'modify' });
    expect(whys(ledger)).toEqual({ corrected: expect.stringMatching(/the row stays as it is/) });
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
