// Our own decision in a row is known by everything it carries.
import { describe, expect, test } from 'vitest';
import { aboveEarlierNotes, formatNotes } from '../../../src-main/source/notes.ts';
import { carriesOwnDecision, type OwnDecision } from '../../../src-main/source/own-decision.ts';

const decisionId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const entryHash = 'ab'.repeat(32);
const line = formatNotes({
  decision: 'certify',
  decisionId,
  entryHash,
  decidedAt: '2026-11-16T00:00:00.000Z',
  offsetSeconds: null,
  reason: 'seen',
});
const own: OwnDecision = { decisionId, entryHash, review: 'r1', decision: 'certify', reviewer: 'Rita' };
const row = { id: 'r1', reviewerId: 'rita', reviewedAtMicroseconds: 1, notes: line };
const carries = (changes: Partial<typeof row> = {}, made: Partial<OwnDecision> = {}) =>
  carriesOwnDecision({ ...row, ...changes }, (id) => (id === decisionId ? { ...own, ...made } : undefined));

describe('a row carries our decision', () => {
  test('with its mark, content and reviewer, whatever was added to the reason', () => {
    expect(carries()).toBe(true);
    expect(carries({ notes: `${line} PS` })).toBe(true);
  });

  test.each([
    ['another row', { id: 'r2' }, {}],
    ['another reviewer', { reviewerId: 'otto' }, {}],
    ['another decision', {}, { decision: 'revoke' }],
    ['another entry', {}, { entryHash: 'cd'.repeat(32) }],
    ['no mark', { notes: 'fine' }, {}],
    ['earlier notes that nobody was shown', { notes: aboveEarlierNotes(line, 'please wait') }, {}],
    ['no earlier notes, where some were shown', {}, { earlierNotes: 'please wait' }],
    ['other earlier notes', { notes: aboveEarlierNotes(line, 'go on') }, { earlierNotes: 'please wait' }],
  ] as const)('not with %s', (_, changes, made) => {
    expect(carries(changes, made)).toBe(false);
  });

  test('with the very notes below it that were shown', () => {
    expect(carries({ notes: aboveEarlierNotes(line, 'wait') }, { earlierNotes: 'wait' })).toBe(true);
  });
});
