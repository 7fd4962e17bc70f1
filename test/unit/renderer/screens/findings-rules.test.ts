// The pure rules of the findings: rows of the tree, names of numbers, limits of an exception.
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src-shared/model/finding.ts';
import type { FindingCase } from '../../../../src-shared/model/story.ts';
import { treeStep } from '../../../../src-renderer/components/grid-table.ts';
import { nbLineOf, wordsOfName } from '../../../../src-renderer/screens/findings/evidence-words.ts';
import {
  emptyDraft,
  exceptionErrors,
  requestOf,
  scopeOf,
} from '../../../../src-renderer/screens/findings/exception-form.ts';
import { statusOf } from '../../../../src-renderer/screens/findings/finding-rules.ts';
import {
  secondTierRow,
  storyRows,
  titleWithoutActor,
} from '../../../../src-renderer/screens/findings/story-tree.ts';
import { makeFinding } from '../../../support/finding.ts';

function makeStory(id: string, members: readonly Finding[], of: Partial<FindingCase> = {}): FindingCase {
  return {
    id,
    sourceAccount: 'primary',
    title: 'Many failed sign-ins by Dana Fox',
    actor: 'dana',
    actorName: 'Dana Fox',
    actors: ['dana'],
    start: '2026-11-02T09:00:00.000Z',
    end: '2026-11-02T10:00:00.000Z',
    severity: 'high',
    members: members.map((member) => member.id),
    detectors: [],
    score: 4,
    open: members.length,
    isSecondTier: false,
    ...of,
  };
}

describe('storyRows', () => {
  const pair = [makeFinding('a', { score: 3 }), makeFinding('b', { score: 9, disposition: 'escalated' })];
  const busy = [makeFinding('z', { detector: 'z3' })];
  const findings = [...pair, ...busy];
  const stories = [makeStory('pair', pair), makeStory('busy', busy, { isSecondTier: true })];
  const rows = (status: 'open' | 'escalated' | 'all', detector = '', toggled: string[] = []) =>
    storyRows(stories, findings, { status, detector }, new Set(toggled)).map(({ id, level }) => [id, level]);

  it('has one row a story, and busy hours under their own heading', () => {
    expect(rows('all')).toEqual([
      ['pair', 1],
      [secondTierRow, 1],
      ['z', 2],
    ]);
  });

  it('opens a story to its findings, and closes the second tier', () => {
    expect(rows('all', '', ['pair', secondTierRow])).toEqual([
      ['pair', 1],
      ['b', 2],
      ['a', 2],
      [secondTierRow, 1],
    ]);
  });

  it('keeps a story together where only some of its findings fit', () => {
    expect(rows('escalated', '', ['pair'])).toEqual([
      ['pair', 1],
      ['b', 2],
    ]);
    expect(rows('all', 'z3')).toEqual([
      [secondTierRow, 1],
      ['z', 2],
    ]);
  });

  it('leaves the actor out of the title where a column says who', () => {
    expect(titleWithoutActor(makeStory('s', []))).toBe('Many failed sign-ins');
    expect(titleWithoutActor(makeStory('s', [], { actor: '', title: 'Silence by night' }))).toBe(
      'Silence by night',
    );
  });
});

describe('treeStep', () => {
  const places = {
    story: { level: 1, isExpanded: false, parent: null },
    open: { level: 1, isExpanded: true, parent: null },
    finding: { level: 2, isExpanded: null, parent: 'open' },
  };
  const order = ['story', 'open', 'finding'];
  const step = (key: string, id: keyof typeof places) =>
    treeStep(key, id, order, {
      placeOf: (row) => places[row as keyof typeof places],
      onExpand: () => undefined,
    });

  it('opens, closes, enters and leaves', () => {
    expect(step('ArrowRight', 'story')).toEqual({ expand: true });
    expect(step('ArrowLeft', 'open')).toEqual({ expand: false });
    expect(step('ArrowRight', 'open')).toEqual({ select: 'finding' });
    expect(step('ArrowLeft', 'finding')).toEqual({ select: 'open' });
    expect(step('ArrowRight', 'finding')).toBeNull();
    expect(step('ArrowLeft', 'story')).toBeNull();
    expect(step('ArrowDown', 'open')).toBeNull();
  });
});

describe('numbers of a finding', () => {
  it('are named in words', () => {
    expect(wordsOfName('minusLog10Probability')).toBe('Minus log10 probability');
    expect(wordsOfName('sharePercent')).toBe('Share percent');
  });

  it('of nb make a line on which the threshold is the smallest count that is listed', () => {
    const evidence = { lambda: 4, size: 2, smallestListed: 15, highestInCell: 9, count: 20 };
    expect(nbLineOf(makeFinding('f', { evidence }))).toMatchObject({
      count: 20,
      mean: 4,
      sd: Math.sqrt(4 + 8),
      highest: 9,
      deviationUsed: 11,
      threshold: 1,
    });
    expect(nbLineOf(makeFinding('f', { evidence: { lambda: 4 } }))).toBeNull();
  });
});

describe('an exception', () => {
  const finding = makeFinding('f', { count: 12 });
  const draft = { ...emptyDraft(finding, 'Rita'), reason: 'the monthly close' };

  it('covers the finding it is written for, for a month, up to its count', () => {
    const scope = scopeOf(finding, draft, 9, Date.parse('2026-11-16T00:00:00Z'));
    expect(scope).toEqual({
      detector: 'nb',
      sourceAccount: 'primary',
      entityKind: 'actor',
      entity: 'dana',
      action: 'role_grant',
      hourOfWeek: null,
      maximumCount: 12,
      expiresAt: '2026-12-16T00:00:00.000Z',
    });
    expect(requestOf(scope!, finding, draft)).toMatchObject({ owner: 'Rita', finding: 'f' });
    expect(scopeOf(finding, { ...draft, onlyHour: true, onlyAction: false }, 9, 0)).toMatchObject({
      action: null,
      hourOfWeek: 9,
    });
  });

  it('needs an owner, a reason and an end within 90 days', () => {
    expect(exceptionErrors(draft, 'nb')).toEqual({});
    expect(Object.keys(exceptionErrors({ ...draft, days: '91', owner: ' ', reason: '' }, 'nb'))).toEqual([
      'days',
      'owner',
      'reason',
    ]);
    expect(scopeOf(finding, { ...draft, maximumCount: '1.5' }, 9, 0)).toBeNull();
  });

  it('for a rule that is certain takes an explicit word', () => {
    expect(exceptionErrors(draft, 'sod')).toHaveProperty('acknowledged');
    expect(exceptionErrors({ ...draft, acknowledged: true }, 'sod')).toEqual({});
  });
});

it('what a person said goes before what an exception lets pass', () => {
  expect(statusOf({ disposition: 'escalated', suppressedBy: 'x' })).toBe('escalated');
  expect(statusOf({ disposition: null, suppressedBy: 'x' })).toBe('suppressed');
  expect(statusOf({ disposition: null, suppressedBy: null })).toBe('open');
});
