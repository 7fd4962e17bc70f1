// What a later population says about rights that were to go; what it cannot say stays unknown.
import { describe, expect, test } from 'vitest';
import type { CampaignItem } from '../../../../src-shared/model/campaign.ts';
import type { DecidedItem } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { judgeRecheck, type Recheck } from '../../../../src-main/review/campaigns/recheck-results.ts';
import { makeDefinition, makeItem } from '../../../support/campaign.ts';

const item = makeItem({ grantedAt: '2026-01-01T00:00:00.000Z' });

function decisionOn({ key, subject, entitlement, resource }: CampaignItem): DecidedItem {
  return {
    id: 'd',
    campaign: 'c',
    item: key,
    stage: 0,
    decision: 'revoke',
    reason: 'gone',
    reviewer: 'rita',
    reviewerName: 'Rita',
    ofRecord: 'rita',
    decidedAt: '2026-10-02T09:00:00.000Z',
    digest: '0'.repeat(64),
    dwellMs: null,
    opened: [],
    batch: null,
    supersedes: null,
    importedFrom: null,
    because: 'rule',
    subject,
    entitlement,
    resource,
  };
}

function judge(later: CampaignItem | null, changes: Partial<Recheck> = {}) {
  const map = (one: CampaignItem | null) => new Map(one === null ? [] : [[item.key, one]]);
  const [result, ...more] = judgeRecheck({
    record: { definition: makeDefinition(), rechecks: [] },
    needed: new Map([[item.key, { item: item.key, outcome: 'revoke', decision: decisionOn(item) }]]),
    earlier: map(item),
    later: map(later),
    ipe: {},
    readAt: '2026-11-01T00:00:00.000Z',
    doubt: null,
    stayed: { others: 4, othersFound: 4 },
    isWrittenOtherwise: () => false,
    ...changes,
  });
  expect(more).toEqual([]);
  return result!;
}

const removedBefore = (number: number, state: 'verified-removed' | 'still-present'): Recheck['record'] => ({
  definition: makeDefinition(),
  rechecks: [
    { number, results: [{ item: item.key, state, because: '' }] },
  ] as unknown as Recheck['record']['rechecks'],
});

describe('re-check', () => {
  test('what is not there any more is removed; what is there is still present', () => {
    expect(judge(null)).toMatchObject({ state: 'verified-removed', subject: 'eve', entitlement: 'reader' });
    expect(judge(item)).toMatchObject({ state: 'still-present' });
    expect(judge(item, { record: removedBefore(1, 'still-present') })).toMatchObject({
      state: 'still-present',
    });
  });

  test('what was removed and is back, or was granted at another time, was granted anew', () => {
    const again = judge(item, { record: removedBefore(3, 'verified-removed') });
    expect(again).toMatchObject({ state: 're-granted', because: expect.stringContaining('re-check 3') });
    expect(judge({ ...item, grantedAt: '2026-10-20T00:00:00.000Z' })).toMatchObject({ state: 're-granted' });
    expect(judge({ ...item, grantedAt: null })).toMatchObject({ state: 'still-present' });
    expect(judge(null, { record: removedBefore(1, 'verified-removed') })).toMatchObject({
      state: 'verified-removed',
    });
  });

  test('that nobody used it, or that rows may be hidden, shows nothing', () => {
    const definition = makeDefinition({ scope: { from: 'activity', actorTypes: [] } });
    expect(judge(null, { record: { definition, rechecks: [] } })).toMatchObject({ state: null });
    expect(judge(item, { record: { definition, rechecks: [] } })).toMatchObject({ state: 'still-present' });
    const hidden = judge(null, { ipe: { reservations: ['Rows may be hidden.'] } });
    expect(hidden).toMatchObject({ state: null, because: expect.stringContaining('Rows may be hidden.') });
  });

  test('what is there written otherwise is not removed', () => {
    expect(judge(null, { isWrittenOtherwise: (key) => key === item.key })).toMatchObject({
      state: null,
      because: expect.stringContaining('only in how its names are written'),
    });
  });

  test('a removal says what else is missing, and what was not looked at', () => {
    expect(judge(null, { stayed: { others: 4, othersFound: 3 } }).because).toMatch(
      /Of the 4 rights that were not to go it holds 3\.$/,
    );
    const { scope } = makeDefinition();
    const filters = [
      { column: 'account', is: 'not-empty' as const, values: [], reason: 'only what somebody holds' },
    ];
    const definition = makeDefinition({ scope: { ...scope, filters } as typeof scope });
    expect(judge(null, { record: { definition, rechecks: [] } }).because).toMatch(/filters leave out/);
  });

  test('what the later population lacks is unknown where it may be one of something else', () => {
    const other = judge(null, { doubt: 'It may be another one.' });
    expect(other).toMatchObject({ state: null, because: expect.stringContaining('It may be another one.') });
    expect(judge(item, { doubt: 'It may be another one.' })).toMatchObject({ state: 'still-present' });
  });
});
