import { describe, expect, test } from 'vitest';
import {
  dayUs,
  event,
  hitsOf,
  hourUs,
  minuteUs,
  monday,
  mondayUs,
  repeat,
  scopeOf,
  secondUs,
} from '../rule-history.ts';

const noonUs = mondayUs + 12 * hourUs;
const responses = (statuses: readonly number[], fromUs = noonUs, path = '/orders') =>
  statuses.map((status, at) =>
    event(fromUs + at * secondUs, { fields: { status: String(status), method: 'GET', path } }),
  );
const statuses = (good: number, bad: number, badStatus = 500) => [
  ...Array.from({ length: good }, () => 200),
  ...Array.from({ length: bad }, () => badStatus),
];
const changed = (rule: string, values: Record<string, number>) => ({ values: { [rule]: values } });
const day = scopeOf([monday]);

describe('error rate', () => {
  test('20 good and 2 bad at 50 %: nothing', () => {
    const settings = changed('service.error_rate', { thresholdPercent: 50 });
    expect(hitsOf('service.error_rate', responses(statuses(20, 2)), day, settings)).toEqual([]);
  });

  test('10 of 20 at 20 %: 50 %', () => {
    const [hit, ...others] = hitsOf('service.error_rate', responses(statuses(10, 10)));
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      score: 50,
      threshold: 20,
      severity: 'high',
      entity: { kind: 'account', value: 'primary' },
    });
    expect(hit!.explanation.unusual).toBe('50 % failed, at least the 20 % of the rule.');
  });

  test('five events, all bad: too few for a rate', () => {
    expect(hitsOf('service.error_rate', responses(statuses(0, 5)))).toEqual([]);
    const settings = changed('service.error_rate', { minimumRequests: 5 });
    expect(hitsOf('service.error_rate', responses(statuses(0, 5)), day, settings)).toHaveLength(1);
  });

  test('exactly the threshold is listed', () => {
    expect(hitsOf('service.error_rate', responses(statuses(16, 4)))).toHaveLength(1);
    expect(hitsOf('service.error_rate', responses(statuses(17, 4, 399)))).toEqual([]);
  });

  test('an event without a status is no success', () => {
    const unknown = repeat(100, noonUs, 1000, () => ({ fields: { status: null } }));
    const hit = hitsOf('service.error_rate', [
      ...unknown,
      ...responses(statuses(8, 2), noonUs + secondUs),
    ])[0];
    expect(hit!.evidence).toMatchObject({ requests: 10, errors: 2 });
  });

  test('errors of different windows do not add up', () => {
    const spread = Array.from({ length: 10 }, (_, at) => responses([500], noonUs + at * 6 * minuteUs)).flat();
    expect(hitsOf('service.error_rate', spread)).toEqual([]);
    const wider = changed('service.error_rate', { windowMinutes: 60 });
    expect(hitsOf('service.error_rate', spread, day, wider)).toHaveLength(1);
  });

  test('by route: one route stands out where the account does not', () => {
    const events = [
      ...responses(statuses(100, 0)),
      ...Array.from({ length: 12 }, (_, at) =>
        responses([at < 10 ? 200 : 500], noonUs + at * secondUs, `/users/${at}?q=1`),
      ).flat(),
    ];
    expect(hitsOf('service.error_rate', events)).toEqual([]);
    const [hit, ...others] = hitsOf('service.error_rate_by_route', events);
    expect(others).toEqual([]);
    expect(hit!.entity).toEqual({ kind: 'route', value: 'GET /users/{id}' });
    expect(hit!.evidence).toMatchObject({ requests: 12, errors: 2 });
    const settings = changed('service.error_rate_by_route', { thresholdPercent: 20 });
    expect(hitsOf('service.error_rate_by_route', events, day, settings)).toEqual([]);
  });
});

