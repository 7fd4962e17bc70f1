import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../../src-main/review/campaigns/calendar.ts';
import type { CampaignDefinition } from '../../../../src-shared/model/campaign.ts';
import { campaignOf, type CampaignRecord } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { defineCampaign } from '../../../../src-main/review/campaigns/define-campaign.ts';
import { delegateReview } from '../../../../src-main/review/campaigns/delegate.ts';
import { escapeText, foldLine, iCalendarOf } from '../../../../src-main/review/campaigns/icalendar.ts';
import {
  countedIndex,
  recurrenceDate,
  wantedIndex,
} from '../../../../src-main/review/campaigns/recurrence.ts';
import { makeDefinition, openedWith, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, stoppedClock } from '../../../support/workspace.ts';

const at = (iso: string): number => Date.parse(iso);

describe('a recurrence', () => {
  test('counts months from its first date, and takes the last day of a month that is too short', () => {
    const monthly = { every: 'month', first: '2027-12-31' } as const;
    expect([0, 1, 2, 3, 4].map((index) => recurrenceDate(monthly, index))).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
    expect(recurrenceDate({ every: 'half-year', first: '2026-07-01' }, 3)).toBe('2028-01-01');
  });

  test('takes an opening for the last date before it, or for one at most 14 days ahead', () => {
    const quarterly = { every: 'quarter', first: '2026-01-01' } as const;
    expect(
      ['2025-06-01', '2026-01-20', '2026-02-28', '2026-03-17', '2026-03-18', '2026-04-09', '2026-12-30'].map(
        (date) => countedIndex(quarterly, date, null),
      ),
    ).toEqual([0, 0, 0, 0, 1, 1, 4]);
  });

  test('takes what follows in a series for the next date where it is nearer, never for the one that was done', () => {
    const quarterly = { every: 'quarter', first: '2026-01-01' } as const;
    const after = (before: string, ...dates: string[]) =>
      dates.map((date) => recurrenceDate(quarterly, countedIndex(quarterly, date, before)));
    expect(after('2026-01-01', '2026-01-20', '2026-03-01', '2026-05-30')).toEqual([
      '2026-01-01',
      '2026-04-01',
      '2026-04-01',
    ]);
    // Nobody reviewed in April.
    expect(after('2026-01-01', '2026-07-02')).toEqual(['2026-07-01']);
    // The dates were changed meanwhile.
    expect(after('2025-11-15', '2026-03-01')).toEqual(['2026-01-01']);
    expect(
      [null, '2026-01-01', '2026-04-01'].map((before) => wantedIndex(quarterly, '2026-03-01', before)),
    ).toEqual([0, 1, 2]);
  });
});

