// Order, groups, what may be decided together, clock and pace of the queue.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queueGroupings, queueSorts, type TriageItem } from '../../../src-shared/model/triage.ts';
import type { Review } from '../../../src-shared/model/review.ts';
import { formatInstant } from '../../../src-shared/time/instant.ts';
import { bulkCap, previewBulk, type BulkScene } from '../../../src-main/review/bulk-preview.ts';
import { dwellTimesOf, paceOf } from '../../../src-main/review/pace.ts';
import { slaClockOf } from '../../../src-main/review/sla-clock.ts';
import { arrangeTriage, compareTriage, groupKeyOf } from '../../../src-main/review/triage-order.ts';
import { surprisesOf } from '../../../src-main/review/triage-list.ts';
import { makeFinding } from '../../support/finding.ts';
import { ledgerWithReviewer } from '../../support/workspace.ts';

const now = Date.parse('2026-11-16T12:00:00Z') * 1000;
const hour = 3_600_000_000;

function makeReview(id: string, of: Partial<Review> = {}): Review {
  return {
    id,
    origin: 'database',
    tenant: 'primary',
    auditLogId: `event-${id}`,
    action: 'role.grant',
    actor: 'dana',
    actorName: null,
    createdAt: '2026-11-15T10:00:00.000Z',
    dueAt: formatInstant(now + 10 * hour),
    overdue: false,
    severity: 'info',
    status: 'pending',
    decision: null,
    decisionId: null,
    sync: null,
    conflict: false,
    server: null,
    digest: 'digest',
    ...of,
  };
}

const items = fc.uniqueArray(
  fc
    .record({
      id: fc.integer({ min: 0, max: 500 }).map(String),
      actor: fc.constantFrom('dana', 'otto', null),
      severity: fc.constantFrom(null, 'info', 'warning', 'critical', 'odd'),
      dueHours: fc.integer({ min: -5, max: 5 }),
      surprise: fc.constantFrom(null, 1, 2.5),
    })
    .map(({ dueHours, surprise, ...of }): TriageItem => {
      const review = makeReview(of.id, {
        ...of,
        dueAt: formatInstant(now + dueHours * hour),
        overdue: dueHours < 0,
      });
      const sla = dueHours < 0 ? 'overdue' : dueHours <= 4 ? 'due-soon' : 'later';
      return { review, sla, surprise, surprisingFinding: null, group: '' };
    }),
  { selector: ({ review }) => review.id, maxLength: 25 },
);

