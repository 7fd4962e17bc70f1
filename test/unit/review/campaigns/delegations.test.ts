// Delegations: none in the past, none twice, none handed on; and ended before their time.
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../../src-main/review/campaigns/calendar.ts';
import { campaignOf, type CampaignRecord } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { statusOf } from '../../../../src-main/review/campaigns/campaign-status.ts';
import { delegateReview } from '../../../../src-main/review/campaigns/delegate.ts';
import { endDelegation } from '../../../../src-main/review/campaigns/end-delegation.ts';
import { reviewersOf } from '../../../../src-main/review/campaigns/reviewer-of-record.ts';
import type { Ledger } from '../../../../src-main/review/ledger.ts';
import { actAs, makeItem, openedWith, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const at = (time: string) => Date.parse(time);
const now = '2026-11-20T08:00:00.000Z';
const [begins, ends] = ['2026-11-18T00:00:00.000Z', '2026-11-30T00:00:00.000Z'];

function scene() {
  const ledger = ledgerWithReviewer(people.olga);
  const { id } = openedWith(ledger, [makeItem()]);
  const delegate = (from: string, to: string, validFrom = begins, validTo = ends) =>
    delegateReview(ledger, { campaign: id, from, to, validFrom, validTo, reason: 'away', nowMs: at(now) });
  return { ledger, id, delegate };
}

function acting({ definition, delegations, statedNames }: CampaignRecord, time: string) {
  const atMicroseconds = at(time) * 1000;
  const question = { definition, identities: new Map(), delegations, statedNames, atMicroseconds };
  return reviewersOf(question)(makeItem(), 0).acting?.id;
}

const remarksOf = (ledger: Ledger, id: string) =>
  statusOf(ledger.state(), campaignOf(ledger.state(), id), at(now)).delegationRemarks;

describe('a delegation', () => {
  test('counts from when it is recorded, and is refused where it would be over', () => {
    const { delegate } = scene();
    const record = delegate('rita', 'otto');
    expect(record.delegations).toMatchObject([{ validFrom: now, validTo: ends }]);
    expect([acting(record, '2026-11-19T00:00:00Z'), acting(record, '2026-11-21T00:00:00Z')]).toEqual([
      'rita',
      'otto',
    ]);
    expect(() => delegate('rita', 'adam', begins, now)).toThrow(/over already/);
    expect(() => delegate('rita', 'rita')).toThrow(/themself/);
  });

  test('of the same two overlaps with none; of another receiver the latest counts, and both are named', () => {
    const { ledger, id, delegate } = scene();
    delegate('rita', 'otto');
    expect(() => delegate('rita', 'otto', '2026-11-29T00:00:00Z', '2026-12-05T00:00:00Z')).toThrow(
      /stand in for them already/,
    );
    expect(delegate('rita', 'otto', ends, '2026-12-05T00:00:00Z').delegations).toHaveLength(2);
    expect(remarksOf(ledger, id)).toEqual([]);
    const record = delegate('rita', 'adam', '2026-11-22T00:00:00Z', '2026-11-24T00:00:00Z');
    expect(remarksOf(ledger, id)).toEqual([
      expect.stringMatching(/Both Otto Other and Adam Approver .* Rita Reviewer.*only Adam Approver does/),
    ]);
    expect(acting(record, '2026-11-23T00:00:00Z')).toBe('adam');
  });

  test('hands nothing on, neither along a chain nor in a circle; that is said', () => {
    const { ledger, id, delegate } = scene();
    delegate('rita', 'otto');
    delegate('otto', 'adam');
    const record = delegate('adam', 'rita');
    expect(acting(record, '2026-11-21T00:00:00Z')).toBe('otto');
    expect(remarksOf(ledger, id)).toHaveLength(3);
    expect(remarksOf(ledger, id)[0]).toMatch(/stay with Otto Other/);
  });

  test('ends early by either of the two or the owner; what went before stays, and an older ledger reads as it did', () => {
    const { ledger, id, delegate } = scene();
    const [entry] = delegate('rita', 'otto').delegationEntries;
    const end = (time: string) =>
      endDelegation(ledger, { campaign: id, delegation: entry!, reason: 'back', nowMs: at(time) });
    actAs(ledger, 'adam');
    expect(() => end('2026-11-22T00:00:00Z')).toThrow(/Only the two of them/);
    actAs(ledger, 'otto');
    const record = end('2026-11-22T00:00:00Z');
    expect(record.delegations).toEqual([
      {
        from: 'rita',
        to: 'otto',
        by: 'olga',
        reason: 'away',
        validFrom: now,
        validTo: '2026-11-22T00:00:00.000Z',
        ended: { meantTo: ends, by: 'otto', reason: 'back' },
      },
    ]);
    expect([acting(record, '2026-11-21T00:00:00Z'), acting(record, '2026-11-22T00:00:00Z')]).toEqual([
      'otto',
      'rita',
    ]);
    const [due] = calendarOf([record], at('2026-11-22T01:00:00Z'), 30).entries.filter(
      ({ kind }) => kind === 'delegation-ends',
    );
    expect(due).toMatchObject({ standing: 'done' });
    expect(() => end('2026-11-23T00:00:00Z')).toThrow(/over already/);
    expect(() =>
      endDelegation(ledger, { campaign: id, delegation: 'none', reason: 'x', nowMs: at(now) }),
    ).toThrow(/no such delegation/);
  });

  test('ends after what was decided under it, by a clock that was ahead', () => {
    const { ledger, id, delegate } = scene();
    const [entry] = delegate('rita', 'otto').delegationEntries;
    const { key: item, subject, entitlement, resource } = makeItem();
    const imported = {
      id: 'D1',
      reviewer: 'otto',
      decidedAt: '2026-11-20T08:05:00.000Z',
      file: 'f'.repeat(64),
    };
    const decision = { item, stage: 0, decision: 'certify', reason: null, reviewerName: 'Otto Other' };
    const rest = { dwellMs: null, opened: [], batch: null, supersedes: null, because: 'a test' };
    const right = { ofRecord: 'rita', digest: 'd'.repeat(64), subject, entitlement, resource };
    const payload = { campaign: id, ...decision, ...right, ...rest, imported };
    ledger.append(() => [{ type: 'campaign-decision', subject: id, actor: 'olga', payload }]);
    const request = { campaign: id, delegation: entry!, reason: 'back', nowMs: at('2026-11-20T08:01:00Z') };
    const [ended] = endDelegation(ledger, request).delegations;
    expect(ended?.validTo).toBe('2026-11-20T08:05:00.000001Z');
  });

  test('that is to come ends without ever being in force', () => {
    const { ledger, id, delegate } = scene();
    const [entry] = delegate('rita', 'otto', '2026-11-25T00:00:00Z').delegationEntries;
    const request = { campaign: id, delegation: entry!, reason: 'stays', nowMs: at(now) };
    const record = endDelegation(ledger, request);
    expect(record.delegations[0]).toMatchObject({
      validFrom: '2026-11-25T00:00:00.000Z',
      validTo: '2026-11-25T00:00:00.000Z',
    });
    expect(acting(record, '2026-11-25T00:00:00Z')).toBe('rita');
    expect(() => endDelegation(ledger, request)).toThrow(/over already/);
    expect(delegate('rita', 'otto').delegations).toHaveLength(2);
  });
});
