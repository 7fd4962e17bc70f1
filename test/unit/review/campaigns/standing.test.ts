// What stands of an item: by policy, after corrections, with two people who decided apart, and without one’s own word.
import { describe, expect, test } from 'vitest';
import type { DecidedItem } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { currentDecision, isInConflict, standingOf } from '../../../../src-main/review/campaigns/standing.ts';
import { makeDefinition, makeItem } from '../../../support/campaign.ts';

const item = makeItem();
const decided = (id: string, changes: Partial<DecidedItem> = {}): DecidedItem => ({
  id,
  campaign: 'c',
  item: item.key,
  stage: 0,
  decision: 'certify',
  reason: null,
  reviewer: 'rita',
  reviewerName: 'Rita',
  ofRecord: 'rita',
  decidedAt: `2026-11-0${id}T00:00:00.000Z`,
  digest: 'd',
  dwellMs: null,
  opened: [],
  batch: null,
  supersedes: null,
  importedFrom: null,
  subject: item.subject,
  entitlement: item.entitlement,
  resource: null,
  because: '',
  ...changes,
});

const rule = { reviewer: { by: 'person' as const, person: 'rita' }, fallback: 'otto' };
function judged(policy: 'first-final' | 'all-agree', decisions: DecidedItem[], stands?: string) {
  const stages = ['one', 'two'].map((name) => ({ name, ...rule }));
  const closing = {
    campaign: 'c',
    item: item.key,
    stage: 0,
    stands: stands ?? '',
    note: 'n',
    byName: '',
    entry: '',
    by: '',
    at: '',
  };
  return {
    definition: makeDefinition({ policy, stages }),
    decisions: new Map(decisions.length === 0 ? [] : [[item.key, decisions]]),
    statedNames: new Map(),
    conflictClosings: new Map(stands === undefined ? [] : [[`${item.key} 0`, closing]]),
  };
}
const standing = (...args: Parameters<typeof judged>) => {
  const { state, stage, outcome } = standingOf(judged(...args), item, new Map());
  return [state, stage, outcome];
};

describe('first-final', () => {
  test('the first stage with a final decision decides; abstaining and escalating hand on', () => {
    expect(standing('first-final', [])).toEqual(['open', 0, null]);
    expect(standing('first-final', [decided('1')])).toEqual(['decided', 0, 'certify']);
    expect(standing('first-final', [decided('1', { decision: 'abstain' })])).toEqual(['open', 1, null]);
    const escalated = decided('1', { decision: 'escalate' });
    expect(standing('first-final', [escalated, decided('2', { stage: 1, decision: 'modify' })])).toEqual([
      'decided',
      1,
      'modify',
    ]);
    expect(standing('first-final', [escalated, decided('2', { stage: 1, decision: 'abstain' })])).toEqual([
      'undecided',
      1,
      null,
    ]);
  });
});

describe('all-agree', () => {
  test('every stage has to come to the same', () => {
    expect(standing('all-agree', [decided('1')])).toEqual(['open', 1, null]);
    expect(standing('all-agree', [decided('1'), decided('2', { stage: 1 })])).toEqual([
      'decided',
      1,
      'certify',
    ]);
    expect(standing('all-agree', [decided('1'), decided('2', { stage: 1, decision: 'revoke' })])).toEqual([
      'disagreed',
      1,
      null,
    ]);
    expect(standing('all-agree', [decided('1', { decision: 'abstain' })])).toEqual(['undecided', 0, null]);
  });
});

describe('several decisions in a stage', () => {
  const apart = [
    decided('2', { decision: 'revoke', reviewer: 'otto' }),
    decided('1', { decision: 'abstain' }),
    decided('3'),
  ];
  test('the first final one stands until somebody says which; differing ones are a conflict', () => {
    const open = judged('first-final', apart);
    expect(currentDecision(open, item, 0, new Map())?.id).toBe('2');
    expect(isInConflict(open, item, 0, new Map())).toBe(true);
    expect(standing('first-final', apart)).toEqual(['conflict', 0, null]);
    expect(standing('first-final', apart, '3')).toEqual(['decided', 0, 'certify']);
  });
  test('the same decision twice is no conflict; a correction takes the place of what it corrects', () => {
    expect(standing('first-final', [decided('1'), decided('2', { reviewer: 'otto' })])).toEqual([
      'decided',
      0,
      'certify',
    ]);
    expect(
      standing('first-final', [decided('1'), decided('2', { decision: 'revoke', supersedes: '1' })]),
    ).toEqual(['decided', 0, 'revoke']);
  });
  test('one’s own word never counts, and corrects nothing', () => {
    const own = decided('2', { decision: 'revoke', reviewer: 'eve', supersedes: '1' });
    expect(standing('first-final', [own])).toEqual(['open', 0, null]);
    expect(standing('first-final', [decided('1'), own])).toEqual(['decided', 0, 'certify']);
  });
});