describe('the calendar', () => {
  test('a campaign is due until the end of its day in its zone, then overdue at one, three and seven days', () => {
    const ledger = ledgerWithReviewer(people.olga);
    // Due on 2026-12-01 in Berlin, which ends at 23:00 UTC.
    const record = openedWith(ledger, []);
    const seen = (now: string) => {
      const { entries, notices } = calendarOf([record], at(now), 90);
      return [entries[0]?.standing, entries[0]?.overdueDays, entries[0]?.overdueStep, notices.length];
    };
    expect(seen('2026-11-23T12:00:00Z')).toEqual(['upcoming', 0, 0, 0]);
    expect(seen('2026-11-24T12:00:00Z')).toEqual(['due-soon', 0, 0, 0]);
    expect(seen('2026-12-01T22:59:59Z')).toEqual(['due-soon', 0, 0, 0]);
    expect(seen('2026-12-01T23:00:00Z')).toEqual(['overdue', 1, 1, 1]);
    expect(seen('2026-12-03T12:00:00Z')).toEqual(['overdue', 2, 1, 1]);
    expect(seen('2026-12-04T12:00:00Z')).toEqual(['overdue', 3, 3, 1]);
    expect(seen('2026-12-08T12:00:00Z')).toEqual(['overdue', 7, 7, 1]);
    expect(seen('2027-02-08T12:00:00Z')).toEqual(['overdue', 69, 7, 1]);
    expect(seen('2026-11-30T12:00:00Z')).toEqual(['due-soon', 0, 0, 1]);
    const [tomorrow] = calendarOf([record], at('2026-11-30T12:00:00Z'), 90).notices;
    expect(tomorrow).toMatchObject({ id: `decisions-${record.id} 0`, step: 0, date: '2026-12-01' });
    expect(tomorrow?.sentence).toBe(
      'Decisions of “Third quarter” are due: until the end of tomorrow, 2026-12-01 (Europe/Berlin).',
    );
    const [notice] = calendarOf([record], at('2026-12-04T12:00:00Z'), 90).notices;
    expect(notice).toMatchObject({ id: `decisions-${record.id} 3`, step: 3 });
    expect(notice?.sentence).toBe(
      'Decisions of “Third quarter” are due: overdue for 3 days, since the end of 2026-12-01 (Europe/Berlin).',
    );
  });

  test('a series goes on from its newest campaign, in days of its zone that have 23 or 25 hours', () => {
    const ledger = ledgerWithReviewer(people.olga, stoppedClock('2026-10-26T08:00:00Z'));
    const recurring = makeDefinition({ recurrence: { every: 'month', first: '2026-10-25' } });
    const first = openedWith(ledger, [], recurring);
    const open = (days: number) =>
      calendarOf(ledger.state().campaigns.byId.values(), at('2026-10-26T08:00:00Z'), days)
        .entries.filter(({ kind }) => kind === 'open-campaign')
        .map(({ date, from, until }) => [date, from, until]);
    // It was opened a day after its date, for which it counts.
    expect(open(160)).toEqual([
      ['2026-11-25', '2026-11-24T23:00:00.000Z', '2026-11-25T23:00:00.000Z'],
      ['2026-12-25', '2026-12-24T23:00:00.000Z', '2026-12-25T23:00:00.000Z'],
      ['2027-01-25', '2027-01-24T23:00:00.000Z', '2027-01-25T23:00:00.000Z'],
      ['2027-02-25', '2027-02-24T23:00:00.000Z', '2027-02-25T23:00:00.000Z'],
      ['2027-03-25', '2027-03-24T23:00:00.000Z', '2027-03-25T23:00:00.000Z'],
    ]);
    const draft = defineCampaign(ledger, {
      definition: makeDefinition({ recurrence: { every: 'year', first: '2026-10-25' } }),
    });
    // The night in which the clocks went back: the day has 25 hours.
    expect(open(0)).toEqual([['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']]);
    expect(draft.id).not.toBe(first.id);
    expect(
      calendarOf([campaignOf(ledger.state(), draft.id)], at('2026-10-26T08:00:00Z'), 0).entries[0],
    ).toMatchObject({
      standing: 'overdue',
      overdueDays: 1,
    });
  });

  test('another review of the same source ends no series; the next of it, and one of the same scope, does', () => {
    const ledger = ledgerWithReviewer(people.olga, stoppedClock('2026-10-26T08:00:00Z'));
    const first = '2026-10-25';
    const table = { from: 'table', schema: 'public', table: 'entitlement' } as const;
    const columns = { subject: 'account', entitlement: 'role' };
    const filter = { column: 'admin', is: 'equal', values: ['yes'], reason: 'Privileged only.' } as const;
    const monthly = makeDefinition({
      recurrence: { every: 'month', first },
      scope: { ...table, columns, filters: [{ ...filter, values: [...filter.values] }] },
    });
    const all = makeDefinition({ recurrence: { every: 'quarter', first } });
    const comparedWith = (previous: CampaignRecord, definition: CampaignDefinition) => {
      const record = openedWith(ledger, [], definition);
      const opened = { ...record.opened!, previous: { campaign: previous.id, sha256: 'a'.repeat(64) } };
      return { ...record, opened };
    };
    const open = (...records: CampaignRecord[]) =>
      calendarOf(records, at('2026-10-26T08:00:00Z'), 60)
        .entries.filter(({ kind }) => kind === 'open-campaign')
        .map(({ date }) => date);
    const one = openedWith(ledger, [], monthly);
    expect(open(one, comparedWith(one, all))).toEqual(['2026-11-25', '2026-12-25']);
    expect(open(one, comparedWith(one, monthly))).toEqual(['2026-11-25', '2026-12-25']);
    expect(open(one, comparedWith(one, { ...monthly, recurrence: null }))).toEqual([]);
  });

  test('a review opened late takes the place of none, and dates for which none was opened are named', () => {
    const ledger = ledgerWithReviewer(people.olga);
    const quarterly = makeDefinition({ recurrence: { every: 'quarter', first: '2026-10-01' } });
    const openedAt = (iso: string, previous: CampaignRecord | null): CampaignRecord => {
      const record = openedWith(ledger, [], quarterly);
      const compared = previous === null ? null : { campaign: previous.id, sha256: 'a'.repeat(64) };
      return { ...record, opened: { ...record.opened!, at: iso, previous: compared } };
    };
    const next = (...records: CampaignRecord[]) => {
      const { entries } = calendarOf(records, at('2026-11-21T12:00:00Z'), 400);
      const [first] = entries.filter(({ kind }) => kind === 'open-campaign');
      return [first?.date, first?.detail, first?.skipped];
    };
    const always = 'It comes every quarter, first on 2026-10-01.';
    const late = openedAt('2026-11-21T08:00:00.000Z', null);
    expect(next(late)).toEqual(['2027-01-01', always, undefined]);
    const early = openedAt('2026-12-01T08:00:00.000Z', late);
    expect(next(late, early)).toEqual(['2027-04-01', always, undefined]);
    const muchLater = openedAt('2027-07-05T08:00:00.000Z', late);
    expect(next(late, muchLater)).toEqual([
      '2027-10-01',
      `${always} None was opened for 2027-01-01, 2027-04-01.`,
      ['2027-01-01', '2027-04-01'],
    ]);
    const { id } = late;
    const following = defineCampaign(ledger, { definition: { ...quarterly, series: id } });
    expect(next(late, following)).toEqual(['2027-01-01', always, undefined]);
  });

  test('a delegation ends on its last day, and is overdue for nobody', () => {
    const ledger = ledgerWithReviewer(people.olga);
    const { id } = openedWith(ledger, []);
    const span = { validFrom: '2026-11-10T00:00:00.000Z', validTo: '2026-11-20T23:00:00.000Z' };
    delegateReview(ledger, {
      campaign: id,
      from: 'rita',
      to: 'otto',
      ...span,
      reason: 'On leave.',
      nowMs: at('2026-11-01T00:00:00Z'),
    });
    const seen = (now: string) =>
      calendarOf([campaignOf(ledger.state(), id)], at(now), 90).entries.find(
        ({ kind }) => kind === 'delegation-ends',
      );
    expect(seen('2026-11-16T00:00:00Z')).toMatchObject({ date: '2026-11-20', standing: 'due-soon' });
    expect(seen('2026-11-30T00:00:00Z')).toMatchObject({ standing: 'done', overdueStep: 0 });
  });
});

