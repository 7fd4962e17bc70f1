// Drafts: nobody overwrites what somebody else recorded, and one that is not wanted stays on record.
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../../src-main/review/campaigns/calendar.ts';
import { campaignOf } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { listCampaigns, statusOf } from '../../../../src-main/review/campaigns/campaign-status.ts';
import { defineCampaign, faultsIn } from '../../../../src-main/review/campaigns/define-campaign.ts';
import { discardDraft } from '../../../../src-main/review/campaigns/discard-draft.ts';
import { requireContents } from '../../../../src-main/review/campaigns/empty-population.ts';
import { actAs, makeDefinition, openedWith, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const nowMs = Date.parse('2026-11-20T08:00:00Z');

describe('a draft', () => {
  test('that somebody recorded anew is not overwritten by whoever looked before', () => {
    const ledger = ledgerWithReviewer(people.olga);
    const { id: campaign, definitionEntry: basedOn } = defineCampaign(ledger, {
      definition: makeDefinition(),
    });
    actAs(ledger, 'adam');
    defineCampaign(ledger, { campaign, definition: makeDefinition({ dueDays: 7 }), basedOn });
    actAs(ledger, 'olga');
    const mine = makeDefinition({ dueDays: 21 });
    const before = ledger.state().entries;
    expect(() => defineCampaign(ledger, { campaign, definition: mine, basedOn })).toThrow(
      /Adam Approver recorded it as “Third quarter”.*Nothing was recorded/,
    );
    expect(ledger.state().entries).toBe(before);
    const status = statusOf(ledger.state(), campaignOf(ledger.state(), campaign), nowMs);
    expect(status).toMatchObject({ definedAs: { byName: 'Adam Approver' }, definition: { dueDays: 7 } });
    const changed = defineCampaign(ledger, {
      campaign,
      definition: mine,
      basedOn: status.definedAs.entry,
    });
    expect(changed.definition.dueDays).toBe(21);
    // Who says nothing of what it is based on, as scripts did, overwrites.
    expect(defineCampaign(ledger, { campaign, definition: makeDefinition() }).definition.dueDays).toBe(14);
  });

  test('is discarded by its owner with a reason, for good; lists and the calendar leave it out', () => {
    const ledger = ledgerWithReviewer(people.rita);
    const recurrence = { every: 'month' as const, first: '2026-11-25' };
    const { id: campaign } = defineCampaign(ledger, { definition: makeDefinition({ recurrence }) });
    const due = () => calendarOf(ledger.state().campaigns.byId.values(), nowMs, 90).entries.length;
    expect(due()).toBeGreaterThan(0);
    expect(() => discardDraft(ledger, { campaign, reason: 'Twice.' })).toThrow(/Only the owner/);
    actAs(ledger, 'olga');
    expect(() => discardDraft(ledger, { campaign, reason: ' ' })).toThrow(/reason is needed/);
    const record = discardDraft(ledger, { campaign, reason: 'Twice.' });
    expect(record).toMatchObject({ state: 'discarded', discarded: { reason: 'Twice.', by: 'olga' } });
    expect(due()).toBe(0);
    expect(listCampaigns(ledger.state(), nowMs)).toEqual([]);
    expect(listCampaigns(ledger.state(), nowMs, true)).toMatchObject([{ id: campaign }]);
    expect(() => defineCampaign(ledger, { campaign, definition: makeDefinition() })).toThrow(
      /discarded by Olga Owner/,
    );
    expect(() => discardDraft(ledger, { campaign, reason: 'Again.' })).toThrow(/discarded/);
    const opened = openedWith(ledger, []);
    expect(() => discardDraft(ledger, { campaign: opened.id, reason: 'No.' })).toThrow(/opened already/);
  });
});

test('an offset is no zone', () => {
  const zone = (name: string) => faultsIn(makeDefinition({ zone: name }), new Map());
  expect(zone('+02:00')).toEqual([expect.stringContaining('IANA')]);
  expect([zone('Europe/Berlin'), zone('UTC'), zone('Etc/GMT-2')]).toEqual([[], [], []]);
});

test('an empty population needs a reason; one with items takes none', () => {
  expect(() => requireContents(0, undefined)).toThrow(/population is empty/);
  expect(() => requireContents(0, '  ')).toThrow(/not opened/);
  expect(requireContents(0, ' none left ')).toEqual({ emptyBecause: 'none left' });
  expect(requireContents(1, 'whatever')).toEqual({});
});
