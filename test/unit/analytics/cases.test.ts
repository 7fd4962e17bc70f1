import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseGapMicroseconds, foldCases, type Case } from '../../../src-main/analytics/cases.ts';
import type { CaseMember } from '../../../src-main/analytics/case-member.ts';
import { severityRank } from '../../../src-shared/model/severity.ts';
import { addressMember, lastMinute, member, minute, someMembers } from './members.ts';

/** Cases as lists of what is in them. */
const inside = (cases: readonly Case[]) =>
  cases.map(({ members }) => members.map(({ identity }) => identity));
const shuffled = (members: CaseMember[]) =>
  fc.shuffledSubarray(members, { minLength: members.length, maxLength: members.length });

describe('findings of one actor', () => {
  test('make one case up to an hour apart, and two beyond it', () => {
    const first = member(0, { toMinute: 10 });
    const soon = member(70);
    const late = member(71 + 60.1);
    expect(inside(foldCases([first, soon, late]))).toEqual([
      [first.identity, soon.identity],
      [late.identity],
    ]);
    expect(caseGapMicroseconds).toBe(60 * minute);
  });

  test('are not cut short by a brief one inside a long one', () => {
    const long = member(0, { toMinute: 300 });
    const brief = member(10, { toMinute: 11 });
    const after = member(350);
    expect(foldCases([long, brief, after])).toHaveLength(1);
  });

  test('stay apart from those of others, and of the same name in another account', () => {
    expect(
      foldCases([member(0), member(0, { actor: 'eli' }), member(0, { sourceAccount: 'second' })]),
    ).toHaveLength(3);
  });

  test('take the highest severity, first start, last end, and titles in words', () => {
    const [only, ...others] = foldCases([
      member(5, { severity: 'low', title: 'Rare hour' }),
      member(20, { severity: 'critical', title: 'Mass deletion' }),
      member(30, { severity: 'low', title: 'Rare hour' }),
      member(40, { toMinute: 90, severity: 'low', title: 'New network' }),
    ]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      severity: 'critical',
      startMicroseconds: 5 * minute,
      endMicroseconds: 90 * minute,
      actors: ['dana'],
      title: 'Mass deletion, rare hour and 1 more by dana',
    });
  });
});

describe('findings about an address', () => {
  test('join the case of the actor whose events they cite, and bring others along', () => {
    const guessed = member(10, { eventIds: ['a', 'b'] });
    const from = addressMember(11, '203.0.113.9', { eventIds: ['b', 'c'] });
    const second = member(12, { actor: 'eli', eventIds: ['c'] });
    const stranger = member(12, { actor: 'finn', eventIds: ['z'] });
    const [first, ...rest] = foldCases([second, stranger, from, guessed]);
    expect(inside([first!])).toEqual([[guessed.identity, from.identity, second.identity]]);
    expect(first!.actors).toEqual(['dana', 'eli']);
    expect(first!.title).toBe('Unusual count for this hour by dana and 1 other');
    expect(inside(rest)).toEqual([[stranger.identity]]);
  });

  test('join the earliest of several cases they share events with', () => {
    const eli = member(5, { actor: 'eli', eventIds: ['b'] });
    const dana = member(10, { eventIds: ['a', 'c'] });
    const finn = member(12, { actor: 'finn', eventIds: ['c'] });
    const both = addressMember(13, '203.0.113.9', { eventIds: ['b', 'a'] });
    const other = addressMember(14, '203.0.113.10', { eventIds: ['c'] });
    expect(inside(foldCases([eli, dana, finn, both, other]))).toEqual([
      [eli.identity, both.identity],
      [dana.identity, other.identity],
      [finn.identity],
    ]);
  });

  test('do not join anybody by address alone, and not across accounts', () => {
    const lonely = addressMember(10, '203.0.113.9', { eventIds: ['b'] });
    expect(foldCases([member(10, { eventIds: ['a'] }), lonely])).toHaveLength(2);
    expect(foldCases([member(10, { eventIds: ['b'], sourceAccount: 'second' }), lonely])).toHaveLength(2);
    expect(foldCases([lonely])[0]!.title).toBe('Unusual count for this hour from 203.0.113.9');
  });

  test('of two people who share one do not make one story of them', () => {
    const shared = { kind: 'ip', value: '10.0.0.1' } as const;
    expect(
      foldCases([member(0, { entity: shared }), member(0, { actor: 'eli', entity: shared })]),
    ).toHaveLength(2);
  });
});

test('an account is a story of its own, and swallows nobody who shares its events', () => {
  const quiet = member(0, { actor: '', entity: { kind: 'account', value: 'primary' }, eventIds: ['a'] });
  const cases = foldCases([quiet, member(0, { eventIds: ['a'] })]);
  expect(cases.map(({ title }) => title)).toEqual([
    'Unusual count for this hour in primary',
    'Unusual count for this hour by dana',
  ]);
});

describe('whatever the findings', () => {
  test('every one is in exactly one case, and a case is what its members make it', () => {
    fc.assert(
      fc.property(someMembers, (members) => {
        const cases = foldCases(members);
        expect(inside(cases).flat().toSorted()).toEqual(members.map(({ identity }) => identity).toSorted());
        for (const { members: own, severity, startMicroseconds, endMicroseconds, sourceAccount } of cases) {
          expect(severityRank(severity)).toBe(Math.max(...own.map((one) => severityRank(one.severity))));
          expect(startMicroseconds).toBe(Math.min(...own.map((one) => one.fromMicroseconds)));
          expect(endMicroseconds).toBe(Math.max(...own.map((one) => one.toMicroseconds)));
          expect(new Set(own.map((one) => one.sourceAccount))).toEqual(new Set([sourceAccount]));
        }
        expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
      }),
    );
  });

  test('their order in the list changes nothing', () => {
    fc.assert(
      fc.property(
        someMembers.chain((members) => fc.tuple(fc.constant(members), shuffled(members))),
        ([members, mixed]) => {
          expect(foldCases(mixed)).toEqual(foldCases(members));
        },
      ),
    );
  });

  test('a later one changes no id, and moves nothing from case to case', () => {
    const later = fc.tuple(fc.constantFrom('dana', 'eli', ''), fc.array(fc.integer({ min: 0, max: 25 })));
    fc.assert(
      fc.property(someMembers, later, (members, [actor, events]) => {
        const added = member(lastMinute + 0.5, {
          identity: 'later',
          actor,
          entity: actor === '' ? { kind: 'ip', value: '203.0.113.9' } : { kind: 'actor', value: actor },
          eventIds: events.map(String),
        });
        const after = new Map(foldCases([added, ...members]).map((story) => [story.id, story]));
        for (const { id, members: own } of foldCases(members)) {
          const kept = after.get(id)!.members.filter(({ identity }) => identity !== 'later');
          expect(kept).toEqual(own);
        }
      }),
    );
  });
});
