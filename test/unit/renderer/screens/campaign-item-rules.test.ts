// The rules of deciding items of a campaign, as far as the window knows them.
import { describe, expect, test } from 'vitest';
import { reasonNeeded } from '../../../../src-main/review/campaigns/decide-items.ts';
import { suggestionFor } from '../../../../src-main/review/campaigns/suggestion.ts';
import type { CampaignItem } from '../../../../src-shared/model/campaign.ts';
import type { CampaignItemDetail, ListedItem } from '../../../../src-shared/model/campaign-view.ts';
import { decisionKinds } from '../../../../src-shared/model/review.ts';
import {
  hasLeft,
  isReasonNeeded,
  mayJoin,
  nextAfter,
  placeOf,
} from '../../../../src-renderer/screens/campaigns/items/item-rules.ts';
import { firstChoice } from '../../../../src-renderer/state/campaign-items-view.ts';
import { makeItem, people } from '../../../support/campaign.ts';

const listed = (changes: Partial<ListedItem> = {}): ListedItem => ({
  ...makeItem(),
  digest: 'd',
  state: 'open',
  stage: 0,
  outcome: null,
  ofRecord: people.rita,
  acting: people.rita,
  because: 'one person reviews everything',
  decision: null,
  suggestion: null,
  ...changes,
});

test('a reason is asked for exactly where the workstation refuses to go without one', () => {
  const dormant: CampaignItem['flags'] = [{ flag: 'dormant', is: 'yes', because: 'last used long ago' }];
  for (const privileged of ['yes', 'no', 'unknown'] as const)
    for (const flags of [[], dormant])
      for (const decision of decisionKinds)
        for (const isBulk of [false, true]) {
          const item = makeItem({ privileged, flags });
          const shown = listed({ ...item, suggestion: suggestionFor(item) });
          expect(isReasonNeeded(decision, isBulk ? [shown, shown] : [shown])).toBe(
            reasonNeeded(decision, item, isBulk) !== null,
          );
        }
});

type Made = CampaignItemDetail['decisions'][number];
const made = (changes: Partial<Made>): Made => ({
  id: 'decision-1',
  campaign: 'c',
  item: 'i',
  stage: 0,
  decision: 'certify',
  reason: null,
  reviewer: 'rita',
  reviewerName: 'Rita Reviewer',
  ofRecord: 'rita',
  decidedAt: '2026-10-01T00:00:00.000Z',
  digest: 'd',
  dwellMs: null,
  opened: [],
  batch: null,
  supersedes: null,
  importedFrom: null,
  because: '',
  stands: true,
  isOwn: false,
  ...changes,
});

describe('the place of a decision', () => {
  test('is the stage the item is in, for its reviewer and for whoever stands in', () => {
    const item = listed({ stage: 1, decision: 'decision-9', acting: people.otto });
    expect(placeOf({ item, decisions: [] }, 'rita')).toEqual({ stage: 1, standing: 'decision-9' });
    expect(placeOf({ item, decisions: [] }, 'otto')).toEqual({ stage: 1, standing: 'decision-9' });
  });

  test('is the stage before, for whoever decided that one and corrects it', () => {
    const item = listed({ stage: 1, ofRecord: people.adam, acting: people.adam });
    const decisions = [made({ id: 'old', stands: false }), made({ id: 'new' })];
    expect(placeOf({ item, decisions }, 'rita')).toEqual({ stage: 0, standing: 'new' });
    expect(placeOf({ item, decisions }, 'olga')).toBeNull();
  });
});

test('an item leaves the list with its state, or with whom it is for', () => {
  const before = listed();
  const decided = listed({ state: 'decided', outcome: 'certify' });
  const handedOn = listed({ stage: 1, ofRecord: people.adam, acting: people.adam });
  expect(hasLeft(before, decided, firstChoice)).toBe(true);
  expect(hasLeft(before, decided, { ...firstChoice, state: 'all' })).toBe(false);
  expect(hasLeft(before, handedOn, firstChoice)).toBe(true);
  expect(hasLeft(before, handedOn, { ...firstChoice, isMine: false })).toBe(false);
});

test('after a decision comes the next item, at the end the one before', () => {
  const order = ['a', 'b', 'c', 'd'];
  expect(nextAfter(order, new Set(['b']))).toBe('c');
  expect(nextAfter(order, new Set(['b', 'd']))).toBe('c');
  expect(nextAfter(order, new Set(['d']))).toBe('c');
  expect(nextAfter(order, new Set(order))).toBeNull();
  expect(nextAfter(order, new Set(['x']))).toBeNull();
});

test('only what is open, alike and plain joins others by itself', () => {
  const like = makeItem();
  expect(mayJoin(listed(), like)).toBe(true);
  expect(mayJoin(listed({ flags: [{ flag: 'new', is: 'unknown', because: '' }] }), like)).toBe(true);
  for (const changes of [
    { entitlement: 'writer' },
    { subjectType: 'service' },
    { state: 'decided' as const },
    { privileged: 'unknown' as const },
    { flags: [{ flag: 'dormant' as const, is: 'yes' as const, because: '' }] },
  ])
    expect(mayJoin(listed(changes), like)).toBe(false);
});
