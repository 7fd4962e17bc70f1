// The queue in groups, what a row says about its past, and what is kept of a view.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewChange } from '../../../../src-shared/model/review-history.ts';
import type { Review } from '../../../../src-shared/model/review.ts';
import {
  queueGroupings,
  queueSorts,
  queueTabs,
  type Pace,
  type TriageItem,
} from '../../../../src-shared/model/triage.ts';
import { keepNewest } from '../../../../src-renderer/domain/draft-keeper.ts';
import { groupHeading } from '../../../../src-renderer/screens/queue/group-words.ts';
import { paceWords } from '../../../../src-renderer/screens/queue/pace-words.ts';
import { queueRows, reviewsIn, type GroupRow } from '../../../../src-renderer/screens/queue/queue-rows.ts';
import { wasWiped } from '../../../../src-renderer/screens/queue/row-standing.ts';
import { choiceIn, choiceWords, filterOf } from '../../../../src-renderer/screens/queue/saved-choice.ts';

function item(id: string, of: Partial<Review> = {}): TriageItem {
  const review: Review = {
    id,
    origin: 'database',
    tenant: null,
    auditLogId: null,
    action: 'role_grant',
    actor: 'u-1',
    actorName: null,
    createdAt: '2026-11-16T23:30:00.000Z',
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
  return { review, sla: 'later', surprise: null, surprisingFinding: null, group: '' };
}

const open = { folded: new Set<string>(), zone: 'Europe/Berlin' };

describe('queueRows', () => {
  it('keeps every item once, in its order, below the heading of its group', () => {
    const anyItems = fc.uniqueArray(
      fc.record({ id: fc.uuid(), actor: fc.constantFrom('a', 'b', null), action: fc.constantFrom('x', 'y') }),
      { selector: ({ id }) => id, maxLength: 20 },
    );
    fc.assert(
      fc.property(anyItems, fc.constantFrom(...queueGroupings), (of, grouping) => {
        const items = of.map(({ id, ...rest }) => item(id, rest));
        const rows = queueRows(items, grouping, open);
        expect(
          reviewsIn(rows)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(of.map(({ id }) => id).toSorted());
        const groups = rows.filter((row): row is GroupRow => row.kind === 'group');
        for (const group of groups) {
          const below = rows.filter((row) => row.kind === 'item' && row.group === group.id);
          expect(below.map(({ id }) => id)).toEqual(group.items.map(({ review: { id } }) => id));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('folds a group away, items and all', () => {
    const items = [item('1', { actor: 'a' }), item('2', { actor: 'b' }), item('3', { actor: 'a' })];
    const rows = queueRows(items, 'actor', { ...open, folded: new Set(['a']) });
    expect(rows.map(({ id }) => id)).toEqual(['group of a', 'group of b', '2']);
    expect(reviewsIn(rows).map(({ id }) => id)).toEqual(['2']);
  });

  it('takes the local day of the event, and of the due time where the event is not mirrored', () => {
    const rows = queueRows([item('1'), item('2', { createdAt: null })], 'day', open);
    expect(rows.flatMap((row) => (row.kind === 'group' ? [row.key] : []))).toEqual([
      '2026-11-17',
      '2026-11-20',
    ]);
  });

  it('heads a group by whoever it is about, with nothing hidden in the name', () => {
    const [head] = queueRows(
      [
        item('1', { actorName: 'Dana\u202E Fox', overdue: true }),
        item('2', { status: 'decided', decision: 'certify' }),
      ],
      'actor',
      open,
    );
    expect(groupHeading(head as GroupRow)).toBe(
      '\u2068Dana⟨U+202E⟩ Fox (u-1)\u2069 · 2 items, 1 to decide, 1 overdue',
    );
  });
});

describe('wasWiped', () => {
  const change = (...kinds: ReviewChange['kinds']): ReviewChange => ({
    pull: 1,
    at: null,
    kinds,
    fields: [],
    sentence: '',
  });
  const row = (status: Review['status'] = 'pending') => item('1', { status }).review;

  it('is true of an open row whose decision went away', () => {
    expect(wasWiped(row(), [change('changed'), change('reopened'), change('decided-elsewhere')])).toBe(true);
  });

  it('is not true of a row that was decided again, is gone, or never was decided', () => {
    expect(wasWiped(row(), [change('decided-elsewhere'), change('reopened')])).toBe(false);
    expect(wasWiped(row('gone'), [change('vanished'), change('reopened')])).toBe(false);
    expect(wasWiped(row(), [change('appeared')])).toBe(false);
  });
});

describe('a saved view', () => {
  it('shows the same again', () => {
    const anyChoice = fc.record({
      filter: fc.constantFrom(...queueTabs),
      text: fc.string(),
      sort: fc.constantFrom(...queueSorts),
      grouping: fc.constantFrom(...queueGroupings),
    });
    fc.assert(
      fc.property(anyChoice, (choice) => {
        const onDisk: unknown = JSON.parse(JSON.stringify(filterOf(choice)));
        expect(choiceIn(onDisk as ReturnType<typeof filterOf>)).toEqual(choice);
      }),
      { numRuns: 50 },
    );
  });

  it('of another version is as it is at first where it says something unknown', () => {
    expect(choiceIn({ filter: 'nonsense', sort: 'due' })).toEqual({
      filter: 'pending',
      text: '',
      sort: 'due',
      grouping: 'none',
    });
  });

  it('says in words what it shows', () => {
    expect(choiceWords({ filter: 'overdue', text: ' grant ', sort: 'surprise', grouping: 'actor' })).toBe(
      'Overdue, “grant”, most surprising first, grouped by actor',
    );
  });
});

describe('paceWords', () => {
  const pace = (of: Partial<Pace>): Pace => ({
    decisions: 0,
    activeMinutes: null,
    perActiveMinute: null,
    remaining: 10,
    remainingMinutes: null,
    sentence: '',
    ...of,
  });

  it('never guesses', () => {
    expect(paceWords(pace({ decisions: 4 }))).toBe('Pace not known yet');
    expect(paceWords(pace({ decisions: 9, remainingMinutes: 74.6 }))).toBe(
      'about 1 h 15 min left at your pace',
    );
    expect(paceWords(pace({ remaining: 0 }))).toBe('Nothing left to decide');
  });
});

describe('keepNewest', () => {
  it('ends with the newest text, skips what was overtaken, and goes on after a failure', async () => {
    const written: string[] = [];
    const failures: unknown[] = [];
    const done = Promise.withResolvers<void>();
    const keep = keepNewest(
      async (text) => {
        written.push(text);
        await Promise.resolve();
        if (text === 'a') throw new Error('disk full');
        if (text === 'abc') done.resolve();
      },
      (error) => failures.push(error),
    );
    for (const text of ['a', 'ab', 'abc']) keep(text);
    await done.promise;
    expect(written).toEqual(['a', 'abc']);
    expect(failures).toHaveLength(1);
  });
});
