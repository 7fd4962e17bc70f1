import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecisionKind, Review } from '../../../src-shared/model/review.ts';
import { decide, undoDecision } from '../../../src-main/review/decide.ts';
import { isOwnAction } from '../../../src-main/review/independence.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { decisionInForce } from '../../../src-main/review/projection.ts';
import { readQueue } from '../../../src-main/review/queue.ts';
import { mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorQueue, type ServerReviewRow } from '../../../src-main/store/cache/server-reviews.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { formatNotes } from '../../../src-main/source/notes.ts';
import type { SyncItem } from '../../../src-shared/model/workspace.ts';
import { openIntents, syncStateOf } from '../../../src-main/sync/outbox.ts';
import { ledgerWithReviewer, makeEvent, mirror, openCache } from '../../support/workspace.ts';

const dueUs = Date.parse('2026-11-16T00:00:00Z') * 1000;

const row = (id: string, changes: Partial<ServerReviewRow> = {}): ServerReviewRow => ({
  id,
  tenantId: 't',
  auditLogId: `log-${id}`,
  action: 'plugin_install',
  actorId: 'dana',
  dueAtMicroseconds: dueUs,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
  ...changes,
});

function workspaceWith(rows: ServerReviewRow[]): {
  cache: DatabaseHandle;
  ledger: Ledger;
  queue: () => Review[];
  say: (ids: string[], decision: DecisionKind, reason?: string) => void;
} {
  const cache = openCache();
  mirror(cache, []);
  mirrorQueue(cache, { rows }, mirrorGuard(cache));
  const ledger = ledgerWithReviewer();
  const read = (state = ledger.state()) => readQueue(cache, state, dueUs + 1);
  return {
    cache,
    ledger,
    queue: () => read(),
    say: (ids, decision, reason = decision === 'certify' && ids.length === 1 ? 'as agreed' : undefined) =>
      void decide(ledger, read, { reviews: ids.map((id) => ({ id })), decision, reason }),
  };
}

function settle(ledger: Ledger, id: string, outcome: SyncItem['outcome']): void {
  const { payload } = ledger.state().decisionsById.get(id)!;
  ledger.append(() => [
    { type: 'sync-sent', subject: null, actor: '', payload: { decisions: [id] } },
    {
      type: 'sync-outcome',
      subject: null,
      actor: '',
      payload: { items: [{ review: payload.review, decisionId: id, outcome, detail: null, server: null }] },
    },
  ]);
}