/** Undoes folding and escaping as a reader of the format does. */
const unfold = (text: string): string => text.replaceAll(/\r\n[ \t]/g, '');
const unescape = (text: string): string =>
  text.replaceAll(/\\([\\;,nN])/g, (_, character: string) =>
    character.toLowerCase() === 'n' ? '\n' : character,
  );

describe('the iCalendar file', () => {
  test('any text comes back from it, in lines of at most 75 octets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const folded = foldLine(`SUMMARY:${escapeText(text)}`);
        for (const line of folded.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const printable = text
          .toWellFormed()
          .replaceAll(/\r\n?/g, '\n')
          .replaceAll(/[^\P{Cc}\n]/gu, '');
        expect(unescape(unfold(folded).slice('SUMMARY:'.length))).toBe(printable);
      }),
      { numRuns: 200 },
    );
    expect(
      foldLine(`X:${'€'.repeat(60)}`)
        .split('\r\n')
        .map((line) => Buffer.byteLength(line)),
    ).toEqual([74, 73, 37]);
  });

  test('names each entry the same whatever changes, with its moments in UTC', () => {
    const ledger = ledgerWithReviewer(people.olga);
    const record = openedWith(ledger, [], makeDefinition({ name: 'Payments; cards, and more' }));
    const file = (now: string) =>
      iCalendarOf(calendarOf([record], at(now), 90).entries, '2026-11-16T08:30:00.000Z');
    const before = unfold(file('2026-11-16T00:00:00Z')).split('\r\n');
    expect(before).toEqual(
      expect.arrayContaining([
        `UID:decisions-${record.id}@countersign`,
        'DTSTAMP:20261116T083000Z',
        'DTSTART:20261130T230000Z',
        'DTEND:20261201T230000Z',
        'SUMMARY:Decisions of “Payments\\; cards\\, and more” are due',
        'BEGIN:VALARM',
      ]),
    );
    expect([before[0], before.at(-2), before.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR', '']);
    const later = unfold(file('2026-12-04T12:00:00Z'));
    expect(later).toContain(`UID:decisions-${record.id}@countersign\r\n`);
    expect(later).toContain('SUMMARY:Overdue (3 d): Decisions');
  });
});
