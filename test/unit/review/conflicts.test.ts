import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subjectOf } from '../../../src-shared/model/conflict-list.ts';
import type { DecisionKind, ServerDecision } from '../../../src-shared/model/review.ts';
import type { SyncItem } from '../../../src-shared/model/workspace.ts';
import { closeConflict } from '../../../src-main/review/close-conflict.ts';
import { detailConflict } from '../../../src-main/review/conflict-detail.ts';
import { conflictOf, listConflicts } from '../../../src-main/review/conflicts.ts';
import { decide, undoDecision } from '../../../src-main/review/decide.ts';
import { notesOf } from '../../../src-main/review/decision-notes.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { decisionInForce } from '../../../src-main/review/projection.ts';
import { countQueue } from '../../../src-main/review/queue-counts.ts';
import { queueInOrder } from '../../../src-main/review/queue-in-order.ts';
import { readQueue } from '../../../src-main/review/queue.ts';
import { readHistory } from '../../../src-main/review/server-rows.ts';
import { capNotes, formatNotes } from '../../../src-main/source/notes.ts';
import { openIntents } from '../../../src-main/sync/outbox.ts';
import { mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorQueue, type ServerReviewRow } from '../../../src-main/store/cache/server-reviews.ts';
import { formatInstant } from '../../../src-shared/time/instant.ts';
import { ledgerWithReviewer, mirror, openCache } from '../../support/workspace.ts';

const dueUs = Date.parse('2026-11-16T00:00:00Z') * 1000;
const foreignId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

const row = (changes: Partial<ServerReviewRow> = {}): ServerReviewRow => ({
  id: 'a',
  tenantId: 't',
  auditLogId: 'log-a',
  action: 'role_grant',
  actorId: 'dana',
  dueAtMicroseconds: dueUs,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
  ...changes,
});

const machineLine = (decision: DecisionKind, decisionId = foreignId, entryHash = 'ab'.repeat(32)) =>
  formatNotes({
    decision,
    decisionId,
    entryHash,
    decidedAt: '2026-11-15T08:00:00.000Z',
    offsetSeconds: 0,
    reason: 'their reason',
  });

/** A row Otto reviewed. */
const reviewed = (notes: string | null, changes: Partial<ServerReviewRow> = {}) =>
  row({ reviewerId: 'otto', reviewedAtMicroseconds: dueUs, notes, ...changes });

function workspace(ledger: Ledger = ledgerWithReviewer()) {
  const cache = openCache();
  mirror(cache, []);
  const pull = (...rows: ServerReviewRow[]) => mirrorQueue(cache, { rows }, mirrorGuard(cache));
  const pullAt = (readAtMicroseconds: number, ...rows: ServerReviewRow[]) =>
    mirrorQueue(cache, { rows, readAtMicroseconds }, mirrorGuard(cache));
  pull(row());
  const read = (state = ledger.state()) => readQueue(cache, state, dueUs + 1);
  return {
    ledger,
    pull,
    pullAt,
    read,
    inOrder: () => [...queueInOrder(cache, ledger.state(), dueUs + 1)],
    list: () => listConflicts(read(), [], ledger.state()),
    only: () => listConflicts(read(), [], ledger.state()).conflicts[0] ?? null,
    counts: () => countQueue(cache, ledger.state(), dueUs + 1),
    say: (decision: DecisionKind, reason = 'because') =>
      decide(ledger, read, { reviews: [{ id: 'a' }], decision, reason })[0]!,
    close: (note = 'talked to Otto', shown?: { decision: string; row: string | null }) =>
      closeConflict(ledger, read, { id: 'a', note, shown }),
    detail: () =>
      detailConflict('a', {
        queue: read(),
        state: ledger.state(),
        eventOf: () => null,
        historyOf: (id) => readHistory(cache, ledger.state(), id),
        toDecision: ({ id, hash }) => ({ id, hash }) as never,
      }),
  };
}

