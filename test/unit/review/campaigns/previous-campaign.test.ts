// What an opening is compared with: never a population of another database, table or kind of file.
import { expect, test } from 'vitest';
import type { CampaignDefinition } from '../../../../src-shared/model/campaign.ts';
import { defineCampaign } from '../../../../src-main/review/campaigns/define-campaign.ts';
import { previousCampaign } from '../../../../src-main/review/campaigns/previous-campaign.ts';
import type { LedgerState } from '../../../../src-main/review/projection.ts';
import { makeDefinition, openedWith, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const columns = { subject: 'account', entitlement: 'role' };
const file = (sha256: string, more: { resource?: string } = {}): CampaignDefinition =>
  makeDefinition({
    scope: { from: 'file', name: 'a.csv', sha256, columns: { ...columns, ...more }, filters: [] },
  });

test('of files the newest one with the same columns, whatever they are called', () => {
  const ledger = ledgerWithReviewer(people.olga);
  const first = openedWith(ledger, [], file('a'.repeat(64)));
  openedWith(ledger, [], file('b'.repeat(64), { resource: 'system' }));
  openedWith(ledger, []);
  const draft = defineCampaign(ledger, { definition: file('c'.repeat(64)) });
  expect(previousCampaign(ledger.state(), draft, undefined)?.id).toBe(first.id);
  expect(previousCampaign(ledger.state(), draft, null)).toBeNull();
  const other = defineCampaign(ledger, { definition: file('d'.repeat(64), { resource: 'app' }) });
  expect(previousCampaign(ledger.state(), other, undefined)).toBeNull();
  expect(previousCampaign(ledger.state(), other, first.id)?.id).toBe(first.id);
  expect(() => previousCampaign(ledger.state(), other, draft.id)).toThrow(/never opened/);
});

test('of tables only one of the database that is connected', () => {
  const ledger = ledgerWithReviewer(people.olga);
  const record = openedWith(ledger, []);
  const draft = defineCampaign(ledger, { definition: makeDefinition() });
  expect(previousCampaign(ledger.state(), draft, undefined)?.id).toBe(record.id);
  const connection = { identity: 'another database' } as LedgerState['connection'];
  expect(previousCampaign({ ...ledger.state(), connection }, draft, undefined)).toBeNull();
});

test('among several of one source one of the same series', () => {
  const ledger = ledgerWithReviewer(people.olga);
  const monthly = makeDefinition({ recurrence: { every: 'month', first: '2026-10-25' } });
  const first = openedWith(ledger, [], monthly);
  const filters = [{ column: 'role', is: 'equal' as const, values: ['admin'], reason: 'Only these.' }];
  const scope = { from: 'table' as const, schema: 'public', table: 'entitlement', columns, filters };
  const other = openedWith(ledger, [], makeDefinition({ scope }));
  const next = defineCampaign(ledger, { definition: monthly });
  expect(previousCampaign(ledger.state(), next, undefined)?.id).toBe(first.id);
  const more = defineCampaign(ledger, { definition: makeDefinition({ scope: { ...scope, filters: [] } }) });
  expect(previousCampaign(ledger.state(), more, undefined)?.id).toBe(first.id);
  const third = { ...scope, filters: [{ ...filters[0]!, values: ['reader'] }] };
  const filteredOtherwise = defineCampaign(ledger, { definition: makeDefinition({ scope: third }) });
  expect(previousCampaign(ledger.state(), filteredOtherwise, undefined)?.id).toBe(other.id);
});
