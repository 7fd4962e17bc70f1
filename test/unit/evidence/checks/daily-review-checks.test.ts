// Days put on record by hand: in somebody else's name, with open findings, or before they were over.
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../../src-shared/model/evidence.ts';
import { checkDailyReview } from '../../../../src-main/evidence/checks/daily-review-checks.ts';

const reviewer = { id: 'olga', name: 'Olga Owner' };
const source = {
  source: 'primary',
  reviewedThrough: null,
  events: 5,
  findings: 1,
  openFindings: 0,
  gaps: [],
};

/** 10 November in Berlin ends at 23:00 UTC. */
function reviewed(
  changes: {
    actor?: string;
    byName?: string;
    open?: number;
    at?: string;
    zone?: string;
    offsetMs?: number | null;
  } = {},
): LedgerEntry {
  const { actor = 'olga', byName = 'Olga Owner', open = 0, at = '2026-11-10T23:00:00.000Z' } = changes;
  const { offsetMs = 0 } = changes;
  const sources = [{ ...source, openFindings: open }];
  const payload = {
    date: '2026-11-10',
    zone: changes.zone ?? 'Europe/Berlin',
    sources,
    statement: 'Read.',
    byName,
  };
  return {
    v: 1,
    seq: 7,
    id: 'DAY',
    hlc: '',
    mono: 0,
    prev: '',
    tenant: null,
    offset_ms: offsetMs,
    type: 'daily-review',
    subject: '2026-11-10',
    actor,
    wall_time: at,
    payload,
  };
}

test('a day that its reviewer put on record once it was over breaks no rule', () => {
  checkDailyReview({ reviewer }, reviewed());
  checkDailyReview({ reviewer }, reviewed({ zone: 'Moon/Far_Side', at: '2026-11-10T01:00:00.000Z' }));
});

test.each([
  ['did not review', reviewed({ actor: 'mallory' })],
  ['did not review', reviewed({ byName: 'Chief Executive' })],
  ['open findings', reviewed({ open: 1 })],
  ['before it was over', reviewed({ at: '2026-11-10T22:00:00.000Z' })],
])('one that was written by hand is named: %s', (said, entry) => {
  expect(() => checkDailyReview({ reviewer }, entry)).toThrow(said);
});

test('the clock of a workstation may be wrong: the day is over by that of the database', () => {
  const at = '2026-11-09T23:01:00.000Z';
  expect(checkDailyReview({ reviewer }, reviewed({ at, offsetMs: 86_400_000 }))).toBe(false);
  expect(() => checkDailyReview({ reviewer }, reviewed({ at, offsetMs: 3_600_000 }))).toThrow('it was over');
  expect(checkDailyReview({ reviewer }, reviewed({ at, offsetMs: null }))).toBe(true);
  expect(checkDailyReview({ reviewer }, reviewed({ offsetMs: null }))).toBe(false);
});