function settle(ledger: Ledger, outcome: SyncItem['outcome'], server: ServerReviewRow | null = null): void {
  const { id } = decisionInForce(ledger.state(), 'a')!;
  const held: ServerDecision | null = server && {
    reviewer: server.reviewerId,
    reviewedAt: formatInstant(server.reviewedAtMicroseconds!),
    notes: server.notes,
  };
  ledger.append(() => [
    { type: 'sync-sent', subject: null, actor: '', payload: { decisions: [id] } },
    {
      type: 'sync-outcome',
      subject: null,
      actor: '',
      payload: { items: [{ review: 'a', decisionId: id, outcome, detail: null, server: held }] },
    },
  ]);
}

describe('what is a conflict', () => {
  test('somebody else was first: another decision, or one only their notes could tell, is a conflict', () => {
    const { ledger, pull, say, only } = workspace();
    const ours = say('certify');
    expect(only()).toBeNull();
    pull(reviewed(machineLine('revoke')));
    expect(only()).toMatchObject({
      standing: 'open',
      cause: 'decided-first',
      ours: { id: ours.id, decision: 'certify', sync: 'unsent' },
      theirs: { reviewer: 'otto', decision: 'revoke' },
    });
    pull(reviewed('fine with me'));
    expect(only()).toMatchObject({ standing: 'open', theirs: { decision: null, notes: 'fine with me' } });
    settle(ledger, 'superseded', reviewed('fine with me'));
    expect(only()).toMatchObject({ standing: 'open', cause: 'decided-first', ours: { sync: 'superseded' } });
  });

  test('somebody else deciding the same is a corroboration, counted apart, and nothing to close', () => {
    const { ledger, pull, say, list, counts, close } = workspace();
    say('certify');
    pull(reviewed(machineLine('certify')));
    settle(ledger, 'superseded', reviewed(machineLine('certify')));
    expect(list()).toMatchObject({ open: 0, closed: 0, corroborations: 1 });
    expect(counts()).toMatchObject({ conflicts: 0, closedConflicts: 0, corroborations: 1 });
    expect(() => close()).toThrow(/no conflict to close/);
  });

  test.each([
    ['nobody is named', { reviewerId: null }],
    ['it is the same person', { reviewerId: 'RITA' }],
    ['it is the same person by e-mail', { reviewerId: 'rita@example.org' }],
  ])('the same decision corroborates nothing when %s', (_, changes) => {
    const { pull, say, only } = workspace();
    say('certify');
    pull(reviewed(machineLine('certify'), changes));
    expect(only()).toMatchObject({ standing: 'open', cause: 'decided-first' });
  });

  test('our own mark with another content is a row that was altered, never a corroboration', () => {
    const { ledger, pull, say, only } = workspace();
    const ours = say('certify');
    const forged = reviewed(machineLine('certify', ours.id));
    pull(forged);
    settle(ledger, 'superseded', forged);
    expect(only()).toMatchObject({ standing: 'open', cause: 'row-altered' });
  });

  test('a row that was changed after it took our decision is a conflict, and the queue says so', () => {
    const { ledger, pull, read, say, only } = workspace();
    const ours = say('certify');
    const written = reviewed(notesOf(ours), { reviewerId: 'rita' });
    settle(ledger, 'applied', written);
    pull(written);
    expect(only()).toBeNull();
    pull({ ...written, notes: machineLine('revoke') });
    expect(only()).toMatchObject({ standing: 'open', cause: 'row-altered', theirs: { decision: 'revoke' } });
    expect(read()[0]).toMatchObject({ conflict: true });
    pull({ ...written, reviewedAtMicroseconds: dueUs + 1 });
    expect(only()).toMatchObject({ cause: 'row-altered' });
  });

  test.each([
    ['all of it', null],
    ['all but the notes', 'kept'],
  ])('a row that took our decision and lost %s is open again, and a conflict', (_, left) => {
    const { ledger, pullAt, read, inOrder, say, only, list, counts, detail, close } = workspace();
    const ours = say('certify');
    const written = reviewed(notesOf(ours), { reviewerId: 'rita' });
    settle(ledger, 'applied', written);
    // As it was before ours arrived; only a later reading tells.
    pullAt(dueUs - 1, row());
    expect(list().conflicts).toEqual([]);
    pullAt(dueUs + 1, written);
    expect(list().conflicts).toEqual([]);
    pullAt(dueUs + 2, row({ notes: left && written.notes }));
    expect(only()).toMatchObject({ standing: 'open', cause: 'row-altered', theirs: null });
    expect(read()).toMatchObject([{ conflict: true, reopened: true, status: 'pending', sync: 'applied' }]);
    expect(inOrder()).toEqual(read());
    expect(counts()).toMatchObject({ conflicts: 1, decided: 0, queueDepth: 1 });
    expect(detail()).toMatchObject({ theirs: null });
    expect(close('the DBA reset it')).toMatchObject({ standing: 'closed', closing: { server: null } });
    say('modify');
    expect(only()).toMatchObject({ standing: 'open', cause: 'row-altered', reopened: true });
    expect(read()).toMatchObject([{ status: 'decided', sync: 'unsent', conflict: true }]);
    expect(inOrder()).toEqual(read());
    pullAt(dueUs + 3, written);
    expect(only()).toMatchObject({ cause: 'late-correction' });
    pullAt(dueUs + 4);
    expect(read()).toMatchObject([{ status: 'gone' }]);
    expect(read()[0]).not.toHaveProperty('reopened');
  });

  test('what a trigger made of ours is a conflict at once, and does not count as decided here', () => {
    const { ledger, pull, read, say, only, counts } = workspace();
    const ours = say('certify');
    const held = reviewed('rewritten', { reviewerId: 'rita' });
    settle(ledger, 'applied', held);
    for (const look of [() => undefined, () => pull(held)]) {
      look();
      expect(only()).toMatchObject({
        standing: 'open',
        cause: 'row-altered',
        theirs: { notes: 'rewritten' },
      });
      expect(read()).toMatchObject([{ status: 'reviewed', sync: 'applied', conflict: true }]);
      expect(counts()).toMatchObject({ decided: 0, conflicts: 1 });
    }
    expect(ours.payload.reason).toBe('because');
  });

  test('a reason that was cut to the column is as it was sent; one that was changed is not', () => {
    const { ledger, pull, say, only } = workspace();
    const ours = say('certify', 'checked with the owner '.repeat(20));
    const cut = (length: number) => capNotes(notesOf(ours), length);
    const held = reviewed(cut(140), { reviewerId: 'RITA' });
    settle(ledger, 'applied', held);
    pull(held);
    expect(only()).toBeNull();
    pull({ ...held, notes: cut(139) + '!' });
    expect(only()).toMatchObject({ cause: 'row-altered' });
  });

  test('a row that lost somebody else’s decision is open again; ours is not sent by itself, one made anew is', () => {
    const { ledger, pull, pullAt, read, say, only, close, inOrder, counts } = workspace();
    say('certify');
    const theirs = reviewed(machineLine('certify'));
    settle(ledger, 'superseded', theirs);
    pull(theirs);
    expect(only()).toMatchObject({ standing: 'corroboration' });
    pullAt(dueUs + 2, row());
    expect(only()).toMatchObject({ standing: 'open', cause: 'decided-first', theirs: { reviewer: 'otto' } });
    expect(read()).toMatchObject([{ status: 'pending', reopened: true, conflict: true, sync: 'superseded' }]);
    expect(openIntents(ledger.state())).toEqual([]);
    close('the DBA reset it');
    const anew = say('modify');
    expect(openIntents(ledger.state()).map(({ id }) => id)).toEqual([anew.id]);
    expect(read()).toMatchObject([{ status: 'decided', reopened: true, conflict: true, sync: 'unsent' }]);
    expect(only()).toMatchObject({ standing: 'open', ours: { id: anew.id }, theirs: { reviewer: 'otto' } });
    expect(inOrder()).toEqual(read());
    expect(counts()).toMatchObject({ conflicts: 1, decided: 1, queueDepth: 0 });
    const later = reviewed(notesOf(anew), { reviewerId: 'rita', reviewedAtMicroseconds: dueUs + 3 });
    settle(ledger, 'applied', later);
    // The mirror is as it was before; then it is read again.
    expect(read()).toMatchObject([{ status: 'decided', conflict: false, sync: 'applied' }]);
    pullAt(dueUs + 4, later);
    expect(only()).toBeNull();
    say('certify');
    expect(openIntents(ledger.state())).toEqual([]);
    expect(only()).toMatchObject({ cause: 'late-correction', ours: { sync: 'local' } });
  });

  test('a row that never can be told to be open again by its time is told by when its answer came', () => {
    const { ledger, pullAt, read, say } = workspace();
    ledger.setClockOffset(0);
    const ours = say('certify');
    const edge = reviewed(notesOf(ours), {
      reviewerId: 'rita',
      reviewedAtMicroseconds: Number.MAX_SAFE_INTEGER,
    });
    settle(ledger, 'applied', edge);
    pullAt(dueUs - 1, row());
    expect(read()).toMatchObject([{ status: 'decided', conflict: false }]);
    pullAt(dueUs + 1, row());
    expect(read()).toMatchObject([{ status: 'pending', reopened: true, conflict: true }]);
  });

  test('a decision taken back leaves a row that is open again as it was found, corrections from before included', () => {
    const { ledger, pullAt, say } = workspace();
    const ours = say('certify');
    settle(ledger, 'applied', reviewed(notesOf(ours), { reviewerId: 'rita' }));
    say('certify', 'on second thoughts');
    pullAt(dueUs + 1, row());
    say('modify');
    undoDecision(ledger, 'a');
    expect(openIntents(ledger.state())).toEqual([]);
    expect(
      ledger
        .state()
        .decisions.get('a')!
        .map(({ payload }) => payload.reopened),
    ).toEqual([undefined, undefined, true]);
  });

  test('a correction that came too late is a conflict until it says what was written', () => {
    const { ledger, pull, say, only } = workspace();
    const ours = say('certify');
    const written = reviewed(notesOf(ours), { reviewerId: 'rita' });
    settle(ledger, 'applied', written);
    pull(written);
    say('modify');
    expect(only()).toMatchObject({ standing: 'open', cause: 'late-correction', ours: { sync: 'local' } });
    say('certify');
    expect(only()).toBeNull();
  });

  test('neither is an abstention, nor a decision whose answer was lost', () => {
    const { ledger, pull, say, only } = workspace();
    say('abstain');
    pull(reviewed('fine'));
    expect(only()).toBeNull();
    const other = workspace();
    const { id } = other.say('certify');
    other.ledger.append(() => [
      { type: 'sync-sent', subject: null, actor: '', payload: { decisions: [id] } },
    ]);
    for (const notes of [machineLine('certify', id), machineLine('revoke'), 'prose']) {
      other.pull(reviewed(notes));
      expect(other.only()).toBeNull();
    }
    expect(ledger.entries()).toHaveLength(2);
  });
});

