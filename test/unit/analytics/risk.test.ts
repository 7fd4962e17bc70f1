import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointsBySeverity, riskHistory, riskOf } from '../../../src-main/analytics/risk.ts';
import type { CaseMember } from '../../../src-main/analytics/case-member.ts';
import { lastMinute, member, minute, someMembers } from './members.ts';

const dana = { sourceAccount: 'primary', actor: 'dana' };
const day = 24 * 60;
const after = (minutes: number) => minutes * minute;

describe('the risk of an actor', () => {
  test('is the points of a finding when it ends, and half of them a week later', () => {
    const high = member(0, { toMinute: 60, severity: 'high' });
    expect(riskOf([high], dana, after(60)).score).toBe(30);
    expect(riskOf([high], dana, after(30)).score).toBe(30);
    expect(riskOf([high], dana, after(60 + 7 * day)).score).toBe(15);
    expect(riskOf([high], dana, after(60 + 14 * day)).contributions[0]).toMatchObject({
      identity: high.identity,
      fullPoints: 30,
      share: 1,
      ageDays: 14,
      points: 7.5,
    });
  });

  test('counts the strongest of a case in full and the others at a quarter', () => {
    const low = member(0, { severity: 'low' });
    const high = member(10, { severity: 'high' });
    const apart = member(1000, { severity: 'medium' });
    const { score, contributions } = riskOf([low, high, apart], dana, after(1001));
    const shares = new Map(contributions.map(({ identity, share }) => [identity, share]));
    expect(shares).toEqual(
      new Map([
        [high.identity, 1],
        [low.identity, 0.25],
        [apart.identity, 1],
      ]),
    );
    const half = (minutes: number) => 0.5 ** (minutes / day / 7);
    expect(score).toBeCloseTo(12 + 30 * half(1001 - 11) + 0.25 * 5 * half(1001 - 1), 10);
  });

  test('weighs what a detector is worth', () => {
    const of = (detector: string) =>
      riskOf([member(0, { detector, severity: 'high' })], dana, after(1)).score;
    expect(['nb', 'z3', 'first_seen', 'rare_time', 'sod', 'a rule nobody weighed'].map(of)).toEqual([
      30, 15, 22.5, 22.5, 37.5, 30,
    ]);
  });

  test('ends at 100, and says what lay beyond', () => {
    const many = [0, 1000, 2000].map((at) => member(at, { severity: 'critical' }));
    const { score, overflow } = riskOf(many, dana, after(2001));
    expect(score).toBe(100);
    expect(overflow).toBeGreaterThan(60);
    expect(overflow).toBeLessThan(3 * pointsBySeverity.critical - 100);
  });

  test('leaves out others, other accounts, and nobody', () => {
    const others = [member(0, { actor: 'eli' }), member(0, { sourceAccount: 'second' })];
    expect(riskOf(others, dana, after(10))).toEqual({ score: 0, overflow: 0, contributions: [] });
    const nobody = { sourceAccount: 'primary', actor: '' };
    expect(riskOf([member(0, { actor: '' })], nobody, after(10)).contributions).toEqual([]);
  });

  test('knows nothing of what begins at its instant or later', () => {
    expect(riskOf([member(5)], dana, after(5)).contributions).toEqual([]);
    expect(riskOf([member(5)], dana, after(5) + 1).contributions).toHaveLength(1);
  });
});

describe('whatever the findings', () => {
  const instant = fc.integer({ min: 0, max: lastMinute + 20_000 }).map(after);
  const sum = (members: CaseMember[], at: number) =>
    riskOf(members, dana, at).contributions.reduce((total, { points }) => total + points, 0);

  test('the contributions sum to the score and its overflow, each to its own arithmetic', () => {
    fc.assert(
      fc.property(someMembers, instant, (members, at) => {
        const { score, overflow, contributions } = riskOf(members, dana, at);
        expect(score + overflow).toBeCloseTo(sum(members, at), 9);
        expect(score).toBeLessThanOrEqual(100);
        for (const { fullPoints, share, ageDays, points } of contributions)
          expect(points).toBeCloseTo(fullPoints * share * 0.5 ** (ageDays / 7), 9);
        const cases = Map.groupBy(contributions, ({ caseId }) => caseId);
        for (const own of cases.values())
          expect(own.map(({ share }) => share)).toEqual(own.map((_, place) => (place === 0 ? 1 : 0.25)));
      }),
    );
  });

  test('their order says nothing', () => {
    fc.assert(
      fc.property(someMembers, instant, (members, at) => {
        expect(riskOf(members.toReversed(), dana, at)).toEqual(riskOf(members, dana, at));
      }),
    );
  });

  test('one that comes later changes no past day, and never lowers the score', () => {
    fc.assert(
      fc.property(someMembers, fc.constantFrom('low', 'critical' as const), (members, severity) => {
        const added = member(lastMinute + 0.5, { identity: 'later', severity });
        const more = [added, ...members];
        expect(riskHistory(more, dana, [0, 1])).toEqual(riskHistory(members, dana, [0, 1]));
        const at = after(lastMinute + 5000);
        expect(riskOf(more, dana, at).score).toBeGreaterThanOrEqual(riskOf(members, dana, at).score - 1e-9);
      }),
    );
  });

  test('the history of a day is the risk at its end', () => {
    fc.assert(
      fc.property(someMembers, fc.integer({ min: 0, max: 9 }), (members, at) => {
        expect(riskHistory(members, dana, [at])).toEqual([
          { day: at, risk: riskOf(members, dana, after((at + 1) * day)) },
        ]);
      }),
    );
  });
});