describe('brute force by status', () => {
  const rule = 'service.brute_force';

  test('10 × 500 at 3: nothing', () => {
    expect(hitsOf(rule, responses(statuses(0, 10)), day, changed(rule, { thresholdEvents: 3 }))).toEqual([]);
  });

  test('6 × 401 at 5: fires with the actor', () => {
    const [hit] = hitsOf(rule, responses(statuses(0, 6, 401)), day, changed(rule, { thresholdEvents: 5 }));
    expect(hit).toMatchObject({ actor: 'dana', count: 6, entity: { kind: 'actor', value: 'dana' } });
    expect(hit!.explanation.what).toContain('6 refused requests by dana');
  });

  test('4 × 403 at 3: fires', () => {
    expect(
      hitsOf(rule, responses(statuses(0, 4, 403)), day, changed(rule, { thresholdEvents: 3 })),
    ).toHaveLength(1);
  });

  test('one attacker never hides another', () => {
    const others = responses(statuses(0, 10, 401)).map((one) => ({
      ...one,
      id: `m${one.id}`,
      actor: 'mallory',
    }));
    expect(hitsOf(rule, [...responses(statuses(0, 10, 401)), ...others]).map(({ actor }) => actor)).toEqual([
      'dana',
      'mallory',
    ]);
  });

  test('a second trigger within the cooldown is the same finding, and counts', () => {
    const twice = [
      ...responses(statuses(0, 10, 401)),
      ...responses(statuses(0, 10, 401), noonUs + 9 * minuteUs),
    ];
    const merged = hitsOf(rule, twice, day, changed(rule, { cooldownMinutes: 10 }));
    expect(merged.map(({ count }) => count)).toEqual([20]);
    expect(hitsOf(rule, twice, day).map(({ count }) => count)).toEqual([10, 10]);
  });

  test('a burst across midnight counts its first half, and goes on as a finding of the new day that says so', () => {
    const across = responses(statuses(0, 40, 401), mondayUs + dayUs - 20 * secondUs);
    const hits = hitsOf(rule, across, scopeOf([monday, monday + 1]));
    expect(hits.map(({ startMicroseconds }) => Math.floor(startMicroseconds / dayUs))).toEqual([
      monday,
      monday + 1,
    ]);
    expect(hits[1]!.evidence).toMatchObject({ continuesFromDayBefore: true, highestInWindow: 40 });
    expect(hits[1]!.explanation.confidence).toContain('before midnight');
    expect(hits[0]!.evidence).toMatchObject({ continuesFromDayBefore: false });
    const late = responses(statuses(0, 10, 401), mondayUs + dayUs - 9 * secondUs);
    expect(hitsOf(rule, late, scopeOf([monday + 1]))[0]!.evidence).toMatchObject({
      highestInWindow: 10,
      continuesFromDayBefore: false,
    });
  });

  test('a window longer than the cooldown reaches across midnight, and so does a cooldown longer than the window', () => {
    const refused = (count: number, minute: number) =>
      responses(statuses(0, count, 401), mondayUs + dayUs + minute * minuteUs);
    const tomorrow = scopeOf([monday + 1]);
    const long = changed(rule, { windowMinutes: 60, cooldownMinutes: 1 });
    expect(hitsOf(rule, [...refused(9, -30), ...refused(1, 1)], tomorrow, long)).toHaveLength(1);
    const patient = changed(rule, { cooldownMinutes: 10 });
    const [hit] = hitsOf(rule, [...refused(10, -7), ...refused(10, 2)], tomorrow, patient);
    expect(hit!.evidence).toMatchObject({ continuesFromDayBefore: true });
    const [other] = hitsOf(rule, [...refused(10, -9), ...refused(10, 2)], tomorrow, patient);
    expect(other!.evidence).toMatchObject({ continuesFromDayBefore: false });
  });
});

describe('mass delete', () => {
  const rule = 'service.mass_delete';
  const requests = (method: string, count: number) =>
    repeat(count, noonUs, secondUs, (at) => ({ actor: `user-${at}`, fields: { method } }));

  test('10 × POST at 5: nothing; 15 × DELETE at 10, whoever made them: fires', () => {
    expect(hitsOf(rule, requests('POST', 10), day, changed(rule, { thresholdEvents: 5 }))).toEqual([]);
    const [hit] = hitsOf(rule, requests('DELETE', 15), day, changed(rule, { thresholdEvents: 10 }));
    expect(hit).toMatchObject({ count: 15, actor: '', entity: { kind: 'account', value: 'primary' } });
  });

  test('49 are nothing, 50 are', () => {
    expect(hitsOf(rule, requests('DELETE', 49))).toEqual([]);
    expect(hitsOf(rule, requests('delete', 50))).toHaveLength(1);
  });
});

