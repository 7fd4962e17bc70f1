// Conflicts between decisions that came in apart from each other: listed, closed with a note, open again when something new comes.
import { describe, expect, test } from 'vitest';
import type { DecisionKind } from '../../../../src-shared/model/review.ts';
import {
  closeCampaignConflict,
  listConflicts,
} from '../../../../src-main/review/campaigns/merge-conflicts.ts';
import { actAs, makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const item = makeItem({ subject: 'adam' });

function scene() {
  const ledger = ledgerWithReviewer({ name: 'Olga', id: 'olga', email: null });
  const { id } = openedWith(ledger, [item]);
  const imported = (
    reviewer: string,
    decision: DecisionKind,
    number: string,
    supersedes: string | null = null,
  ) => {
    const { key, subject, entitlement, resource } = item;
    const payload = {
      campaign: id,
      item: key,
      stage: 0,
      decision,
      reason: 'because',
      reviewerName: reviewer,
      ofRecord: 'rita',
      digest: '0'.repeat(64),
      dwellMs: null,
      opened: [],
      batch: null,
      supersedes,
      subject,
      entitlement,
      resource,
      because: 'rule',
      imported: { id: number, reviewer, decidedAt: '2026-10-02T09:00:00.000Z', file: 'f'.repeat(64) },
    };
    ledger.append(() => [{ type: 'campaign-decision', subject: key, actor: 'olga', payload }]);
  };
  const close = (changes: Partial<Parameters<typeof closeCampaignConflict>[1]> = {}) =>
    closeCampaignConflict(ledger, { campaign: id, item: item.key, stage: 0, note: 'HR knows.', ...changes });
  return { ledger, id, imported, close, list: () => listConflicts(ledger.state(), id) };
}

describe('conflicts', () => {
  test('without a choice the one the policy takes stands: the first final one', async () => {
    const { imported, close, list } = scene();
    imported('rita', 'abstain', 'a');
    expect(await list()).toEqual([]);
    imported('otto', 'revoke', 'b');
    expect((await list())[0]).toMatchObject({
      closing: null,
      opinions: [{ stands: false }, { stands: true, kind: 'revoke' }],
    });
    expect(close()).toMatchObject({ closing: { stands: 'b', note: 'HR knows.', by: 'olga' } });
    expect(await list()).toHaveLength(1);
  });

  test('a later decision of either opens it again', async () => {
    const { imported, close, list } = scene();
    imported('rita', 'certify', 'a');
    imported('otto', 'revoke', 'b');
    close({ stands: 'a' });
    imported('rita', 'modify', 'c', 'a');
    expect((await list())[0]).toMatchObject({ closing: null });
    expect((await list())[0]?.opinions.map(({ decision }) => decision)).toEqual(['b', 'c']);
  });

  test('whoever holds the right cannot close it; nor anybody without a note, or where there is none', async () => {
    const { ledger, imported, close, list } = scene();
    imported('rita', 'certify', 'a');
    expect(() => close()).toThrow(/Nobody decided this item differently/);
    imported('otto', 'revoke', 'b');
    expect(() => close({ note: ' ' })).toThrow(/with a note/);
    expect(() => close({ stands: 'nothing' })).toThrow(/none of those in conflict/);
    actAs(ledger, 'adam');
    expect(() => close()).toThrow(/your own/);
    const stranger = { id: 'sam', name: 'Sam Stranger', email: null };
    ledger.append(() => [{ type: 'reviewer-changed', subject: 'sam', actor: 'sam', payload: stranger }]);
    expect(() => close()).toThrow(/you are none of them/);
    expect((await list())[0]).toMatchObject({ closing: null });
  });
});
