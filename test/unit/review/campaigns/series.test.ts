// Which campaigns follow each other, and how a series ends.
import { describe, expect, test } from 'vitest';
import type { CampaignDefinition } from '../../../../src-shared/model/campaign.ts';
import { calendarOf } from '../../../../src-main/review/campaigns/calendar.ts';
import { campaignOf, type CampaignRecord } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { defineCampaign } from '../../../../src-main/review/campaigns/define-campaign.ts';
import { endSeries } from '../../../../src-main/review/campaigns/end-series.ts';
import { previousCampaign } from '../../../../src-main/review/campaigns/previous-campaign.ts';
import {
  followersOf,
  isSameSeries,
  seriesInWords,
} from '../../../../src-main/review/campaigns/same-series.ts';
import { actAs, makeDefinition, openedWith, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, stoppedClock } from '../../../support/workspace.ts';

const monthly = (changes: Partial<CampaignDefinition> = {}) =>
  makeDefinition({ recurrence: { every: 'month', first: '2026-10-25' }, ...changes });
const nowMs = Date.parse('2026-10-26T08:00:00Z');
const openings = (records: Iterable<CampaignRecord>) =>
  calendarOf(records, nowMs, 60)
    .entries.filter(({ kind }) => kind === 'open-campaign')
    .map(({ campaign, date }) => [campaign, date]);

describe('a series', () => {
  test('is what definitions say: two reviews of one table with the same dates are two', () => {
    const ledger = ledgerWithReviewer(people.olga, stoppedClock('2026-10-26T08:00:00Z'));
    const one = openedWith(ledger, [], monthly({ series: 'own', name: 'People' }));
    const other = openedWith(ledger, [], monthly({ series: 'own', name: 'Services' }));
    expect(isSameSeries(one, other)).toBe(false);
    const all = () => ledger.state().campaigns.byId.values();
    const dates = ['2026-11-25', '2026-12-25'];
    const datesOf = (id: string) =>
      openings(all())
        .filter(([campaign]) => campaign === id)
        .map(([, date]) => date);
    expect([datesOf(one.id), datesOf(other.id)]).toEqual([dates, dates]);
    const next = openedWith(ledger, [], monthly({ series: one.id, name: 'People, next' }));
    expect([...followersOf(all())].map(([id, { id: by }]) => [id, by])).toEqual([[one.id, next.id]]);
    expect(new Set(openings(all()).map(([id]) => id))).toEqual(new Set([other.id, next.id]));
    const draft = defineCampaign(ledger, { definition: monthly({ series: other.id }) });
    expect(previousCampaign(ledger.state(), draft, undefined)?.id).toBe(other.id);
    const words = (record: CampaignRecord) =>
      seriesInWords(record, (id) => (id === one.id ? 'People' : null));
    expect([words(one), words(next), words(draft)]).toEqual([
      'It is the first of a series.',
      'It goes on with the series that began with “People”.',
      expect.stringContaining('not in this workspace'),
    ]);
  });

  test('goes on from a campaign that named none; where neither does, dates and scope tell as before', () => {
    const [old, later] = [
      { id: 'A', definition: monthly() },
      { id: 'B', definition: monthly() },
    ];
    expect(isSameSeries(old, later)).toBe(true);
    expect(isSameSeries(old, { id: 'B', definition: monthly({ series: 'A' }) })).toBe(true);
    expect(isSameSeries(old, { id: 'B', definition: monthly({ series: 'own' }) })).toBe(false);
  });

  test('ends with a later campaign that does not come again', () => {
    const ledger = ledgerWithReviewer(people.olga, stoppedClock('2026-10-26T08:00:00Z'));
    const one = openedWith(ledger, [], monthly({ series: 'own' }));
    openedWith(ledger, [], makeDefinition({ series: one.id }));
    expect(openings(ledger.state().campaigns.byId.values())).toEqual([]);
  });

  test('is ended by the owner at its newest campaign, with a reason', () => {
    const ledger = ledgerWithReviewer(people.olga, stoppedClock('2026-10-26T08:00:00Z'));
    const { id: first } = openedWith(ledger, [], monthly({ series: 'own' }));
    const { id: newest } = openedWith(ledger, [], monthly({ series: first, name: 'Newest' }));
    const end = (campaign: string) => endSeries(ledger, { campaign, reason: 'The system is gone.' });
    expect(() => end(first)).toThrow(/went on with “Newest”/);
    actAs(ledger, 'rita');
    expect(() => end(newest)).toThrow(/Only the owner/);
    actAs(ledger, 'olga');
    end(newest);
    expect(campaignOf(ledger.state(), newest).seriesEnded).toMatchObject({ reason: 'The system is gone.' });
    expect(openings(ledger.state().campaigns.byId.values())).toEqual([]);
    expect(() => end(newest)).toThrow(/ended already/);
    const { id: draft } = defineCampaign(ledger, { definition: monthly() });
    expect(() => end(draft)).toThrow(/opened here/);
    const { id: once } = openedWith(ledger, [], makeDefinition());
    expect(() => end(once)).toThrow(/does not come again/);
  });
});
