// Small rules of the frame of campaigns: periods that move on, columns proposed, days left, and how far a campaign is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClosingCounts } from '../../../../../src-shared/model/campaign-entries.ts';
import { dueStanding } from '../../../../../src-renderer/screens/campaigns/due-date.ts';
import { guessColumns } from '../../../../../src-renderer/screens/campaigns/guess-columns.ts';
import {
  monthsLater,
  nextDefinition,
} from '../../../../../src-renderer/screens/campaigns/next-definition.ts';
import {
  decidedPercent,
  progressParts,
} from '../../../../../src-renderer/screens/campaigns/progress-parts.ts';
import { makeDefinition } from '../../../../support/campaign.ts';

describe('the next period', () => {
  const next = (recurrence: 'month' | 'quarter' | 'year' | null, from: string, to: string) =>
    nextDefinition(
      makeDefinition({
        period: { from, to },
        recurrence: recurrence === null ? null : { every: recurrence, first: '2026-01-01' },
      }),
      'C1',
    ).period;

  it.each([
    ['quarter', '2026-07-01', '2026-09-30', '2026-10-01', '2026-12-31'],
    ['month', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-28'],
    ['month', '2028-01-15', '2028-02-14', '2028-02-15', '2028-03-14'],
    ['year', '2027-03-01', '2028-02-29', '2028-03-01', '2029-02-28'],
    [null, '2026-12-01', '2026-12-10', '2026-12-11', '2026-12-20'],
  ] as const)('of %s from %s to %s', (recurrence, from, to, nextFrom, nextTo) => {
    expect(next(recurrence, from, to)).toEqual({ from: nextFrom, to: nextTo });
  });

  it('is of the series of the one before, which begins it where its definition names none', () => {
    const seriesAfter = (series?: string) =>
      nextDefinition(makeDefinition(series === undefined ? {} : { series }), 'C1').series;
    expect([seriesAfter(), seriesAfter('own'), seriesAfter('C0')]).toEqual(['C1', 'C1', 'C0']);
  });

  it('keeps the last day of a month the last one', () => {
    expect(monthsLater('2026-02-28', 1)).toBe('2026-03-31');
    expect(monthsLater('2026-10-30', 4)).toBe('2027-02-28');
  });
});

describe('columns by their names', () => {
  it('are proposed however their words are separated, each once', () => {
    expect(guessColumns(['User_Name', 'Role Name', 'Manager-Email', 'isAdmin', 'type', 'other'])).toEqual({
      subject: 'User_Name',
      entitlement: 'Role Name',
      manager: 'Manager-Email',
      privileged: 'isAdmin',
      subjectType: 'type',
    });
  });

  it('are not proposed where nothing fits', () => {
    expect(guessColumns(['a', 'b'])).toEqual({});
  });
});

describe('days left', () => {
  it('are those of the zone: the day ends at its midnight, whatever the clocks do', () => {
    const at = (now: string) => dueStanding('2026-10-25', 'Europe/Berlin', Date.parse(now));
    expect(at('2026-10-25T22:59:00Z')).toEqual({ daysLeft: 0, endsAt: '2026-10-25T23:00:00.000Z' });
    expect(at('2026-10-25T23:00:00Z').daysLeft).toBe(-1);
    expect(at('2026-10-23T21:59:00Z').daysLeft).toBe(2);
  });
});

describe('how far a campaign is', () => {
  const counts: ClosingCounts = {
    items: 400,
    certified: 1,
    revoked: 0,
    modified: 0,
    open: 399,
    undecided: 5,
    disagreed: 7,
    ownOnly: 2,
  };

  it('adds up to all its items', () => {
    const parts = progressParts(counts);
    expect(parts.reduce((sum, { items }) => sum + items, 0)).toBe(400);
    expect(parts.find(({ kind }) => kind === 'undecided')?.items).toBe(7);
    expect(parts.find(({ kind }) => kind === 'waiting')?.items).toBe(385);
  });

  it('is 0 % only with nothing decided, and 100 % only with everything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 250_000 }), fc.nat({ max: 250_000 }), (items, some) => {
        const decided = Math.min(items, some);
        const percent = decidedPercent({ ...counts, items, certified: decided, open: items - decided });
        expect(percent === 0).toBe(decided === 0);
        expect(percent === 100).toBe(decided === items);
      }),
      { numRuns: 100 },
    );
  });
});
