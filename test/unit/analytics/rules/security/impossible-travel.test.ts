import { describe, expect, test } from 'vitest';
import type { GeoLookup } from '../../../../../src-main/analytics/rules/geo/geo-lookup.ts';
import { impossibleTravel } from '../../../../../src-main/analytics/rules/security/impossible-travel.ts';
import { dayUs, event, hitsOf, hourUs, minuteUs, monday, mondayUs, scopeOf } from '../rule-history.ts';

const places: Record<string, [number, number, string]> = {
  '192.0.2.1': [40.7128, -74.006, 'US'],
  '198.51.100.1': [51.5074, -0.1278, 'GB'],
  '203.0.113.1': [42.3601, -71.0589, 'US'],
  '203.0.113.2': [40.9, -74.3, 'US'],
};
const [newYork, london, boston, nearby] = Object.keys(places) as [string, string, string, string];
const locate: GeoLookup = (ip) => {
  const place = places[ip];
  return place ? { latitude: place[0], longitude: place[1], country: place[2] } : null;
};
const rule = 'security.impossible_travel';
const at = (hours: number, ip: string | null, changes: Parameters<typeof event>[1] = {}) =>
  event(mondayUs + hours * hourUs, { ...changes, fields: { ip, outcome: 'success', ...changes.fields } });
const travels = (
  events: ReturnType<typeof at>[],
  values: Record<string, number | string[]> = {},
  days = [monday],
) => hitsOf(rule, events, scopeOf(days), { locate, values: { [rule]: values } });

describe('impossible travel', () => {
  test('New York to London at once: 5570 km, high', () => {
    const [hit, ...others] = travels([at(10, newYork), at(10, london)]);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ severity: 'high', score: 100, actor: 'dana' });
    expect(Math.round(hit!.evidence['km'] as number)).toBe(5570);
    expect(hit!.evidence).toMatchObject({
      hours: 0.01,
      from: { ip: newYork, country: 'US' },
      to: { ip: london, country: 'GB' },
    });
    expect(hit!.events).toHaveLength(2);
  });

  test('New York to Boston, 306 km in 10 hours, and less than 100 km at once: nothing', () => {
    expect(travels([at(1, newYork), at(11, boston)])).toEqual([]);
    expect(travels([at(10, newYork), at(10, nearby)])).toEqual([]);
  });

  test('at the limit it is possible, above it is not', () => {
    // 5570.2 km in 5.57 hours are 1000 km/h and a little.
    expect(travels([at(1, newYork), at(1 + 5.58, london)])).toEqual([]);
    expect(travels([at(1, newYork), at(1 + 5.56, london)])).toHaveLength(1);
    expect(travels([at(1, newYork), at(1 + 5.58, london)], { limitKmPerHour: 900 })).toHaveLength(1);
    expect(travels([at(10, newYork), at(10, nearby)], { minimumKm: 10 })).toHaveLength(1);
  });

  test('the impossible place is not where the actor is measured from next', () => {
    const events = [at(10, newYork), at(10.5, london), at(11, newYork), at(11.5, newYork)];
    expect(travels(events).map(({ count }) => count)).toEqual([1]);
  });

  test('somebody who did fly is accepted as soon as it was possible', () => {
    expect(travels([at(1, newYork), at(8, london), at(9, london), at(10, london)])).toEqual([]);
  });

  test('a refused sign-in from afar, an unknown address and nobody are not the actor', () => {
    expect(travels([at(10, newYork), at(10.5, london, { fields: { outcome: 'failure' } })])).toEqual([]);
    expect(travels([at(10, newYork), at(10.5, null), at(10.6, '8.8.8.8'), at(10.7, 'no address')])).toEqual(
      [],
    );
    expect(travels([at(10, newYork, { actor: '' }), at(10.5, london, { actor: '' })])).toEqual([]);
  });

  test('a trusted gateway is no location', () => {
    expect(travels([at(10, newYork), at(10.5, london)], { trustedAddresses: [london] })).toEqual([]);
  });

  test('a location older than the lookback is not compared with', () => {
    const far = { limitKmPerHour: 1 };
    expect(travels([at(0, newYork), at(23.9, london)], far)).toHaveLength(1);
    expect(travels([at(-1, newYork), at(23.9, london)], far)).toEqual([]);
    expect(travels([at(0, newYork), at(20, london)], { ...far, lookbackHours: 10 })).toEqual([]);
  });

  test('repeats within the cooldown are one finding', () => {
    const events = [
      at(10, newYork),
      at(10.1, london),
      at(10.2, newYork),
      at(10.3, london),
      at(12, newYork),
      at(12.1, london),
    ];
    expect(travels(events).map(({ count }) => count)).toEqual([2, 1]);
    expect(travels(events, { cooldownMinutes: 200 }).map(({ count }) => count)).toEqual([3]);
  });

  test('across midnight, day by day as all at once', () => {
    const events = [at(23.9, newYork), at(24.1, london), at(24.2, newYork), at(30, london)];
    const both = travels(events, {}, [monday, monday + 1]);
    const one = [monday, monday + 1].flatMap((day) => travels(events, {}, [day]));
    expect(both.map(({ startMicroseconds }) => startMicroseconds)).toEqual(
      one.map(({ startMicroseconds }) => startMicroseconds),
    );
    expect(Math.floor(both[0]!.startMicroseconds / dayUs)).toBe(monday + 1);
    expect(both[0]!.startMicroseconds).toBe(mondayUs + 24 * hourUs + 6 * minuteUs);
  });

  test('without a location file it says what it lacks', () => {
    expect(impossibleTravel.lacks({})).toBe('a location file');
    expect(impossibleTravel.lacks({ locate })).toBeNull();
  });
});
