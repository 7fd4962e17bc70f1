import { describe, expect, test } from 'vitest';
import { matcherOf } from '../../../bench/evaluate/match.ts';
import { minute } from '../../analytics/members.ts';
import { incident, listed, listedAddress } from './listed-hits.ts';

const isAbout = (
  ...[hit, truth]: [Parameters<ReturnType<typeof matcherOf>>[0], Parameters<typeof incident>[0]?]
) => matcherOf(incident(truth))(hit) !== null;

describe('a hit is about an incident', () => {
  test('of the same actor up to an hour before and after, and not beyond', () => {
    expect(isAbout(listed(630))).toBe(true);
    expect(isAbout(listed(720))).toBe(true);
    expect(isAbout(listed(721))).toBe(false);
    expect(isAbout(listed(500, { toMicroseconds: 540 * minute }))).toBe(true);
    expect(isAbout(listed(500, { toMicroseconds: 539 * minute }))).toBe(false);
  });

  test('of one of several actors, whatever the case and the spaces', () => {
    const actors = ['Dana  Reeve ', 'eli'];
    expect(isAbout(listed(630, { actor: 'dana reeve' }), { actors })).toBe(true);
    expect(isAbout(listed(630, { actor: 'danareeve' }), { actors })).toBe(false);
    expect(isAbout(listed(630, { actor: '' }), { actors: [' '] })).toBe(false);
  });

  test('from one of its addresses', () => {
    const truth = { actors: [], addresses: ['203.0.113.9'] };
    expect(isAbout(listedAddress(630, '203.0.113.9'), truth)).toBe(true);
    expect(isAbout(listedAddress(630, '203.0.113.10'), truth)).toBe(false);
    expect(isAbout(listed(630, { entity: { kind: 'resource', value: '203.0.113.9' } }), truth)).toBe(false);
  });

  test('when it cites one of its events, whoever and whenever', () => {
    const hit = listed(5000, { actor: 'eli', eventIds: ['x', 'a', 'b'] });
    expect(matcherOf(incident({ eventIds: ['a', 'b', 'c'] }))(hit)).toEqual({ cited: 2 });
  });

  test('that lasts for weeks only when it cites one of its events, if these are known', () => {
    const toMicroseconds = (600 + 30 * 24 * 60) * minute;
    expect(isAbout(listed(6000), { toMicroseconds, eventIds: ['a'] })).toBe(false);
    expect(isAbout(listed(6000, { eventIds: ['a'] }), { toMicroseconds, eventIds: ['a'] })).toBe(true);
    expect(isAbout(listed(6000), { toMicroseconds })).toBe(true);
  });

  test('that is to be reviewed only when it cites one of its events, if these are known', () => {
    const truth = { expect: 'review', eventIds: ['a'] } as const;
    expect(isAbout(listed(630), truth)).toBe(false);
    expect(isAbout(listed(630, { eventIds: ['a'] }), truth)).toBe(true);
    expect(isAbout(listed(630), { expect: 'review' })).toBe(true);
  });

  test('of nobody when it is about the account', () => {
    const gap = listed(630, { actor: '', entity: { kind: 'account', value: 'primary' } });
    expect(isAbout(gap, { actors: [] })).toBe(true);
    expect(isAbout(gap)).toBe(false);
    expect(isAbout(listed(630), { actors: [] })).toBe(false);
    expect(isAbout(gap, { actors: [], eventIds: ['a'] })).toBe(false);
  });
});
