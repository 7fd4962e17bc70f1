// Whose a decision was to make is asked by who was known to be whom when it was recorded.
import { expect, test } from 'vitest';
import { emptyCampaigns } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { applyCampaignEntry } from '../../../../src-main/review/campaigns/apply-campaign-entry.ts';
import { decideItems } from '../../../../src-main/review/campaigns/decide-items.ts';
import { addAliases } from '../../../../src-main/review/independence-acts.ts';
import { applyIndependence, emptyIndependence } from '../../../../src-main/review/independence-state.ts';
import { lawfulReviewer } from '../../../../src-main/evidence/checks/campaign-rule-checks.ts';
import { knownPeople } from '../../../../src-main/evidence/checks/known-people.ts';
import type { OpenedCampaign } from '../../../../src-main/evidence/parts/campaign-lines.ts';
import { actAs, frozenCampaign, makeDefinition, makeItem, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, openCache, stoppedClock, temporaryFolder } from '../../../support/workspace.ts';

test('a name that its owner states later makes nobody’s decision somebody else’s', async () => {
  const [workspace, cache, clock] = [temporaryFolder(), openCache(), stoppedClock('2026-11-16T10:00:00Z')];
  const ledger = ledgerWithReviewer(people.olga, clock);
  const columns = { subject: 'account', entitlement: 'role', manager: 'manager' };
  const scope = { from: 'table' as const, schema: 'public', table: 'entitlement', columns, filters: [] };
  const stages = [{ name: 'managers', reviewer: { by: 'manager' as const }, fallback: 'otto' }];
  const items = ['eve', 'joe'].map((subject) => makeItem({ subject, manager: 'rita-old' }));
  const { id } = frozenCampaign(ledger, workspace, items, makeDefinition({ scope, stages }));
  const store = { ledger, cache, workspace, nowMs: clock.nowMs };
  const decide = (item = items[0]!) =>
    decideItems(store, { campaign: id, items: [{ key: item.key }], decision: 'certify' });
  actAs(ledger, 'otto');
  await decide();
  actAs(ledger, 'rita');
  addAliases(ledger, { add: ['rita-old'], reason: 'My name until spring.' });
  await decide(items[1]);

  const [state, independence, known] = [emptyCampaigns(), emptyIndependence(), knownPeople()];
  for (const { entry } of ledger.entries()) {
    applyIndependence(independence, entry);
    applyCampaignEntry(state, entry);
    known.add(state, independence.identities, entry);
  }
  const record = state.byId.get(id) as OpenedCampaign;
  const isLawful = lawfulReviewer(record, (decision) => known.at(record, decision));
  const made = items.map(({ key }) => record.decisions.get(key)![0]!);
  expect(made.map((decision, place) => isLawful(items[place]!, decision))).toEqual([true, true]);
  // Each by what was known at the other’s time.
  const swapped = lawfulReviewer(record, (decision) =>
    known.at(
      record,
      made.find((one) => one !== decision)!,
    ),
  );
  expect(made.map((decision, place) => swapped(items[place]!, decision))).toEqual([false, false]);
});
