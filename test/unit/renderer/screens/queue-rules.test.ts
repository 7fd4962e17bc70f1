// The review queue as a list: order, filters, joint decisions, and what comes next.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Review } from '../../../../src-shared/model/review.ts';
import { queueSorts, type TriageItem } from '../../../../src-shared/model/triage.ts';
import {
  bulkCap,
  lacksSomebodyElse,
  matchesFilter,
  nextToDecide,
  queueList,
  queueProgress,
  refusalToJoin,
  undoableItem,
} from '../../../../src-renderer/screens/queue/queue-rules.ts';
import { reopenedItem } from '../../../../src-renderer/screens/queue/use-queue-items.ts';
import { inActivity } from '../../../../src-renderer/screens/queue/use-narrowed.ts';

const now = '2026-11-16T12:00:00.000Z';

function review(id: string, of: Partial<Review> = {}): Review {
  return {
    id,
    origin: 'database',
    tenant: null,
    auditLogId: null,
    action: 'role_grant',
    actor: 'u-1',
    actorName: null,
    createdAt: null,
    dueAt: '2026-11-20T12:00:00.000Z',
    overdue: false,
    severity: null,
    status: 'pending',
    decision: null,
    decisionId: null,
    sync: null,
    conflict: false,
    server: null,
    digest: 'd',
    ...of,
  };
}

const anyReview = fc
  .record({
    id: fc.uuid(),
    overdue: fc.boolean(),
    severity: fc.constantFrom(null, 'info', 'warning', 'critical'),
    status: fc.constantFrom('pending' as const, 'decided' as const, 'reviewed' as const, 'gone' as const),
    hours: fc.integer({ min: 1, max: 90 }),
  })
  .map(({ id, hours, ...rest }) =>
    review(id, { ...rest, dueAt: new Date(Date.parse(now) + hours * 3_600_000).toISOString() }),
  );
const anyReviews = fc.uniqueArray(anyReview, { selector: ({ id }) => id, maxLength: 25 });

const item = (of: Review, known: Partial<TriageItem> = {}): TriageItem => ({
  review: of,
  sla: 'later',
  surprise: null,
  surprisingFinding: null,
  group: '',
  ...known,
});
const anyItem = fc
  .record({
    of: anyReview,
    sla: fc.constantFrom('overdue' as const, 'due-soon' as const, 'later' as const, 'none' as const),
    surprise: fc.option(fc.double({ min: 0, max: 9, noNaN: true })),
  })
  .map(({ of, sla, surprise }) => item(of, { sla, surprise }));
const anyItems = fc.uniqueArray(anyItem, { selector: ({ review: { id } }) => id, maxLength: 25 });

const everything = { filter: 'all', text: '', sort: 'urgency', isInActivity: () => true } as const;

