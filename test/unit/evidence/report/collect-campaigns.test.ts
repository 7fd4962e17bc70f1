// How much of the campaigns of a pack a report lists: a bounded number of items, however many there are.
import { expect, test } from 'vitest';
import {
  campaignItemLine,
  campaignLineOf,
  openedCampaigns,
} from '../../../../src-main/evidence/parts/campaign-lines.ts';
import { lastOf } from '../../../../src-main/review/sampling/draw.ts';
import { campaignsListed, collectCampaigns } from '../../../../src-main/evidence/report/collect-campaigns.ts';
import { campaignChapters } from '../../../../src-main/evidence/report/sections/campaigns.ts';
import { campaignFacts } from '../../../../src-main/evidence/report/campaign-facts.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { makeDefinition, makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';
import { sampleReport } from './report-sample.ts';

/** So many campaigns of nothing but items that are to be revoked, were escalated, and nobody decided. */
function collected(campaigns: number, items: number) {
  const ledger = ledgerWithReviewer();
  for (let number = 0; number < campaigns; number += 1)
    openedWith(ledger, [makeItem()], makeDefinition({ name: `Review ${number}` }));
  const { campaigns: state, independence } = ledger.state();
  const collector = collectCampaigns();
  const lines = openedCampaigns(state).map((record) =>
    lastOf(campaignLineOf(record, independence.identities)),
  );
  for (const line of lines) collector.add(line);
  for (const { campaign } of lines)
    for (let place = 0; place < items; place += 1)
      for (const outcome of ['revoke', null, undefined] as const)
        collector.addItem(itemOf(campaign, place, outcome));
  return collector.rows();
}

const itemOf = (campaign: string, place: number, outcome: DecisionKind | null | undefined) =>
  campaignItemLine.parse({
    campaign,
    item: makeItem({ subject: `s${place}-${String(outcome)}` }),
    state: outcome === undefined ? 'open' : outcome === null ? 'undecided' : 'decided',
    outcome: outcome ?? null,
    decisions: [outcome === undefined ? null : 'D'],
  });

test('of one campaign, and of all of them together', () => {
  const [one] = collected(1, 600).rows;
  const sizes = [one!.taken, one!.held, one!.silent].map(({ rows, total }) => [rows.length, total]);
  expect(sizes).toEqual([
    [500, 600],
    [200, 600],
    [100, 600],
  ]);
  expect(one!.remediation.open).toBe(600);
  const { rows } = collected(6, 501);
  expect(rows.map(({ taken }) => taken.rows.length)).toEqual([500, 500, 500, 500, 0, 0]);
  expect(rows.map(({ taken }) => taken.total)).toEqual([501, 501, 501, 501, 501, 501]);
});

test('more campaigns than have a chapter are counted', () => {
  const { rows, total } = collected(campaignsListed.campaigns + 1, 1);
  expect([rows.length, total]).toEqual([campaignsListed.campaigns, campaignsListed.campaigns + 1]);
});

test('the report says how many more there are, and where', () => {
  const campaigns = collected(1, 600);
  const input = sampleReport();
  const said = { choice: 'all' as const, leftOut: [] };
  const facts = new Map(campaigns.rows.flatMap((row) => [...campaignFacts(row)]));
  const chapters = campaignChapters(
    { ...input, predicate: { ...input.predicate, campaigns: said }, rows: { ...input.rows, campaigns } },
    facts,
  );
  const text = JSON.stringify(chapters);
  for (const [listed, more] of [
    [500, 100],
    [200, 400],
    [100, 500],
  ])
    expect(text).toContain(`Listed are ${listed}; and ${more} more in data/campaign-items.jsonl.`);
});

test('of an item in conflict nothing is said to stand', () => {
  const campaigns = collected(1, 0);
  const [row] = campaigns.rows;
  const conflict = {
    ...itemOf(row!.line.campaign, 0, null),
    state: 'conflict' as const,
    decisions: ['certify' as const],
    remediation: null,
  };
  const held = { rows: [conflict], total: 1 };
  const facts = new Map(campaignFacts({ ...row!, held }));
  const input = sampleReport();
  const said = { choice: 'all' as const, leftOut: [] };
  const rows = { ...input.rows, campaigns: { total: 1, rows: [{ ...row!, held }] } };
  const predicate = { ...input.predicate, campaigns: said };
  const text = JSON.stringify(campaignChapters({ ...input, predicate, rows }, facts));
  expect(text).toContain('IN CONFLICT');
  expect(text).toContain('nothing, until somebody says which decision does');
});
