// What the conflicts screen says in words.
import { describe, expect, it } from 'vitest';
import { conflictStandings } from '../../../../src-shared/model/conflict-standing.ts';
import type { Conflict } from '../../../../src-shared/model/conflict.ts';
import {
  adviceOf,
  entryWords,
  offsetWords,
  orderWords,
  storyOf,
  writtenWords,
} from '../../../../src-renderer/screens/conflicts/conflict-words.ts';

const conflict = (of: Partial<Conflict> = {}): Conflict => ({
  kind: 'review',
  review: 'a',
  standing: 'open',
  cause: 'decided-first',
  reopened: false,
  row: null,
  item: {
    id: 'a',
    origin: 'database',
    tenant: null,
    auditLogId: null,
    action: 'role_grant',
    actor: null,
    actorName: null,
    createdAt: null,
    dueAt: '2026-11-16T00:00:00.000Z',
    overdue: false,
    severity: null,
    status: 'decided',
    decision: 'certify',
    decisionId: 'd',
    sync: 'superseded',
    conflict: true,
    server: null,
    digest: '',
  },
  ours: {
    id: 'd',
    decision: 'certify',
    reviewer: 'rita',
    reviewerName: 'Rita',
    decidedAt: '2026-11-15T00:00:00.000Z',
    sync: 'superseded',
  },
  theirs: { reviewer: 'otto', reviewedAt: '2026-11-15T00:00:00.000Z', notes: null, decision: 'revoke' },
  closing: null,
  ...of,
});

/** Without the marks that keep values in their own direction. */
const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '');

describe('storyOf', () => {
  it.each([
    [{}, '“otto” decided before ours arrived. Their notes say: Revoked. Ours is: Certified.'],
    [
      { theirs: { reviewer: null, reviewedAt: null, notes: 'x', decision: null } },
      'Somebody decided before ours arrived. What they decided is said in their notes only. Ours is: Certified.',
    ],
    [
      { cause: 'row-altered' },
      'Our decision, Certified, was written, and the row was changed afterwards. It now names “otto”.',
    ],
    [
      { cause: 'row-altered', theirs: null },
      'Our decision, Certified, was written. The row is open again: what was written is gone.',
    ],
    [
      { cause: 'late-correction' },
      'The row was closed with an earlier decision of ours. The correction to Certified came too late to be written.',
    ],
    [{ cause: null }, 'The audit database holds nothing that differs from ours any more.'],
    [{ standing: 'corroboration' }, '“otto” decided first, and decided the same as “Rita”: Certified.'],
  ] satisfies [Partial<Conflict>, string][])('says %o', (of, words) => {
    expect(plain(storyOf(conflict(of)))).toBe(words);
  });

  it('says that it was closed before', () => {
    expect(storyOf(conflict({ reopened: true }))).toMatch(/It was closed before/);
  });

  it('lets no name pose as our words', () => {
    const reviewer = '\u202Eotto” decided nothing';
    const theirs = { reviewer, reviewedAt: null, notes: null, decision: null };
    expect(storyOf(conflict({ theirs }))).toContain('“\u2068⟨U+202E⟩otto” decided nothing\u2069”');
  });
});

it('advises to escalate outside only while a conflict is open', () => {
  const advice = conflictStandings.map((standing) => adviceOf(standing).title);
  expect(advice.map((title) => title.includes('Escalate outside'))).toEqual([true, false, false]);
});

it.each([
  ['2026-11-15T00:00:00.000Z', '2026-11-15T00:00:00.000Z', 'at the same moment as theirs'],
  ['2026-11-15T00:00:00.000Z', '2026-11-15T00:00:00.400Z', 'less than a second before theirs'],
  ['2026-11-15T02:05:00.000Z', '2026-11-15T00:00:00.000Z', '2 h 5 min after theirs'],
  ['2026-11-15T02:05:00.000Z', null, null],
])('%s against %s: %s', (ours, theirs, words) => {
  expect(orderWords(ours, theirs)).toBe(words);
});

it.each([
  [null, 'never compared with the server’s clock'],
  [40, 'agreed with the server’s clock'],
  [2400, 'was 2.4 s behind the server’s clock'],
  [-7_200_000, 'was 2 h ahead of the server’s clock'],
])('a clock with the offset %s %s', (offset, words) => {
  expect(offsetWords(offset)).toBe(words);
});

it('names what is recorded, and leaves what it has no words for as it is', () => {
  expect(entryWords('conflict-closed')).toBe('Conflict closed');
  expect(entryWords('unmask')).toBe('unmask');
  const causes = [null, 'decided-first', 'row-altered', 'late-correction'] as const;
  expect(causes.map(writtenWords)).toEqual([
    'not written to the row',
    'not written to the row',
    'written to the row, and replaced there since',
    'an earlier decision of ours was written',
  ]);
});