describe('deciding', () => {
  test('records a decision that a later one corrects', () => {
    const { ledger, queue, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    say(['a'], 'revoke', 'not hers to grant');
    const [first, second] = ledger.state().decisions.get('a')!;
    expect(second!.payload.supersedes).toBe(first!.id);
    expect(queue()[0]).toMatchObject({
      status: 'decided',
      decision: 'revoke',
      sync: 'unsent',
      overdue: false,
    });
    expect(openIntents(ledger.state()).map((intent) => intent.id)).toEqual([second!.id]);
  });

  test.each(['revoke', 'modify', 'abstain', 'escalate'] as const)('%s needs a reason', (kind) => {
    const { ledger, say } = workspaceWith([row('a')]);
    expect(() => say(['a'], kind, '  ')).toThrow(/needs a reason/);
    expect(ledger.state().decisions.size).toBe(0);
  });

  test('to certify a privileged action needs a reason; another action none', () => {
    const { ledger, queue } = workspaceWith([row('a', { action: 'secret.accessed' })]);
    const certify = () => decide(ledger, queue, { reviews: [{ id: 'a' }], decision: 'certify', reason: ' ' });
    expect(() => certify()).toThrow(/privileged action needs a reason/);
    expect(ledger.state().decisions.size).toBe(0);
    ledger.append(() => [
      {
        type: 'configuration-changed',
        subject: 'privileged-actions',
        actor: '',
        payload: { before: ['secret.accessed'], after: ['role_grant'], reason: 'x' },
      },
    ]);
    certify();
    expect(decisionInForce(ledger.state(), 'a')!.payload.reason).toBeNull();
  });

  test('several items need a reason, one action and no repeats; all are recorded or none', () => {
    const { ledger, say } = workspaceWith([
      row('a'),
      row('b'),
      row('c', { action: 'schema_alter' }),
      row('me', { actorId: 'RITA' }),
    ]);
    expect(() => say(['a', 'b'], 'certify')).toThrow(/needs a reason/);
    expect(() => say(['a', 'c'], 'certify', 'monthly check')).toThrow(/same action/);
    expect(() => say(['a', 'a'], 'certify', 'monthly check')).toThrow(/twice/);
    expect(() => say(['a', 'me'], 'certify', 'monthly check')).toThrow(/yourself/);
    expect(ledger.state().decisions.size).toBe(0);
    say(['a', 'b'], 'certify', 'monthly check');
    const batches = [...ledger.state().decisionsById.values()].map(({ payload }) => payload.batch);
    expect(batches[0]).not.toBeNull();
    expect(new Set(batches).size).toBe(1);
  });

  test('refuses a self-review by id or e-mail and puts the attempt on record', () => {
    const { ledger, say } = workspaceWith([
      row('a', { actorId: 'rita' }),
      row('b', { actorId: 'Rita@Example.org ' }),
    ]);
    for (const id of ['a', 'b']) expect(() => say([id], 'certify')).toThrow(/somebody else has to review/);
    expect(ledger.entries().map(({ entry }) => entry.type)).toEqual([
      'reviewer-changed',
      'self-review-refused',
      'self-review-refused',
    ]);
  });

  test('asks again when the item changed after it was shown', () => {
    const { cache, ledger, queue } = workspaceWith([row('a')]);
    const shown = queue()[0]!.digest;
    mirrorQueue(cache, { rows: [row('a', { action: 'gdpr_delete' })] }, mirrorGuard(cache));
    const read = (state = ledger.state()) => readQueue(cache, state, dueUs);
    expect(() =>
      decide(ledger, read, { reviews: [{ id: 'a', shown }], decision: 'certify', reason: 'as agreed' }),
    ).toThrow(/changed after it was shown/);
  });

  test('refuses what somebody else reviewed, what vanished, and what never was', () => {
    const { cache, say } = workspaceWith([
      row('a', { reviewerId: 'otto', reviewedAtMicroseconds: dueUs }),
      row('b'),
    ]);
    expect(() => say(['a'], 'certify')).toThrow(/Somebody else/);
    expect(() => say(['zzz'], 'certify')).toThrow(/no such review/);
    say(['b'], 'certify');
    mirrorQueue(cache, { rows: [] }, mirrorGuard(cache));
    expect(() => say(['b'], 'revoke', 'x')).toThrow(/no longer shows/);
  });

  test('undo works until the decision has been announced to the database', () => {
    const { ledger, queue, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    undoDecision(ledger, 'a');
    expect(queue()[0]).toMatchObject({ status: 'pending', decision: null });
    say(['a'], 'certify');
    const id = decisionInForce(ledger.state(), 'a')!.id;
    ledger.append(() => [{ type: 'sync-sent', subject: null, actor: '', payload: { decisions: [id] } }]);
    expect(queue()[0]!.sync).toBe('unknown');
    expect(() => undoDecision(ledger, 'a')).toThrow(/already been sent/);
  });

  test('a row that names a reviewer but no time is only assigned, and can be decided', () => {
    const { queue, say } = workspaceWith([row('a', { reviewerId: 'otto' })]);
    expect(queue()[0]).toMatchObject({ status: 'pending', server: null });
    say(['a'], 'certify');
    expect(queue()[0]).toMatchObject({ status: 'decided', conflict: false });
  });

  test('undo is over once the database has answered, whatever it said', () => {
    const { ledger, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    settle(ledger, decisionInForce(ledger.state(), 'a')!.id, 'rejected');
    expect(() => undoDecision(ledger, 'a')).toThrow(/already been sent/);
  });

  test('overdue starts strictly after the due time', () => {
    const { cache, ledger } = workspaceWith([row('a')]);
    expect(readQueue(cache, ledger.state(), dueUs)[0]!.overdue).toBe(false);
    expect(readQueue(cache, ledger.state(), dueUs + 1)[0]!.overdue).toBe(true);
  });
});

describe('two reviewers in one workspace', () => {
  const become = (ledger: Ledger, id: string) =>
    ledger.append(() => [
      { type: 'reviewer-changed', subject: id, actor: id, payload: { name: `The ${id}`, id, email: null } },
    ]);

  test('a decision stays its maker’s when the reviewer changes before it is sent', () => {
    const { ledger, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    become(ledger, 'otto');
    expect(openIntents(ledger.state())[0]).toMatchObject({
      reviewer: 'rita',
      payload: { reviewerName: 'Rita Reviewer' },
    });
  });

  test('only its maker takes a decision back; anybody may supersede it', () => {
    const { ledger, queue, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    become(ledger, 'otto');
    expect(() => undoDecision(ledger, 'a')).toThrow(/another reviewer/);
    say(['a'], 'revoke', 'not hers');
    expect(openIntents(ledger.state()).map(({ reviewer }) => reviewer)).toEqual(['otto']);
    undoDecision(ledger, 'a');
    expect(queue()[0]).toMatchObject({ decision: 'certify', sync: 'unsent' });
  });

  test('whoever took the action is refused, also as the second to decide', () => {
    const { ledger, say } = workspaceWith([row('a', { actorId: 'otto' })]);
    say(['a'], 'certify');
    become(ledger, 'otto');
    expect(() => say(['a'], 'certify')).toThrow(/yourself/);
  });
});

describe('what the database did not take', () => {
  test.each(['changed', 'rejected', 'not-visible'] as const)(
    'an item whose decision came back as %s waits for a person again',
    (outcome) => {
      const { cache, ledger, queue, say } = workspaceWith([row('a')]);
      say(['a'], 'certify');
      settle(ledger, decisionInForce(ledger.state(), 'a')!.id, outcome);
      expect(queue()[0]).toMatchObject({
        status: 'pending',
        overdue: true,
        decision: 'certify',
        sync: outcome,
        conflict: false,
      });
      expect(openIntents(ledger.state())).toEqual([]);
      say(['a'], 'revoke', 'second look');
      expect(queue()[0]).toMatchObject({ status: 'decided', sync: 'unsent' });
      expect(openIntents(ledger.state())).toHaveLength(1);
      undoDecision(ledger, 'a');
      mirrorQueue(
        cache,
        { rows: [row('a', { reviewerId: 'otto', reviewedAtMicroseconds: dueUs })] },
        mirrorGuard(cache),
      );
      // Decided, but not by us: ours stands beside it and is no decision of record.
      expect(queue()[0]).toMatchObject({ status: 'reviewed', conflict: true, overdue: false });
    },
  );

  test('what somebody else decided first is theirs, before and after the next pull and after a correction of ours', () => {
    const { cache, ledger, queue, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    settle(ledger, decisionInForce(ledger.state(), 'a')!.id, 'superseded');
    expect(queue()[0]).toMatchObject({ status: 'reviewed', decision: 'certify', conflict: true });
    const theirs = { reviewerId: 'otto', reviewedAtMicroseconds: dueUs, notes: 'no' };
    mirrorQueue(cache, { rows: [row('a', theirs)] }, mirrorGuard(cache));
    expect(queue()[0]!.status).toBe('reviewed');
    say(['a'], 'revoke', 'they were right');
    expect(queue()[0]).toMatchObject({ status: 'reviewed', decision: 'revoke' });
  });

  test('somebody else’s decision is no conflict with an abstention or an escalation', () => {
    const { cache, queue, say } = workspaceWith([row('a'), row('b'), row('c')]);
    say(['a'], 'abstain', 'do not know her work');
    say(['b'], 'escalate', 'ask the owner');
    say(['c'], 'certify');
    const theirs = { reviewerId: 'otto', reviewedAtMicroseconds: dueUs, notes: 'fine' };
    mirrorQueue(cache, { rows: ['a', 'b', 'c'].map((id) => row(id, theirs)) }, mirrorGuard(cache));
    expect(queue().map((review) => review.conflict)).toEqual([false, false, true]);
    expect(queue()[0]!.server).toMatchObject({ reviewer: 'otto', notes: 'fine' });
  });

  test('a late correction differs from what was written, until it says the same again', () => {
    const { cache, ledger, queue, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    const first = decisionInForce(ledger.state(), 'a')!;
    settle(ledger, first.id, 'applied');
    const notes = formatNotes({
      decision: 'certify',
      decisionId: first.id,
      entryHash: first.hash,
      decidedAt: first.decidedAt,
      offsetSeconds: null,
      reason: null,
    });
    mirrorQueue(
      cache,
      { rows: [row('a', { reviewerId: 'rita', reviewedAtMicroseconds: dueUs, notes })] },
      mirrorGuard(cache),
    );
    expect(queue()[0]).toMatchObject({ sync: 'applied', conflict: false });
    say(['a'], 'revoke', 'learned more');
    expect(queue()[0]).toMatchObject({ sync: 'local', conflict: true });
    say(['a'], 'certify');
    expect(queue()[0]).toMatchObject({ sync: 'local', conflict: false });
  });

  test('a reason cut in the middle of a character is kept as far as it goes', () => {
    const { ledger, say } = workspaceWith([row('a')]);
    say(['a'], 'revoke', 'not hers \ud83d');
    expect(decisionInForce(ledger.state(), 'a')!.payload.reason).toBe('not hers \ufffd');
  });
});

test('decisions about another database are no part of this one’s queue', () => {
  const { ledger, queue, say } = workspaceWith([row('a')]);
  const connect = (identity: string) =>
    ledger.append(() => [
      {
        type: 'connection-changed',
        subject: null,
        actor: '',
        payload: {
          host: 'h',
          port: 5432,
          database: 'd',
          user: 'u',
          tls: 'off',
          caFile: null,
          sourceAccount: null,
          zone: 'UTC',
          mapping: null,
          isSample: false,
          identity,
        },
      },
    ]);
  connect('first');
  say(['a'], 'abstain', 'not mine to say');
  const gone = workspaceWith([]);
  const read = () => readQueue(gone.cache, ledger.state(), dueUs);
  expect(read()).toMatchObject([{ id: 'a', status: 'gone', decision: 'abstain', createdAt: null }]);
  connect('second');
  expect(read()).toEqual([]);
  expect(queue()).toHaveLength(1);
});

describe('to abstain and to escalate', () => {
  test('leave the item open and late, whatever was said before, until the row is written', () => {
    const { cache, ledger, say } = workspaceWith([row('a'), row('b')]);
    const late = () => readQueue(cache, ledger.state(), dueUs + 1);
    say(['a'], 'certify');
    say(['b'], 'escalate', 'ask the owner');
    expect(late()).toMatchObject([
      { status: 'decided', overdue: false },
      { status: 'pending', overdue: true, decision: 'escalate', sync: 'local' },
    ]);
    say(['a'], 'abstain', 'not mine after all');
    expect(late()[0]).toMatchObject({ status: 'pending', overdue: true, decision: 'abstain' });
    say(['a'], 'certify');
    settle(ledger, decisionInForce(ledger.state(), 'a')!.id, 'applied');
    say(['a'], 'abstain', 'in doubt again');
    expect(late()[0]).toMatchObject({ status: 'decided', overdue: false });
  });
});

describe('a decision about what stood on screen', () => {
  const decideShown = (
    { ledger, cache }: ReturnType<typeof workspaceWith>,
    standing: string | null | undefined,
  ) =>
    decide(ledger, (state) => readQueue(cache, state, dueUs), {
      reviews: [{ id: 'a', standing }],
      decision: 'certify',
      reason: 'as agreed',
    });

  test('is refused when another was recorded meanwhile, and nothing is', () => {
    const workspace = workspaceWith([row('a')]);
    decideShown(workspace, null);
    const first = decisionInForce(workspace.ledger.state(), 'a')!.id;
    expect(() => decideShown(workspace, null)).toThrow(/recorded after it was shown/);
    expect(workspace.ledger.state().decisions.get('a')).toHaveLength(1);
    decideShown(workspace, first);
    expect(() => decideShown(workspace, first)).toThrow(/that one stands/);
    expect(decisionInForce(workspace.ledger.state(), 'a')!.payload.supersedes).toBe(first);
  });

  test('is refused when the one on screen was taken back, and taken where nobody says what was shown', () => {
    const workspace = workspaceWith([row('a')]);
    decideShown(workspace, null);
    const first = decisionInForce(workspace.ledger.state(), 'a')!.id;
    undoDecision(workspace.ledger, 'a');
    expect(() => decideShown(workspace, first)).toThrow(/taken back/);
    decideShown(workspace, undefined);
    decideShown(workspace, undefined);
    expect(workspace.ledger.state().decisions.get('a')).toHaveLength(3);
  });
});

describe('the outbox', () => {
  test('abstain and escalate stay here', () => {
    const { ledger, queue, say } = workspaceWith([row('a'), row('b')]);
    say(['a'], 'abstain', 'do not know her work');
    say(['b'], 'escalate', 'ask the owner');
    expect(openIntents(ledger.state())).toEqual([]);
    expect(queue().map((review) => review.sync)).toEqual(['local', 'local']);
  });

  test('a correction after the row was written stays here and says so', () => {
    const { ledger, queue, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    settle(ledger, decisionInForce(ledger.state(), 'a')!.id, 'applied');
    say(['a'], 'revoke', 'seen too late');
    expect(openIntents(ledger.state())).toEqual([]);
    expect(queue()[0]).toMatchObject({ decision: 'revoke', sync: 'local' });
  });

  test('a decision whose answer was lost is settled before a newer one is sent', () => {
    const { ledger, say } = workspaceWith([row('a')]);
    say(['a'], 'certify');
    const first = decisionInForce(ledger.state(), 'a')!.id;
    ledger.append(() => [{ type: 'sync-sent', subject: null, actor: '', payload: { decisions: [first] } }]);
    say(['a'], 'revoke', 'on second thought');
    expect(openIntents(ledger.state()).map((intent) => intent.id)).toEqual([first]);
    settle(ledger, first, 'rejected');
    expect(openIntents(ledger.state()).map((intent) => intent.payload.decision)).toEqual(['revoke']);
  });

  test('whatever people and the database do, at most one decision of a review is ever open, and none after it was settled there', () => {
    const step = fc.constantFrom(
      'certify',
      'revoke',
      'abstain',
      'undo',
      'send',
      'applied',
      'superseded',
      'rejected',
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const { ledger, say } = workspaceWith([row('a')]);
        let settledOnServer = false;
        for (const name of steps) {
          const [intent] = openIntents(ledger.state());
          try {
            if (name === 'certify' || name === 'revoke' || name === 'abstain') say(['a'], name, 'because');
            else if (name === 'undo') undoDecision(ledger, 'a');
            else if (name === 'send' && intent)
              ledger.append(() => [
                { type: 'sync-sent', subject: null, actor: '', payload: { decisions: [intent.id] } },
              ]);
            else if (intent && name !== 'send') {
              settle(ledger, intent.id, name);
              settledOnServer ||= name !== 'rejected';
            }
          } catch (error) {
            expect(String(error)).toMatch(/take back|already been sent/);
          }
          const open = openIntents(ledger.state());
          expect(open.length).toBeLessThanOrEqual(1);
          if (settledOnServer) expect(open).toEqual([]);
          for (const decision of ledger.state().decisions.get('a') ?? []) {
            if (syncStateOf(ledger.state(), decision) === 'unsent') expect(open[0]).toBe(decision);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('without a queue of its own, the source’s privileged events are the queue', () => {
  const cache = openCache();
  const at = dueUs - 86_400_000_000;
  mirror(cache, [
    makeEvent({ id: 'p', action: 'privilege.change', createdAtMicroseconds: at }),
    makeEvent({ id: 'q', action: 'document.read', createdAtMicroseconds: at }),
    makeEvent({
      id: 'r',
      action: 'document.read',
      severity: 'critical',
      createdAtMicroseconds: at,
      actor: '',
    }),
  ]);
  const ledger = ledgerWithReviewer();
  const queue = readQueue(cache, ledger.state(), dueUs + 1);
  expect(queue.map((review) => [review.auditLogId, review.actor, review.overdue, review.origin])).toEqual(
    expect.arrayContaining([
      ['p', 'dana', true, 'derived'],
      ['r', null, true, 'derived'],
    ]),
  );
  expect(queue).toHaveLength(2);
  decide(ledger, () => queue, { reviews: [{ id: queue[0]!.id }], decision: 'certify', reason: 'as agreed' });
  expect(openIntents(ledger.state())).toEqual([]);
});

test('independence ignores letter case and surrounding blanks, and needs a name to compare', () => {
  const state = ledgerWithReviewer({ name: 'Rita', id: 'U-1', email: 'rita@example.org' }).state();
  const isOwn = (actor: string | null) => isOwnAction(state, actor, 'U-1');
  expect(isOwn(' u-1')).toBe(true);
  expect(isOwn('RITA@example.ORG')).toBe(true);
  expect(isOwn('\uff35-\uff11')).toBe(true);
  expect(isOwn('someone')).toBe(false);
  expect(isOwn(null)).toBe(false);
});
