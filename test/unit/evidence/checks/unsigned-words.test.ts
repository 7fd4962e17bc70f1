// What a workspace records against the signed word of a reviewer, and re-checks that show nothing, are counted.
import { expect, test } from 'vitest';
import type { DecidedItem } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { hollowRechecks } from '../../../../src-main/evidence/checks/campaign-follow-up-checks.ts';
import { unsignedWords } from '../../../../src-main/evidence/checks/unsigned-words.ts';
import type { OpenedCampaign } from '../../../../src-main/evidence/parts/campaign-lines.ts';
import { lastOf } from '../../../../src-main/review/sampling/draw.ts';
import { makeDefinition, makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const items = ['eve', 'joe', 'kim'].map((subject) => makeItem({ subject }));
const opened = () => openedWith(ledgerWithReviewer(), items, makeDefinition()) as OpenedCampaign;

function decided(
  decision: DecidedItem['decision'],
  reviewer: string,
  file: string | null,
  changes: Partial<DecidedItem> = {},
): DecidedItem {
  const known = { id: 'A', supersedes: null, decidedAt: '2026-11-16T10:00:00.000Z', importedFrom: file };
  return { ...known, item: items[0]!.key, stage: 0, decision, reviewer, ...changes } as DecidedItem;
}

function unsigned(...about: readonly DecidedItem[]): number {
  const record = opened();
  record.decisions.set(items[0]!.key, [...about]);
  record.imports.push({} as OpenedCampaign['imports'][number]);
  return lastOf(unsignedWords(record, new Map()));
}

test('a decision in the name of somebody who signed another one is counted', () => {
  const signed = decided('revoke', 'rita', 'f'.repeat(64));
  expect(unsigned(signed, decided('certify', 'RITA', null))).toBe(1);
  expect(unsigned(signed, decided('revoke', 'rita', null))).toBe(0);
  expect(unsigned(signed, decided('certify', 'otto', null))).toBe(0);
  expect(unsigned(signed, decided('certify', 'rita', 'e'.repeat(64)))).toBe(0);
});

test('what they signed last is their word, not what they corrected themself', () => {
  const file = 'f'.repeat(64);
  const first = decided('revoke', 'rita', file);
  // By a clock that was set back meanwhile.
  const next = { id: 'B', supersedes: 'A', decidedAt: '2026-11-15T10:00:00.000Z' };
  const corrected = decided('certify', 'rita', file, next);
  expect(unsigned(first, corrected, decided('certify', 'rita', null, { id: 'C' }))).toBe(0);
  expect(unsigned(first, corrected, decided('revoke', 'rita', null, { id: 'C' }))).toBe(1);
  const apart = { ...corrected, supersedes: null, decidedAt: '2026-11-17T10:00:00.000Z' };
  expect(unsigned(first, apart, decided('certify', 'rita', null, { id: 'C' }))).toBe(0);
});

test('what they decided here first and corrected by file is no word against theirs', () => {
  const here = decided('certify', 'rita', null, { id: 'A' });
  const corrected = decided('revoke', 'rita', 'f'.repeat(64), { id: 'B', supersedes: 'A' });
  expect(unsigned(here, corrected)).toBe(0);
});

function hollow(laterItems: number, state: 'verified-removed' | 'still-present'): number {
  const record = opened();
  const { ipe } = record.opened;
  const results = [{ item: items[0]!.key, state, because: '' }];
  const recheck = { ipe: { ...ipe, items: laterItems }, results };
  record.rechecks.push(recheck as OpenedCampaign['rechecks'][number]);
  return hollowRechecks(record);
}

test('a right that is gone from a population of nothing is not verified', () => {
  expect(hollow(0, 'verified-removed')).toBe(1);
  expect(hollow(2, 'verified-removed')).toBe(0);
  expect(hollow(1, 'still-present')).toBe(0);
});
