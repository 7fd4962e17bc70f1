// What follows a campaign, as far as a screen decides it: what is a change, what comes next, and where bars and marks stand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barParts } from '../../../../src-renderer/screens/campaigns/follow-up/difference-parts.ts';
import {
  materialityWords,
  rightWords,
} from '../../../../src-renderer/screens/campaigns/follow-up/follow-up-words.ts';
import { limitShares, percentUp } from '../../../../src-renderer/screens/campaigns/follow-up/limit-shares.ts';
import { nextUntested } from '../../../../src-renderer/screens/campaigns/follow-up/next-untested.ts';
import {
  changeOf,
  draftOf,
  lacksTicket,
} from '../../../../src-renderer/screens/campaigns/follow-up/remediation-draft.ts';
import type { RemediationRow } from '../../../../src-shared/model/campaign-follow-up.ts';

const row = (changes: Partial<RemediationRow> = {}): RemediationRow => ({
  item: 'a'.repeat(32),
  state: 'open',
  owner: 'Dana',
  dueOn: '2026-12-01',
  ticket: null,
  instruction: 'Take it away.',
  checkedAt: null,
  subject: 'eve',
  entitlement: 'reader',
  resource: null,
  outcome: 'revoke',
  reason: null,
  decidedBy: 'Rita',
  isOverdue: false,
  ...changes,
});

describe('what is written about a remediation', () => {
  test('is a change only where it differs; what is emptied is taken away', () => {
    const draft = draftOf([row()]);
    expect(changeOf(draft, [row()])).toBeNull();
    expect(changeOf({ ...draft, owner: ' Dana ' }, [row()])).toBeNull();
    expect(changeOf({ ...draft, owner: '', state: 'done-unverified', note: ' said so ' }, [row()])).toEqual({
      owner: null,
      state: 'done-unverified',
      note: 'said so',
    });
  });

  test('of several leaves what stays empty, and never gives them one instruction', () => {
    const rows = [row(), row({ item: 'b'.repeat(32), owner: null })];
    const draft = draftOf(rows);
    expect(draft).toMatchObject({ owner: '', dueOn: '', instruction: '' });
    expect(changeOf(draft, rows)).toBeNull();
    expect(changeOf({ ...draft, dueOn: '2027-01-31', instruction: 'no' }, rows)).toEqual({
      dueOn: '2027-01-31',
    });
  });

  test('is ticketed only with a ticket', () => {
    const ticketed = { ...draftOf([row()]), state: 'ticketed' as const };
    expect(lacksTicket(ticketed, [row()])).toBe(true);
    expect(lacksTicket({ ...ticketed, ticket: 'OPS-1' }, [row()])).toBe(false);
    const several = [row({ ticket: 'OPS-1' }), row({ ticket: 'OPS-2' })];
    expect(lacksTicket({ ...draftOf(several), state: 'ticketed' }, several)).toBe(false);
  });
});

test('both populations are drawn on one scale, what both hold in the same place', () => {
  const count = fc.nat(1_000_000);
  fc.assert(
    fc.property(count, count, count, (added, removed, unchanged) => {
      const { earlier, later } = barParts({ new: added, removed, unchanged });
      const sum = (parts: typeof earlier) => parts.reduce((all, part) => all + part.count, 0);
      expect(sum(earlier)).toBe(sum(later));
      const before = (parts: typeof earlier) => {
        const at = parts.findIndex(({ part }) => part === 'unchanged');
        return sum(parts.slice(0, Math.max(0, at)));
      };
      if (unchanged > 0) expect([before(earlier), before(later)]).toEqual([removed, removed]);
    }),
    { numRuns: 100 },
  );
});

test('an upper limit is never rounded down, and stands on the side of the tolerable rate it belongs to', () => {
  expect(percentUp(0.09612, 'en-GB')).toBe('9.7%');
  expect(percentUp(0.05, 'en-GB')).toBe('5%');
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.0001, max: 0.9999, noNaN: true }),
      (limit, rate) => {
        const shares = limitShares(limit, rate);
        expect(Math.max(shares.limit, shares.tolerable)).toBeCloseTo(80);
        expect(shares.limit < shares.tolerable).toBe(limit < rate);
      },
    ),
    { numRuns: 100 },
  );
});

test('whoever tests goes on with what is untested and theirs to test, round to the beginning', () => {
  const items = [
    { result: null, mayTest: true },
    { result: 'pass' as const, mayTest: true },
    { result: null, mayTest: false },
    { result: null, mayTest: true },
  ];
  expect(nextUntested(items, -1)).toBe(0);
  expect(nextUntested(items, 0)).toBe(3);
  expect(nextUntested(items, 3)).toBe(0);
  expect(nextUntested(items.slice(1, 3), 0)).toBeNull();
});

test('says what deviations come to against what the auditor set', () => {
  const counts = { pass: 5, deviation: 1, notTestable: 1, untested: 0 };
  const words = (materiality: { deviations: number; isExceeded: boolean } | null) =>
    materialityWords({ counts, materiality }, 'Petra');
  expect(words(null)).toMatch(/every deviation is reported/);
  expect(words({ deviations: 2, isExceeded: false })).toBe(
    '2 deviations: within the 2 that Petra set as noted, not reported.',
  );
  expect(words({ deviations: 1, isExceeded: true })).toMatch(/more than the 1 .* They are to be reported/);
});

test('nothing hidden in a right stays hidden', () => {
  expect(rightWords({ entitlement: 'ad\u202emin', resource: '' })).toBe('ad⟨U+202E⟩min');
  expect(rightWords({ entitlement: 'admin', resource: 'crm' })).toBe('admin on crm');
});