describe('closing', () => {
  test('is one entry with the note, who, and what the database said; nothing else changes', () => {
    const { ledger, pull, say, only, close, counts, read } = workspace();
    const ours = say('certify');
    pull(reviewed(machineLine('revoke')));
    const before = read();
    const closed = close('Otto was right, the ticket was withdrawn');
    expect(closed).toMatchObject({ standing: 'closed', reopened: false, closing: { by: 'rita' } });
    const { entry } = ledger.entries().at(-1)!;
    expect(entry).toMatchObject({
      type: 'conflict-closed',
      subject: 'a',
      actor: 'rita',
      payload: {
        review: 'a',
        decision: ours.id,
        note: 'Otto was right, the ticket was withdrawn',
        server: { reviewer: 'otto', notes: machineLine('revoke') },
        reviewerName: 'Rita Reviewer',
      },
    });
    expect(read()).toEqual(before);
    expect(only()?.closing?.entry).toBe(entry.id);
    expect(counts()).toMatchObject({ conflicts: 0, closedConflicts: 1, corroborations: 0 });
    expect(() => close()).toThrow(/closed already/);
  });

  test.each([
    ['another decision', { notes: machineLine('modify') }],
    ['another reviewer', { reviewerId: 'olga' }],
    ['another time', { reviewedAtMicroseconds: dueUs + 5 }],
    ['another due time', { dueAtMicroseconds: dueUs + 5 }],
    ['no decision any more', { reviewerId: null, reviewedAtMicroseconds: null, notes: null }],
  ])('opens again when the row holds %s, and can be closed again', (_, changes) => {
    const { ledger, pull, say, only, close } = workspace();
    say('certify');
    const theirs = reviewed(machineLine('revoke'));
    pull(theirs);
    settle(ledger, 'superseded', theirs);
    close('first');
    pull({ ...theirs, ...changes });
    expect(only()).toMatchObject({ standing: 'open', reopened: true, closing: null });
    expect(close('second')).toMatchObject({ standing: 'closed', closing: { note: 'second' } });
    pull(theirs);
    expect(only()).toMatchObject({ standing: 'open', reopened: true });
  });

  test('holds while the row is not visible, and after it came back as it was', () => {
    const { ledger, pull, say, only, close } = workspace();
    say('certify');
    const theirs = reviewed(machineLine('revoke'));
    pull(theirs);
    settle(ledger, 'superseded', theirs);
    close();
    pull();
    expect(only()).toMatchObject({ standing: 'closed', row: null, item: { status: 'gone' } });
    pull(theirs);
    expect(only()).toMatchObject({ standing: 'closed' });
  });

  test('a conflict closed while the row was away opens again when it comes back', () => {
    const { ledger, pull, say, only, close } = workspace();
    say('certify');
    const theirs = reviewed(machineLine('revoke'));
    settle(ledger, 'superseded', theirs);
    pull();
    expect(close()).toMatchObject({ standing: 'closed' });
    pull(theirs);
    expect(only()).toMatchObject({ standing: 'open', reopened: true });
  });

  test('another decision of ours opens it again', () => {
    const { ledger, pull, say, only, close } = workspace();
    say('certify');
    const theirs = reviewed(machineLine('revoke'));
    pull(theirs);
    settle(ledger, 'superseded', theirs);
    close();
    say('modify');
    expect(only()).toMatchObject({ standing: 'open', reopened: true, ours: { decision: 'modify' } });
  });

  test('ends with another decision of ours, also where that is no conflict any more', () => {
    const { ledger, pull, say, only, close } = workspace();
    const first = say('certify');
    const written = reviewed(notesOf(first), { reviewerId: 'rita' });
    settle(ledger, 'applied', written);
    pull(written);
    say('modify');
    close('too late to write it');
    expect(only()).toMatchObject({ standing: 'closed', cause: 'late-correction' });
    say('certify');
    expect(only()).toBeNull();
  });

  test('is refused for what is not what was shown, is no conflict, or is about oneself', () => {
    const { ledger, pull, say, only, close } = workspace();
    expect(() => close()).toThrow(/no conflict about such/);
    const ours = say('certify');
    pull(reviewed(machineLine('revoke')));
    const shown = { decision: ours.id, row: only()!.row };
    pull(reviewed(machineLine('modify')));
    expect(() => close('note', shown)).toThrow(/changed after it was shown/);
    const before = ledger.entries().length;
    pull(reviewed(machineLine('revoke'), { actorId: 'Rita' }));
    expect(() => close()).toThrow(/your own/);
    expect(ledger.entries()).toHaveLength(before);
  });
});

