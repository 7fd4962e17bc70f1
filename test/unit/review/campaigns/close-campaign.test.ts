// Who may attest and close, and what stops them.
import { expect, test } from 'vitest';
import { attestCampaign, closeCampaign } from '../../../../src-main/review/campaigns/close-campaign.ts';
import { decideItems } from '../../../../src-main/review/campaigns/decide-items.ts';
import { addAliases } from '../../../../src-main/review/independence-acts.ts';
import { actAs, frozenCampaign, makeDefinition, makeItem, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, openCache, temporaryFolder } from '../../../support/workspace.ts';

function opened(reviewers: readonly string[] = ['rita', 'otto']) {
  const ledger = ledgerWithReviewer(people.olga);
  const workspace = temporaryFolder();
  const items = Array.from({ length: 12 }, (_, index) => makeItem({ subject: `s${index}` }));
  const definition = makeDefinition({
    stages: [{ name: 'one', reviewer: { by: 'round-robin', people: [...reviewers] }, fallback: 'adam' }],
  });
  const { id } = frozenCampaign(ledger, workspace, items, definition);
  const store = { ledger, workspace, cache: openCache(), nowMs: () => Date.parse('2026-11-16T00:00:00Z') };
  const decideAs = async (who: keyof typeof people) => {
    actAs(ledger, who);
    let decided = 0;
    for (const { key } of items)
      decided += await decideItems(store, { campaign: id, items: [{ key }], decision: 'certify' }).then(
        () => 1,
        () => 0,
      );
    return decided;
  };
  const attest = (who: 'olga' | 'adam', role: 'owner' | 'approver') => {
    actAs(ledger, who);
    return attestCampaign(store, { campaign: id, role, statement: 'seen' });
  };
  return { ledger, store, id, items, decideAs, attest };
}

test('owner and approver who turn out to be one person close nothing, before and after they attested', async () => {
  const { ledger, store, id, decideAs, attest } = opened();
  expect((await decideAs('rita')) + (await decideAs('otto'))).toBe(12);
  await attest('olga', 'owner');
  await attest('adam', 'approver');
  addAliases(ledger, { add: ['olga'], reason: 'the same person', isSamePerson: true });
  await expect(closeCampaign(store, { campaign: id })).rejects.toThrow(/one person/);
  await expect(attest('olga', 'owner')).rejects.toThrow(/one person/);
});

test('whoever decided everything alone stands for none of it', async () => {
  const { decideAs, attest } = opened(['olga']);
  expect(await decideAs('olga')).toBe(12);
  await expect(attest('olga', 'owner')).rejects.toThrow(/only one who decided/);
});

test('the approver comes after the owner; nobody else closes; closed is closed', async () => {
  const { ledger, store, id, items, decideAs, attest } = opened();
  await decideAs('rita');
  await decideAs('otto');
  await expect(attest('adam', 'approver')).rejects.toThrow(/owner has not attested/);
  await attest('olga', 'owner');
  await attest('adam', 'approver');
  actAs(ledger, 'rita');
  await expect(closeCampaign(store, { campaign: id })).rejects.toThrow(/Only the owner or the approver/);
  actAs(ledger, 'adam');
  expect(await closeCampaign(store, { campaign: id })).toMatchObject({ state: 'closed' });
  await expect(
    decideItems(store, { campaign: id, items: [{ key: items[0]!.key }], decision: 'certify' }),
  ).rejects.toThrow(/is closed/);
});

test('several at once are all or none, and never what is decided already', async () => {
  const { ledger, store, id, items } = opened(['rita']);
  actAs(ledger, 'rita');
  const bulk = (from: number, to: number, reason?: string) =>
    decideItems(store, {
      campaign: id,
      items: items.slice(from, to).map(({ key }) => ({ key })),
      decision: 'certify',
      reason,
    });
  await expect(bulk(0, 3)).rejects.toThrow(/needs a reason/);
  const batch = await bulk(0, 3, 'one team, one right');
  expect(new Set(batch.map((decision) => decision.batch)).size).toBe(1);
  const before = ledger.state().entries;
  await expect(bulk(2, 5, 'again')).rejects.toThrow(/decided already/);
  expect(ledger.state().entries).toBe(before);
});