test('every order is total and does not depend on where it began; groups hold together', () => {
  fc.assert(
    fc.property(
      items,
      fc.constantFrom(...queueSorts),
      fc.constantFrom(...queueGroupings),
      (all, sort, grouping) => {
        const grouped = all.map((item) => ({
          ...item,
          group: groupKeyOf(item.review, grouping, 'Europe/Berlin'),
        }));
        const first = arrangeTriage(grouped, sort, grouping);
        expect(arrangeTriage(grouped.toReversed(), sort, grouping)).toEqual(first);
        expect(first.items.map(({ review }) => review.id).toSorted()).toEqual(
          all.map(({ review }) => review.id).toSorted(),
        );
        const compare = compareTriage(sort);
        for (const [place, item] of first.items.entries()) {
          const before = first.items[place - 1];
          if (before && before.group === item.group) expect(compare(before, item)).toBeLessThan(0);
        }
        if (grouping === 'none') return;
        for (const { key, offset, items: size } of first.groups)
          expect(first.items.slice(offset, offset + size).every(({ group }) => group === key)).toBe(true);
        expect(new Set(first.groups.map(({ key }) => key)).size).toBe(first.groups.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('what is urgent comes first: overdue, due soon, severe, surprising, due', () => {
  const item = (
    id: string,
    sla: TriageItem['sla'],
    severity: string | null,
    surprise: number | null,
    due = 0,
  ): TriageItem => ({
    review: makeReview(id, { severity, dueAt: formatInstant(now + due * hour) }),
    sla,
    surprise,
    surprisingFinding: null,
    group: '',
  });
  const wanted = [
    item('1', 'overdue', 'info', null),
    item('2', 'due-soon', 'critical', null),
    item('3', 'due-soon', 'critical', null, 1),
    item('5', 'due-soon', 'warning', 3),
    item('4', 'due-soon', 'warning', 2),
    item('6', 'due-soon', 'odd', 9),
    item('7', 'later', 'critical', 9),
  ];
  const { items: ordered } = arrangeTriage(wanted.toReversed(), 'urgency', 'none');
  expect(ordered.map(({ review }) => review.id)).toEqual(['1', '2', '3', '5', '4', '6', '7']);
});

test('an event is as surprising as the finding that lies furthest beyond its threshold; what was called false is not', () => {
  const found = surprisesOf([
    makeFinding('a', { score: 6, threshold: 3, eventIds: ['e', 'f'] }),
    makeFinding('b', { score: 90, threshold: 60, eventIds: ['e'] }),
    makeFinding('c', { score: 50, threshold: 1, eventIds: ['e'], disposition: 'false-positive' }),
    makeFinding('d', { score: 50, threshold: 1, eventIds: ['g'], suppressedBy: 'an exception' }),
  ]);
  expect(Object.fromEntries(found)).toEqual({
    e: { surprise: 2, finding: 'a' },
    f: { surprise: 2, finding: 'a' },
  });
});

describe('a decision on several', () => {
  const scene = (reviews: readonly Review[], of: Partial<BulkScene> = {}): BulkScene => ({
    state: ledgerWithReviewer().state(),
    reviewOf: (id) => reviews.find((review) => review.id === id),
    actorTypeOf: () => 'user',
    isCited: () => false,
    ...of,
  });

  test('leaves out whatever is not like the first item, and says why', () => {
    const reviews = [
      makeReview('gone', { status: 'gone' }),
      makeReview('own', { actor: 'RITA' }),
      makeReview('odd', { undecidable: 'It has no id of its own.' }),
      makeReview('cited'),
      makeReview('first'),
      makeReview('other', { action: 'role.revoke' }),
      makeReview('machine', { actor: 'svc' }),
      makeReview('same', { actor: 'otto' }),
    ];
    const found = previewBulk(
      scene(reviews, {
        actorTypeOf: ({ actor }) => (actor === 'svc' ? 'service' : 'user'),
        isCited: ({ id }) => id === 'cited',
      }),
      ['gone', 'own', 'odd', 'cited', 'nowhere', 'first', 'other', 'machine', 'same', 'first'],
      'certify',
    );
    expect(found.group).toEqual({ action: 'role.grant', actorType: 'user' });
    expect(found.included.map(({ id }) => id)).toEqual(['first', 'same']);
    expect(found.leftOut.map(({ id, why }) => `${id}: ${why}`)).toEqual([
      'gone: not-open',
      'own: own-action',
      'odd: undecidable',
      'cited: finding',
      'nowhere: unknown',
      'other: other-action',
      'machine: other-actor-type',
    ]);
    expect(found.needsReason).toBe(true);
  });

  test('covers so many items and no more', () => {
    const reviews = Array.from({ length: bulkCap + 2 }, (_, place) => makeReview(`r${place}`));
    const ids = reviews.map(({ id }) => id);
    const { included, leftOut, actors } = previewBulk(scene(reviews), ids, undefined);
    expect(included).toHaveLength(bulkCap);
    expect(leftOut.map(({ why }) => why)).toEqual(['beyond-cap', 'beyond-cap']);
    expect(actors).toEqual([{ actor: 'dana', actorName: null, items: bulkCap }]);
    expect(previewBulk(scene([]), ['x'], undefined)).toMatchObject({ group: null, needsReason: false });
  });
});

describe('the clock of an item', () => {
  const at = (dueHours: number, of: Partial<Review> = {}) =>
    slaClockOf(
      makeReview('1', { dueAt: formatInstant(now + dueHours * hour), overdue: dueHours < 0, ...of }),
      now,
      'Asia/Tokyo',
    );

  test('counts local midnights, and stops when there is nothing to wait for', () => {
    // It is 21:00 in Tokyo; seven hours ago it was 14:00 of the same day, and 22 hours ago the day before.
    expect(at(-7)).toMatchObject({ standing: 'overdue', daysOverdue: 0, dueOn: '2026-11-16' });
    expect(at(-22)).toMatchObject({
      standing: 'overdue',
      daysOverdue: 1,
      dueOn: '2026-11-15',
      remainingMilliseconds: -22 * 3_600_000,
    });
    expect(at(4)).toMatchObject({ standing: 'due-soon', overdueSince: null, dueOn: '2026-11-17' });
    expect(at(4.01)).toMatchObject({ standing: 'later' });
    expect(at(4, { status: 'decided' })).toMatchObject({ standing: 'done', remainingMilliseconds: null });
    expect(at(4, { status: 'decided', sync: 'awaiting-second' })).toMatchObject({ standing: 'due-soon' });
    expect(at(4, { dueText: 'infinity' })).toMatchObject({
      standing: 'none',
      dueOn: null,
      dueText: 'infinity',
    });
  });
});

describe('the pace', () => {
  test('is unknown below five decisions, and no lunch makes it slower than it is', () => {
    expect(paceOf([1000, 1000, 1000, 1000], 40)).toMatchObject({
      perActiveMinute: null,
      remainingMinutes: null,
      decisions: 4,
    });
    expect(paceOf([0, 0, 0, 0, 0], 40).perActiveMinute).toBeNull();
    const minute = 60_000;
    expect(paceOf([minute, minute, minute, 2 * minute, 3_600_000], 30)).toMatchObject({
      activeMinutes: 10,
      perActiveMinute: 0.5,
      remainingMinutes: 60,
    });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 60 }),
        fc.nat(500),
        (times, remaining) => {
          const { perActiveMinute, remainingMinutes, activeMinutes } = paceOf(times, remaining);
          expect(perActiveMinute === null).toBe(times.length < 5 || activeMinutes === 0);
          if (perActiveMinute !== null) {
            expect(perActiveMinute).toBeGreaterThanOrEqual(0.2 - 1e-9);
            expect(remainingMinutes).toBeCloseTo(remaining / perActiveMinute, 6);
          }
        },
      ),
    );
  });

  test('counts the reviewer’s own, one by one, not taken back', () => {
    const ledger = ledgerWithReviewer();
    const decided = (id: string, of: Record<string, unknown> = {}, actor = 'rita') =>
      ledger.append(() => [
        {
          id,
          type: 'decision',
          subject: id,
          actor,
          payload: {
            review: id,
            origin: 'database',
            tenant: null,
            decision: 'certify',
            reason: null,
            digest: 'd',
            auditLogId: null,
            action: 'role.grant',
            actor: 'dana',
            createdAt: null,
            dueAt: '2026-11-17T00:00:00.000Z',
            supersedes: null,
            batch: null,
            dwellMs: 1000,
            reviewerName: 'Rita',
            ...of,
          },
        },
      ]);
    decided('A', { dwellMs: 1 });
    decided('B', { dwellMs: 2, batch: 'several' });
    decided('C', { dwellMs: null });
    decided('D', { dwellMs: 4 }, 'otto');
    decided('E', { dwellMs: 5 });
    decided('F', { dwellMs: 6 });
    ledger.append(() => [
      { type: 'decision-withdrawn', subject: 'F', actor: 'rita', payload: { decision: 'F' } },
    ]);
    expect(dwellTimesOf(ledger.state(), 'rita')).toEqual([5, 1]);
  });
});
