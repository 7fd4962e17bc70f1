// What the heatmap’s cells let through, and which instants a period of local days is.
import { describe, expect, it } from 'vitest';
import { activityMatches } from '../../../../src-renderer/domain/activity-matches.ts';
import { boundsOf, isBackwards, periodBefore, weeksBetween } from '../../../../src-renderer/domain/period.ts';
import { boundsOfHour } from '../../../../src-renderer/screens/heatmap/cell-at.ts';

describe('cells as a filter', () => {
  // Tuesday 02:00 to 05:00 in Berlin.
  const filter = { actors: ['dana'], hours: [26, 28] as const, action: null, zone: 'Europe/Berlin' };
  const at = (instant: string, actor = 'dana', action = 'role_grant') => ({ actor, action, at: instant });

  it('let through what was done by those actors in those hours, in the zone', () => {
    const matches = activityMatches(filter);
    expect(matches(at('2026-11-17T01:00:00.000Z'))).toBe(true);
    expect(matches(at('2026-11-17T03:59:59.999Z'))).toBe(true);
    expect(matches(at('2026-11-17T00:59:59.999Z'))).toBe(false);
    expect(matches(at('2026-11-17T04:00:00.000Z'))).toBe(false);
    expect(matches(at('2026-11-18T02:00:00.000Z'))).toBe(false);
    expect(matches(at('2026-11-17T02:00:00.000Z', 'erik'))).toBe(false);
  });

  it('ask for an action, or for anybody, where they say so', () => {
    const matches = activityMatches({ ...filter, actors: [], hours: null, action: 'role_grant' });
    expect(matches(at('2026-11-18T12:00:00.000Z', 'erik'))).toBe(true);
    expect(matches(at('2026-11-18T12:00:00.000Z', 'erik', 'login'))).toBe(false);
  });
});

describe('a period', () => {
  it('is whole local days, the last one too', () => {
    expect(boundsOf({ from: '2026-10-24', to: '2026-10-25' }, 'Europe/Berlin')).toEqual({
      from: '2026-10-23T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
    expect(boundsOf({ from: '', to: '' }, 'Europe/Berlin')).toEqual({});
  });

  it('begins an hour later where clocks leave out midnight', () => {
    // Beirut went from 00:00 to 01:00 on 29 March 2026.
    expect(boundsOf({ from: '2026-03-29', to: '' }, 'Asia/Beirut')).toEqual({
      from: '2026-03-28T22:00:00.000Z',
    });
  });

  it('has an earlier one of the same length just before it', () => {
    expect(periodBefore({ from: '2026-11-02', to: '2026-11-15' })).toEqual({
      from: '2026-10-19',
      to: '2026-11-01',
    });
    expect(periodBefore({ from: '2026-11-02', to: '' })).toBeNull();
    expect(isBackwards({ from: '2026-11-02', to: '2026-11-01' })).toBe(true);
    expect(isBackwards({ from: '2026-11-02', to: '' })).toBe(false);
    expect(weeksBetween('2026-11-01T00:00:00.000Z', '2026-11-15T00:00:00.000Z')).toBe(2);
  });

  it('has hours of sixty minutes, of two hours when clocks go back, and of none when they go forward', () => {
    expect(boundsOfHour('2026-11-03', 23, 'Europe/Berlin')).toEqual({
      from: '2026-11-03T22:00:00.000Z',
      to: '2026-11-03T23:00:00.000Z',
    });
    expect(boundsOfHour('2026-10-25', 2, 'Europe/Berlin')).toEqual({
      from: '2026-10-25T00:00:00.000Z',
      to: '2026-10-25T02:00:00.000Z',
    });
    expect(boundsOfHour('2026-03-29', 1, 'Europe/Berlin')).toEqual({
      from: '2026-03-29T00:00:00.000Z',
      to: '2026-03-29T01:00:00.000Z',
    });
    expect(boundsOfHour('2026-03-29', 2, 'Europe/Berlin')).toBeNull();
  });
});
