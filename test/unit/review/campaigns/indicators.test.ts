import { expect, test } from 'vitest';
import { decisionDaysOf } from '../../../../src-main/review/campaigns/decision-days.ts';
import { indicatorsOf } from '../../../../src-main/review/campaigns/indicators.ts';
import { lastOf } from '../../../../src-main/review/sampling/draw.ts';
import type { DecidedItem } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { linkIdentities, type Identities } from '../../../../src-main/review/aliases.ts';
import { makeDefinition } from '../../../support/campaign.ts';

let made = 0;

function decided(changes: Partial<DecidedItem>): DecidedItem {
  made += 1;
  return {
    id: `d${made}`,
    campaign: 'c',
    item: `${made}`,
    stage: 0,
    decision: 'certify',
    reason: null,
    reviewer: 'rita',
    reviewerName: 'Rita Reviewer',
    ofRecord: 'rita',
    decidedAt: '2026-11-16T09:00:00.000Z',
    digest: 'a'.repeat(64),
    dwellMs: 30_000,
    opened: [],
    batch: null,
    supersedes: null,
    importedFrom: null,
    subject: 'eve',
    entitlement: 'reader',
    resource: null,
    because: '',
    ...changes,
  };
}

const seen = (decisions: readonly DecidedItem[], identities: Identities = new Map()) =>
  lastOf(indicatorsOf({ decisionsById: new Map(decisions.map((one) => [one.id, one])) }, identities));

test('pace, bulk share, evidence opened and time in view are those of the decisions', () => {
  const alone = [1, 2, 4, 8, 60].map((seconds, place) =>
    decided({
      dwellMs: seconds * 1000,
      decidedAt: `2026-11-16T09:0${place === 4 ? 1 : 0}:${place === 4 ? '05' : `0${place * 2}`}.000Z`,
      opened: place === 0 ? ['last-use'] : [],
      decision: place === 1 ? 'revoke' : 'certify',
    }),
  );
  const bulk = [1, 2, 3].map(() => decided({ batch: 'b', dwellMs: 1 }));
  const [rita] = seen([...alone, ...bulk]);
  expect(rita).toMatchObject({
    decisions: 8,
    bulk: 3,
    bulkShare: 3 / 8,
    largestBulk: 3,
    medianDwellMs: 4000,
    perActiveMinute: 4,
    // 09:00:06 to 09:01:05 are within a minute; 09:00:04 to 09:01:05 are not.
    mostInAMinute: 4,
    openedShare: 1 / 8,
    certifiedShare: 7 / 8,
    imported: 0,
  });
  expect(rita?.sentences).toEqual([
    '8 decisions, 88 % to certify.',
    '38 % made together with others, at most 3 at once.',
    'At most 4 were made one by one within a minute; half of these items were in view for 4.0 seconds or less; about 4.0 a minute of looking.',
    'Some part of the evidence was opened before 13 % of them.',
  ]);
});

test('ids of one person are one line, and what is not known is not guessed', () => {
  const identities: Identities = new Map();
  linkIdentities(identities, ['rita', 'r.reviewer@example.org']);
  const lines = seen(
    [
      decided({ dwellMs: null, importedFrom: 'f'.repeat(64) }),
      decided({ reviewer: 'otto', reviewerName: 'Otto Other', batch: 'b' }),
      decided({ reviewer: 'r.reviewer@example.org', dwellMs: null }),
    ],
    identities,
  );
  expect(lines).toMatchObject([
    { reviewer: 'rita', decisions: 2, medianDwellMs: null, perActiveMinute: null, imported: 1 },
    { reviewer: 'otto', decisions: 1, bulk: 1, medianDwellMs: null, mostInAMinute: 0 },
  ]);
  expect(seen([])).toEqual([]);
});

test('the days of a person are those of the campaign’s zone, under every id of theirs', () => {
  const identities: Identities = new Map();
  linkIdentities(identities, ['rita', 'r.reviewer@example.org']);
  const made = [
    decided({ decidedAt: '2026-11-02T22:30:00.000Z' }),
    decided({ decidedAt: '2026-11-02T23:30:00.000Z', batch: 'b', reviewer: 'r.reviewer@example.org' }),
    decided({ decidedAt: '2026-11-02T23:30:00.000Z', reviewer: 'otto' }),
    decided({ decidedAt: '2026-11-02T08:30:00.000Z' }),
  ];
  const record = { decisionsById: new Map(made.map((one) => [one.id, one])), definition: makeDefinition() };
  expect(lastOf(decisionDaysOf(record, identities))('rita')).toEqual([
    { date: '2026-11-02', alone: 2, together: 0 },
    { date: '2026-11-03', alone: 0, together: 1 },
  ]);
});