test('the detail names what changed, what both rest on, and every entry', () => {
  const { ledger, pull, say, close, detail } = workspace();
  ledger.setClockOffset(2500);
  const ours = say('certify');
  const theirs = reviewed(machineLine('revoke'), { dueAtMicroseconds: dueUs + 1_000_000, tenantId: null });
  settle(ledger, 'superseded', theirs);
  pull(theirs);
  close('first');
  pull({ ...theirs, notes: '[rv1 d=approve forged' });
  close('second');
  const { entries, closings, changes, history, theirs: shown, ours: mine } = detail();
  expect(history.map(({ kinds }) => kinds)).toEqual([
    ['decision-altered'],
    ['decided-elsewhere', 'changed'],
    ['appeared'],
  ]);
  expect(entries.map(({ type }) => type)).toEqual([
    'decision',
    'sync-sent',
    'sync-outcome',
    'conflict-closed',
    'conflict-closed',
  ]);
  const recorded = ledger.entries().filter(({ entry }) => entry.type !== 'reviewer-changed');
  expect(entries.map(({ id, hash }) => [id, hash])).toEqual(
    recorded.map(({ entry, hash }) => [entry.id, hash]),
  );
  expect(closings.map(({ note }) => note)).toEqual(['first', 'second']);
  expect(changes).toEqual([
    { field: 'tenant', shown: 't', now: null },
    { field: 'dueAt', shown: '2026-11-16T00:00:00.000Z', now: '2026-11-16T00:00:01.000Z' },
  ]);
  expect(shown).toMatchObject({ seen: 'row', claim: null, server: { notes: '[rv1 d=approve forged' } });
  expect(mine).toMatchObject({
    offsetMs: 2500,
    decidedAtByServer: '2026-11-16T00:00:02.500Z',
    decision: { id: ours.id },
  });
});