describe('volume spike', () => {
  const rule = 'service.volume_spike';
  const steady = repeat(59, noonUs - 59 * minuteUs, minuteUs);
  const burst = (count: number) => repeat(count, noonUs, 100_000);

  test('no history: nothing', () => expect(hitsOf(rule, burst(100))).toEqual([]));

  test('one a minute for 59 minutes, then 100, at 2: fires', () => {
    const [hit, ...others] = hitsOf(rule, [...steady, ...burst(100)], day, changed(rule, { thresholdZ: 2 }));
    expect(others).toEqual([]);
    // σ is 0, so its floor of 1 stands in: (100 − 1) / 1.
    expect(hit).toMatchObject({
      score: 99,
      count: 100,
      startMicroseconds: noonUs,
      endMicroseconds: noonUs + minuteUs,
    });
    expect(hit!.evidence).toMatchObject({ mean: 1, sd: 0, deviationUsed: 1, sdFloorUsed: true, n: 59 });
  });

  test('two events after a steady one are no spike', () => {
    expect(hitsOf(rule, [...steady, ...burst(2)], day, changed(rule, { minimumEvents: 0 }))).toEqual([]);
  });

  test('above, not at, the threshold', () => {
    const settings = (thresholdZ: number) => changed(rule, { thresholdZ });
    expect(hitsOf(rule, [...steady, ...burst(100)], day, settings(99))).toEqual([]);
    expect(hitsOf(rule, [...steady, ...burst(100)], day, settings(98.9))).toHaveLength(1);
  });

  test('minutes before the first event are unknown, minutes without events are not', () => {
    const young = repeat(19, noonUs - 19 * minuteUs, minuteUs);
    expect(hitsOf(rule, [...young, ...burst(100)])).toEqual([]);
    const first = event(noonUs - 40 * minuteUs);
    const [hit] = hitsOf(rule, [first, ...burst(100)]);
    expect(hit!.evidence).toMatchObject({ n: 40, mean: 1 / 40 });
  });

  test('the mean and deviation are those of the 59 minutes before', () => {
    const counts = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7];
    const all = Array.from({ length: 70 }, (_, at) => counts[at % counts.length]!);
    const events = all.flatMap((count, at) => repeat(count, noonUs - (70 - at) * minuteUs, secondUs));
    const [hit] = hitsOf(rule, [...events, ...burst(200)]);
    const before = all.slice(-59);
    const mean = before.reduce((sum, count) => sum + count, 0) / 59;
    const sd = Math.sqrt(before.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 58);
    expect(hit!.evidence['mean']).toBeCloseTo(mean, 10);
    expect(hit!.evidence['sd']).toBeCloseTo(sd, 10);
  });

  test('a minute is judged when it is over', () => {
    const events = [...steady, ...burst(100)];
    const until = (untilMicroseconds: number) =>
      hitsOf(rule, events, scopeOf([monday], { untilMicroseconds }));
    expect(until(noonUs + minuteUs - 1)).toEqual([]);
    expect(until(noonUs + minuteUs)).toHaveLength(1);
  });
});

describe('silence', () => {
  const rule = 'service.silent_service';
  const silences = (events: Parameters<typeof hitsOf>[1], scope = day, minutes = 15) =>
    hitsOf(rule, events, scope, changed(rule, { thresholdMinutes: minutes })).map(
      ({ startMicroseconds, endMicroseconds, score }) => [
        (startMicroseconds - mondayUs) / minuteUs,
        (endMicroseconds - mondayUs) / minuteUs,
        score,
      ],
    );
  const until = (minute: number) => scopeOf([monday], { untilMicroseconds: mondayUs + minute * minuteUs });

  test('a quarter of an hour without an event is listed until the next', () => {
    const events = [event(mondayUs), event(mondayUs + 14 * minuteUs), event(mondayUs + 40 * minuteUs)];
    expect(silences(events, until(41))).toEqual([[29, 40, 26]]);
    expect(silences(events, until(41), 27)).toEqual([]);
    // The event that ends it after exactly so long comes too late by a moment.
    expect(silences(events, until(41), 26)).toEqual([[40, 40 + 1 / minuteUs, 26]]);
  });

  test('it need not end with an event: a fall to nothing is listed as well', () => {
    expect(silences([event(mondayUs)], until(20))).toEqual([[15, 20, 20]]);
    expect(silences([event(mondayUs)], until(15))).toEqual([]);
  });

  test('it goes on past midnight as a finding of the new day', () => {
    const events = [event(mondayUs + 23 * hourUs), event(mondayUs + 25 * hourUs)];
    const days = scopeOf([monday, monday + 1], { untilMicroseconds: mondayUs + 25 * hourUs + minuteUs });
    expect(silences(events, days)).toEqual([
      [23 * 60 + 15, 24 * 60, 60],
      [24 * 60, 25 * 60, 120],
    ]);
  });

  test('each account is silent by itself, and one never seen is not', () => {
    const busy = repeat(24 * 12, mondayUs, 5 * minuteUs);
    const quiet = event(mondayUs + hourUs, { sourceAccount: 'second' });
    const hits = hitsOf(rule, [...busy, quiet]);
    expect(hits.map(({ sourceAccount }) => sourceAccount)).toEqual(['second']);
    expect(hits[0]!.startMicroseconds).toBe(mondayUs + hourUs + 15 * minuteUs);
  });

  test('after the lookback it is no longer waited for', () => {
    const events = [event(mondayUs - 8 * dayUs), event(mondayUs + hourUs, { sourceAccount: 'second' })];
    expect(hitsOf(rule, events).map(({ sourceAccount }) => sourceAccount)).toEqual(['second']);
    const longer = changed(rule, { lookbackDays: 9 });
    expect(hitsOf(rule, events, day, longer).map(({ sourceAccount }) => sourceAccount)).toEqual([
      'primary',
      'second',
    ]);
  });
});