describe('queueList', () => {
  it('puts overdue before due soon before the rest, and the severe first within each', () => {
    const list = queueList(
      [
        item(review('later', { severity: 'critical' })),
        item(review('soon'), { sla: 'due-soon' }),
        item(review('overdue', { dueAt: '2026-11-15T12:00:00.000Z' }), { sla: 'overdue' }),
        item(review('severe', { severity: 'critical' }), { sla: 'overdue' }),
        item(review('surprising', { severity: 'critical' }), { sla: 'overdue', surprise: 2 }),
      ],
      everything,
    );
    expect(list.map(({ review: { id } }) => id)).toEqual([
      'surprising',
      'severe',
      'overdue',
      'soon',
      'later',
    ]);
  });

  it('orders by what is asked for first, unknown last', () => {
    const items = [
      item(review('late', { dueAt: '2026-11-15T12:00:00.000Z' }), { sla: 'overdue' }),
      item(review('odd'), { surprise: 1.2 }),
      item(review('odder', { dueAt: '2026-11-21T12:00:00.000Z' }), { surprise: 4 }),
      item(review('grave', { severity: 'critical' })),
    ];
    const first = (sort: (typeof queueSorts)[number]) =>
      queueList(items, { ...everything, sort }).map(({ review: { id } }) => id)[0];
    expect(queueSorts.map((sort) => [sort, first(sort)])).toEqual([
      ['urgency', 'late'],
      ['due', 'late'],
      ['severity', 'grave'],
      ['surprise', 'odder'],
    ]);
  });

  it('does not depend on the order the items came in', () => {
    fc.assert(
      fc.property(anyItems, fc.constantFrom(...queueSorts), (items, sort) => {
        const one = queueList(items, { ...everything, sort });
        expect(queueList(items.toReversed(), { ...everything, sort })).toEqual(one);
        expect(one).toHaveLength(items.length);
      }),
    );
  });

  it('finds every word in any case and order, and names as well as ids', () => {
    const items = [item(review('r-9', { actor: 'u-77', actorName: 'Dana Fox', action: 'Schema_Alter' }))];
    expect(queueList(items, { ...everything, text: 'fox SCHEMA' })).toHaveLength(1);
    expect(queueList(items, { ...everything, text: 'fox grant' })).toHaveLength(0);
  });

  it('shows only what lies in the cells chosen in the heatmap', () => {
    const items = [
      item(review('in', { actor: 'u-1', createdAt: '2026-11-16T02:30:00.000Z' })),
      item(review('other hour', { actor: 'u-1', createdAt: '2026-11-16T05:30:00.000Z' })),
      item(review('other actor', { actor: 'u-2', createdAt: '2026-11-16T02:30:00.000Z' })),
      item(review('no known hour', { actor: 'u-1' })),
    ];
    const shown = (hours: readonly [number, number] | null) =>
      queueList(items, {
        ...everything,
        isInActivity: inActivity({ actors: ['u-1'], hours, action: null, zone: 'UTC' }),
      }).map(({ review: { id } }) => id);
    expect(shown([2, 3])).toEqual(['in']);
    expect(shown(null).toSorted()).toEqual(['in', 'no known hour', 'other hour']);
  });

  it('shows each item in exactly one of the views by status', () => {
    fc.assert(
      fc.property(anyReview, (item) => {
        const views = (['pending', 'decided', 'reviewed', 'gone'] as const).filter((filter) =>
          matchesFilter(item, filter),
        );
        expect(views).toHaveLength(1);
      }),
    );
  });
});

describe('matchesFilter', () => {
  it('counts as a conflict what nobody has looked at, as the list of conflicts does', () => {
    const of = (conflictStanding?: Review['conflictStanding']) =>
      matchesFilter(
        review('1', { conflict: true, ...(conflictStanding === undefined ? {} : { conflictStanding }) }),
        'conflict',
      );
    expect([of('open'), of('closed'), of('corroboration'), of()]).toEqual([true, false, false, false]);
  });

  it('has nothing to second of a row that is gone', () => {
    const waiting = { decision: 'revoke', sync: 'awaiting-second' } as const;
    expect(matchesFilter(review('1', { ...waiting, status: 'decided' }), 'second')).toBe(true);
    expect(matchesFilter(review('1', { ...waiting, status: 'gone' }), 'second')).toBe(false);
  });

  it('counts what nobody can second any more, and says which it is', () => {
    const lost = review('1', { status: 'decided', decision: 'revoke', sync: 'applied', secondLost: true });
    const own = review('2', { status: 'decided', decision: 'revoke', sync: 'applied', ownByAlias: true });
    expect([lost, own, review('3')].map((one) => matchesFilter(one, 'second'))).toEqual([true, true, false]);
    expect([lost, own, review('3')].map(lacksSomebodyElse)).toEqual(['second-lost', 'own-action', null]);
  });
});

describe('queueProgress', () => {
  it('counts only what was ours to decide', () => {
    const items = [
      review('1'),
      review('2', { status: 'decided' }),
      review('3', { status: 'reviewed' }),
      review('4', { status: 'gone' }),
    ];
    expect(queueProgress(items)).toEqual({ decided: 1, total: 2 });
  });
});