test('the list is open first, whatever is due first', () => {
  const { ledger, pull, read, list } = workspace();
  const rows = ['a', 'b', 'c'].map((id, index) => row({ id, dueAtMicroseconds: dueUs + index }));
  pull(...rows);
  for (const { id } of rows)
    decide(ledger, read, { reviews: [{ id }], decision: 'certify', reason: 'as agreed' });
  const theirs = ['certify', 'revoke', 'modify'] as const;
  pull(
    ...rows.map((one, index) => ({
      ...reviewed(machineLine(theirs[index]!)),
      id: one.id,
      dueAtMicroseconds: dueUs + index,
    })),
  );
  closeConflict(ledger, read, { id: 'b', note: 'seen' });
  expect(list().conflicts.map((one) => [subjectOf(one), one.standing])).toEqual([
    ['c', 'open'],
    ['b', 'closed'],
    ['a', 'corroboration'],
  ]);
  expect(listConflicts(read(), [], ledger.state(), 'closed')).toMatchObject({
    open: 1,
    conflicts: [{ review: 'b' }],
  });
});

test('whatever happens, every conflict of the queue is listed, and the counts are those of the list', () => {
  const step = fc.constantFrom(
    ...(['certify', 'revoke', 'abstain', 'undo', 'close', 'vanish', 'reopen'] as const),
    ...(['their certify', 'their revoke', 'their prose', 'applied', 'superseded', 'changed'] as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const { ledger, pull, read, list, counts, say, close } = workspace();
      let held = row();
      for (const name of steps) {
        try {
          if (name === 'certify' || name === 'revoke' || name === 'abstain') say(name);
          else if (name === 'undo') undoDecision(ledger, 'a');
          else if (name === 'close') close();
          else if (name === 'vanish') pull();
          else if (name === 'reopen') pull((held = row()));
          else if (name === 'their certify') pull((held = reviewed(machineLine('certify'))));
          else if (name === 'their revoke') pull((held = reviewed(machineLine('revoke'))));
          else if (name === 'their prose') pull((held = reviewed('prose')));
          else if (decisionInForce(ledger.state(), 'a')?.outcome === null)
            settle(ledger, name, held.reviewedAtMicroseconds === null ? null : held);
        } catch (error) {
          expect(String(error)).toMatch(/Problem/);
        }
        const { open, closed, corroborations, conflicts } = list();
        expect(open + closed + corroborations).toBe(conflicts.length);
        expect(counts()).toMatchObject({ conflicts: open, closedConflicts: closed, corroborations });
        for (const review of read()) {
          if (review.conflict) expect(conflictOf(review, ledger.state())).not.toBeNull();
        }
      }
    }),
    { numRuns: 80 },
  );
});
