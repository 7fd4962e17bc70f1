// What a difference between two pulls means, and that nothing is taken for ours that is not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNotes, type DecisionNotes } from '../../../src-main/source/notes.ts';
import { carriesOwnDecision, type OwnDecision } from '../../../src-main/source/own-decision.ts';
import {
  changedFields,
  changeKinds,
  countQueueChanges,
  type ReviewDifference,
} from '../../../src-main/source/review-changes.ts';
import { tellApart } from '../../../src-main/source/review-identity.ts';

type Row = NonNullable<ReviewDifference['after']>;

const open: Row = {
  id: 'a',
  tenantId: 't',
  auditLogId: 'log',
  action: 'role_grant',
  actorId: 'dana',
  dueAtMicroseconds: 0,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
};
const own: OwnDecision = {
  decisionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  entryHash: '0123456789ab'.padEnd(64, 'f'),
  review: 'a',
  decision: 'certify',
  reviewer: 'Rita',
};
const written = (changes: Partial<DecisionNotes> = {}) =>
  formatNotes({
    decision: own.decision,
    decisionId: own.decisionId,
    entryHash: own.entryHash,
    decidedAt: '2026-11-16T00:00:00.000Z',
    offsetSeconds: 0,
    reason: null,
    ...changes,
  });
const ours: Row = { ...open, reviewerId: 'rita', reviewedAtMicroseconds: 7, notes: written() };
const theirs: Row = { ...open, reviewerId: 'otto', reviewedAtMicroseconds: 7, notes: 'seen' };
const find = (id: string) => (id === own.decisionId ? own : undefined);
const isOwn = (row: Row) => carriesOwnDecision(row, find);
const kinds = (before: Row | null, after: Row | null, isReturning = false) =>
  changeKinds({ before, after, isReturning }, isOwn);

describe('carriesOwnDecision', () => {
  test('only the row of that review, with the hash, decision and reviewer of a decision that was sent', () => {
    expect(isOwn(ours)).toBe(true);
    const forged: Partial<Row>[] = [
      { id: 'b' },
      { reviewerId: 'otto' },
      { reviewerId: null },
      { reviewedAtMicroseconds: null },
      { notes: written({ entryHash: 'f'.repeat(64) }) },
      { notes: written({ decision: 'revoke' }) },
      { notes: written({ decisionId: '01ARZ3NDEKTSV4RRFFQ69G5FAW' }) },
      { notes: ` ${written()}` },
      { notes: written().toUpperCase() },
      { notes: `x\n${written()}` },
    ];
    for (const changes of forged) expect(isOwn({ ...ours, ...changes }), JSON.stringify(changes)).toBe(false);
  });
});

describe('changeKinds', () => {
  test.each<[string, Row | null, Row | null, boolean, string[]]>([
    ['first seen', null, open, false, ['appeared']],
    ['first seen when decided', null, theirs, false, ['appeared', 'decided-elsewhere']],
    ['gone', open, null, false, ['vanished']],
    ['back as it was', open, open, true, ['reappeared']],
    ['back and decided', open, theirs, true, ['reappeared', 'decided-elsewhere']],
    ['decided elsewhere', open, theirs, false, ['decided-elsewhere']],
    ['decided here', open, ours, false, ['decided-here']],
    ['opened again', theirs, open, false, ['reopened']],
    ['decided otherwise', theirs, { ...theirs, notes: 'other' }, false, ['decision-altered']],
    ['another action', open, { ...open, action: 'x' }, false, ['changed']],
    ['somebody asked to decide', open, { ...open, reviewerId: 'otto' }, false, ['changed']],
    ['another action, decided', open, { ...theirs, action: 'x' }, false, ['decided-elsewhere', 'changed']],
    ['an id that is shared now', open, { ...open, identityFault: 'shared' }, false, ['changed']],
  ])('%s', (_, before, after, isReturning, expected) => {
    expect(kinds(before, after, isReturning)).toEqual(expected);
  });

  test('values are verbatim, and times that cannot be placed as the database writes them', () => {
    const after = { ...open, dueAtMicroseconds: Number.MAX_SAFE_INTEGER, dueText: 'infinity', actorId: null };
    expect(changedFields({ before: open, after, isReturning: false })).toEqual([
      { field: 'actor', before: 'dana', after: null },
      { field: 'dueAt', before: '1970-01-01T00:00:00.000Z', after: 'infinity' },
    ]);
  });

  test('counts add up', () => {
    const differences: ReviewDifference[] = [
      { before: null, after: open, isReturning: false },
      { before: open, after: ours, isReturning: false },
      { before: open, after: theirs, isReturning: true },
      { before: open, after: null, isReturning: false },
    ];
    expect(countQueueChanges(differences, [own])).toEqual({
      appeared: 1,
      reappeared: 1,
      decidedHere: 1,
      decidedElsewhere: 1,
      appearedDecided: 0,
      reopened: 0,
      decisionAltered: 0,
      changed: 0,
      vanished: 1,
    });
    expect(countQueueChanges(differences, [])).toMatchObject({ decidedHere: 0, decidedElsewhere: 2 });
    const firstSeen = [{ before: null, after: theirs, isReturning: false }];
    expect(countQueueChanges(firstSeen, [])).toMatchObject({ decidedElsewhere: 1, appearedDecided: 1 });
  });
});

describe('tellApart', () => {
  const full = (id: string | null, notes = '') => ({ ...open, hasUnplaceableTime: false, id, notes });

  test('leaves rows with an id of their own alone', () => {
    const rows = [full('a'), full('b')];
    expect(tellApart(rows)).toEqual(rows);
  });

  test('names rows without an id, and copies, alike whatever their order', () => {
    const rows = [full('a', 'x'), full('a', 'y'), full(null), full('a (copy 2)'), full('b')];
    const named = (given: typeof rows) =>
      tellApart(given)
        .map(({ id, notes, identityFault }) => [id, notes, identityFault])
        .toSorted(([a], [b]) => (a! < b! ? -1 : 1));
    expect(named(rows)).toEqual([
      ['(no id) 1', '', 'missing'],
      ['a', 'x', 'shared'],
      ['a (copy 2)', '', undefined],
      ['a (copy 3)', 'y', 'shared'],
      ['b', '', undefined],
    ]);
    expect(named(rows.toReversed())).toEqual(named(rows));
  });

  test('loses no row and gives no name twice', () => {
    const anyId = fc.option(fc.constantFrom('a', 'a (copy 2)', '(no id) 1', ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(anyId, fc.constantFrom('x', 'y'))), (given) => {
        const rows = given.map(([id, notes]) => full(id, notes));
        const apart = tellApart(rows);
        expect(new Set(apart.map(({ id }) => id)).size).toBe(rows.length);
        expect(apart.map(({ notes }) => notes)).toEqual(rows.map(({ notes }) => notes));
        for (const [index, { id, identityFault }] of apart.entries())
          if (identityFault === undefined) expect(id).toBe(rows[index]!.id);
      }),
    );
  });
});