describe('refusalToJoin', () => {
  it('lets only open items of one action join', () => {
    expect(refusalToJoin([], review('1'))).toBeNull();
    expect(refusalToJoin([review('1')], review('2'))).toBeNull();
    expect(refusalToJoin([review('1')], review('2', { action: 'schema_alter' }))).toEqual({
      why: 'other-action',
      action: 'role_grant',
    });
    expect(refusalToJoin([], review('1', { status: 'decided' }))).toEqual({ why: 'not-open' });
  });

  it('stops at the cap', () => {
    const full = Array.from({ length: bulkCap }, (_, index) => review(String(index)));
    expect(refusalToJoin(full.slice(1), review('x'))).toBeNull();
    expect(refusalToJoin(full, review('x'))).toEqual({ why: 'full' });
  });
});

describe('nextToDecide', () => {
  const order = [review('a'), review('b'), review('c', { status: 'decided' }), review('d'), review('e')];

  it('goes down to the next open item, and up at the end', () => {
    expect(nextToDecide(order, new Set(['b']))).toBe('d');
    expect(nextToDecide(order, new Set(['e']))).toBe('d');
    expect(nextToDecide(order, new Set(['a', 'b', 'd', 'e']))).toBeNull();
  });

  it('leaves what was said to stay open to somebody else', () => {
    const left = review('left', { decision: 'escalate', sync: 'local' });
    const refused = review('refused', { decision: 'certify', sync: 'rejected' });
    expect(nextToDecide([review('a'), left, refused], new Set(['a']))).toBe('refused');
    expect(nextToDecide([review('a'), left], new Set(['a']))).toBeNull();
  });

  it('never returns to what was just decided, and always to something open', () => {
    fc.assert(
      fc.property(anyReviews, fc.infiniteStream(fc.boolean()), (list, choice) => {
        const decided = new Set(list.filter(() => choice.next().value === true).map(({ id }) => id));
        const next = nextToDecide(list, decided);
        const open = list.filter(({ id, status }) => status === 'pending' && !decided.has(id));
        if (next !== null) expect(open.map(({ id }) => id)).toContain(next);
        else if (decided.size > 0) expect(open).toEqual([]);
      }),
    );
  });
});

describe('reopenedItem', () => {
  const standing = (of: Review): TriageItem['sla'] =>
    of.overdue ? 'overdue' : Date.parse(of.dueAt) - Date.parse(now) <= 4 * 3_600_000 ? 'due-soon' : 'later';

  it('leads back to where the item was, although the list was read since it was decided', () => {
    const view = { filter: 'pending', text: '', sort: 'urgency', isInActivity: () => true } as const;
    const ids = (items: readonly TriageItem[]) => queueList(items, view).map((one) => one.review.id);
    fc.assert(
      fc.property(anyReviews, fc.nat(), (reviews, at) => {
        const before = reviews.map((one) => item(one, { sla: standing(one) }));
        const [decided] = ids(before).slice(at % Math.max(1, ids(before).length));
        const readSince = before.map((one) =>
          one.review.id === decided ? item({ ...one.review, status: 'decided' }, { sla: 'done' }) : one,
        );
        const after = readSince.map((one) =>
          one.review.id === decided ? reopenedItem(one, { ...one.review, status: 'pending' }, now) : one,
        );
        expect(ids(after)).toEqual(ids(before));
      }),
    );
  });

  it('gives an item without a usable due time no urgency', () => {
    const undated = review('a', { dueText: 'next week' });
    expect(reopenedItem(item(undated, { sla: 'done' }), undated, now).sla).toBe('none');
  });
});

describe('undoableItem', () => {
  const decided = (id: string, sync: Review['sync']) =>
    review(id, { status: 'decided', decision: 'certify', sync });

  it('prefers the selected item, then the latest of this window that was not sent', () => {
    const reviews = [decided('a', 'unsent'), decided('b', 'unsent'), decided('c', 'applied')];
    expect(undoableItem(reviews, 'a', ['a', 'b', 'c'])).toBe('a');
    expect(undoableItem(reviews, 'c', ['a', 'b', 'c'])).toBe('b');
  });

  it('never offers what was sent', () => {
    expect(undoableItem([decided('c', 'applied'), decided('d', 'unknown')], 'c', ['c', 'd'])).toBeNull();
  });
});
