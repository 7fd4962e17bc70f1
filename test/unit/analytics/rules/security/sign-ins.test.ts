import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
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
const day = scopeOf([monday]);
const failures = (
  count: number,
  stepUs = minuteUs,
  changes: (at: number) => Parameters<typeof event>[1] = () => ({}),
) =>
  repeat(count, noonUs, stepUs, (at) => ({
    action: 'auth.login_failed',
    ...changes(at),
    fields: { ip: '203.0.113.7', ...changes(at)?.fields },
  }));
const changed = (rule: string, values: Record<string, number>) => ({ values: { [rule]: values } });

describe('slow guessing', () => {
  test.each(['security.brute_force_slow_ip', 'security.brute_force_slow_actor'])(
    '%s: four attempts are nothing, the fifth fires',
    (rule) => {
      expect(hitsOf(rule, failures(4))).toEqual([]);
      const [hit, ...others] = hitsOf(rule, failures(5));
      expect(others).toEqual([]);
      expect(hit).toMatchObject({ score: 85, threshold: 85, severity: 'high', count: 5 });
      expect(hitsOf(rule, failures(5), day, changed(rule, { thresholdFailures: 6 }))).toEqual([]);
      expect(hitsOf(rule, failures(5), day, changed(rule, { windowMinutes: 3 }))).toEqual([]);
    },
  );

  test('successes are not counted', () => {
    const successes = repeat(20, noonUs, minuteUs, () => ({
      action: 'auth.login',
      fields: { ip: '203.0.113.7' },
    }));
    expect(hitsOf('security.brute_force_slow_ip', [...failures(4), ...successes])).toEqual([]);
  });
});

describe('guessing', () => {
  test('from one address, whoever is tried and when nobody is named', () => {
    const rule = 'security.brute_force_ip';
    const tried = failures(10, minuteUs, (at) => ({ actor: at % 2 === 0 ? '' : `user-${at}` }));
    const [hit] = hitsOf(rule, tried);
    expect(hit).toMatchObject({
      actor: '',
      entity: { kind: 'ip', value: '203.0.113.7' },
      count: 10,
      score: 100,
    });
    expect(hitsOf(rule, failures(9))).toEqual([]);
    expect(hitsOf(rule, failures(9), day, changed(rule, { thresholdFailures: 9 }))).toHaveLength(1);
  });

  test('against one actor only when it is fast', () => {
    const rule = 'security.brute_force_actor';
    // Five in two minutes are 2.5 a minute, in a minute and a half 3.3.
    expect(hitsOf(rule, failures(5, 30 * secondUs))).toEqual([]);
    expect(hitsOf(rule, failures(5, 22_500_000))).toHaveLength(1);
    expect(hitsOf(rule, failures(5, 30 * secondUs), day, changed(rule, { fastPerMinute: 2.5 }))).toHaveLength(
      1,
    );
  });

  test('from many addresses', () => {
    const rule = 'security.brute_force_distributed';
    const from = (addresses: number, count = 20) =>
      failures(count, 30 * secondUs, (at) => ({ fields: { ip: `203.0.113.${at % addresses}` } }));
    expect(hitsOf(rule, from(2))).toEqual([]);
    expect(hitsOf(rule, from(3, 19))).toEqual([]);
    const [hit] = hitsOf(rule, from(3));
    expect(hit).toMatchObject({ score: 70, severity: 'critical', evidence: { addresses: 3 } });
    expect(hitsOf(rule, from(2), day, changed(rule, { minimumAddresses: 2 }))).toHaveLength(1);
  });

  test('accounts are kept apart', () => {
    const split = failures(10, minuteUs, (at) => ({ sourceAccount: at % 2 === 0 ? 'a' : 'b' }));
    expect(hitsOf('security.brute_force_ip', split)).toEqual([]);
  });

  test('an address and an actor never hide each other', () => {
    const events = failures(20, 10 * secondUs);
    expect(hitsOf('security.brute_force_ip', events)).toHaveLength(1);
    expect(hitsOf('security.brute_force_actor', events)).toHaveLength(1);
  });
});

describe('credential stuffing', () => {
  const rule = 'security.credential_stuffing_ip';
  const attempts = (count: number, actors: number, stepUs: number, successes = 0) =>
    failures(count, stepUs, (at) => ({
      actor: `user-${at % actors}`,
      action: at < successes ? 'auth.login' : 'auth.login_failed',
    }));

  test('20 attempts on 10 actors without success, fast: 92', () => {
    const [hit] = hitsOf(rule, attempts(20, 10, secondUs));
    expect(hit).toMatchObject({
      score: 92,
      severity: 'critical',
      evidence: { attempts: 20, actorsTried: 10, successes: 0 },
    });
  });

  test('fewer attempts or actors are nothing', () => {
    expect(hitsOf(rule, attempts(19, 10, secondUs))).toEqual([]);
    expect(hitsOf(rule, attempts(20, 9, secondUs))).toEqual([]);
    expect(hitsOf(rule, attempts(20, 9, secondUs), day, changed(rule, { minimumActors: 9 }))).toHaveLength(1);
  });

  test('half of them successful and slow is an office behind one address', () => {
    expect(hitsOf(rule, attempts(20, 10, minuteUs, 10))).toEqual([]);
    // Two a minute are not more than two a minute.
    const spanning = (seconds: number) =>
      attempts(20, 20, secondUs, 3).map((one, at) => ({
        ...one,
        createdAtMicroseconds: at < 19 ? one.createdAtMicroseconds : noonUs + seconds * secondUs,
      }));
    expect(hitsOf(rule, spanning(600))).toEqual([]);
    expect(hitsOf(rule, spanning(599))).toHaveLength(1);
  });

  test('across an account: .20 successful fires with 71.4, .30 does not', () => {
    const global = 'security.credential_stuffing_account';
    const share = (successes: number) =>
      attempts(100, 100, secondUs, successes)
        .toReversed()
        .map((one, at) => ({ ...one, createdAtMicroseconds: noonUs + at * secondUs }));
    const scores = (successes: number, settings = {}) =>
      hitsOf(global, share(successes), day, settings).map(({ score }) => Number(score.toFixed(1)));
    expect(scores(20)).toEqual([71.4]);
    expect(scores(30)).toEqual([]);
    expect(scores(30, changed(global, { minimumScore: 57 }))).toEqual([57.1]);
    expect(hitsOf(global, share(20).slice(0, 99))).toEqual([]);
  });
});

describe('password spray', () => {
  const rule = 'security.password_spray';
  const sprayed = (actors: number, each: number) =>
    failures(actors * each, 10 * secondUs, (at) => ({ actor: `user-${at % actors}` }));

  test('few failures on many accounts', () => {
    const [hit] = hitsOf(rule, sprayed(10, 2));
    expect(hit).toMatchObject({
      score: 90,
      severity: 'critical',
      evidence: { actorsTried: 10, failuresEach: 2 },
    });
    expect(hitsOf(rule, sprayed(9, 2))).toEqual([]);
    expect(hitsOf(rule, sprayed(10, 2), day, changed(rule, { minimumActors: 11 }))).toEqual([]);
  });

  test('many failures each are guessing, and nobody is not an account', () => {
    const heavy = failures(50, 10 * secondUs, (at) => ({ actor: `user-${at < 41 ? 0 : at % 10}` }));
    expect(hitsOf(rule, heavy)).toEqual([]);
    expect(
      hitsOf(
        rule,
        failures(50, secondUs, () => ({ actor: '' })),
      ),
    ).toEqual([]);
  });
});

describe('statistics', () => {
  const rule = 'security.statistical_failed_sign_ins';
  const background = (days: number): HistoryEvent[] =>
    Array.from({ length: days * 24 }, (_, hour) => mondayUs - (hour + 1) * hourUs).flatMap((start, at) =>
      repeat(5 + (at % 3), start, secondUs, () => ({ action: 'auth.login_failed' })),
    );
  const burst = repeat(100, noonUs, secondUs, () => ({ action: 'auth.login_failed' }));

  test('100 in an hour against a mean of 6 held out before it', () => {
    const [hit, ...others] = hitsOf(rule, [...background(10), ...burst]);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      score: 100,
      severity: 'critical',
      count: 100,
      startMicroseconds: noonUs,
      endMicroseconds: noonUs + hourUs,
    });
    expect(hit!.evidence['mean']).toBe(6);
    expect(hit!.evidence['z']).toBeCloseTo(94 / Math.sqrt(6), 10);
    expect(hit!.evidence['n']).toBe(240);
  });

  test('above 70 points, that is above 4.2 standard deviations', () => {
    const many = (count: number) => [...background(10), ...burst.slice(0, count)];
    // The mean is 6 and the floor of the deviation its root: 16 have z 4.08, 17 have z 4.49.
    expect(hitsOf(rule, many(16))).toEqual([]);
    expect(hitsOf(rule, many(17))).toHaveLength(1);
    expect(hitsOf(rule, many(16), day, changed(rule, { minimumScore: 60 }))).toHaveLength(1);
  });

  test('fewer than seven days are no baseline', () => {
    expect(hitsOf(rule, [...background(6), ...burst])).toEqual([]);
    expect(hitsOf(rule, [...background(6), ...burst], day, changed(rule, { minimumDays: 6 }))).toHaveLength(
      1,
    );
  });

  test('what ended before the baseline began is not looked at', () => {
    const old = background(3).map((one) => ({
      ...one,
      createdAtMicroseconds: one.createdAtMicroseconds - 20 * dayUs,
    }));
    const [hit] = hitsOf(rule, [...old, ...burst]);
    expect(hit!.evidence).toMatchObject({ mean: 0, n: 14 * 24 });
  });

  test('a quiet series does not fire at the second event', () => {
    const quiet = repeat(14, mondayUs - 14 * dayUs, dayUs, () => ({ action: 'auth.login_failed' }));
    const two = repeat(2, noonUs, secondUs, () => ({ action: 'auth.login_failed' }));
    expect(hitsOf(rule, [...quiet, ...two])).toEqual([]);
    const five = repeat(5, noonUs, secondUs, () => ({ action: 'auth.login_failed' }));
    expect(hitsOf(rule, [...quiet, ...five])).toHaveLength(1);
  });

  test('an hour is judged when it is over', () => {
    const events = [...background(10), ...burst];
    const until = (untilMicroseconds: number) =>
      hitsOf(rule, events, scopeOf([monday], { untilMicroseconds })).length;
    expect([noonUs + hourUs - 1, noonUs + hourUs].map(until)).toEqual([0, 1]);
  });

  test('denied accesses are a series of their own', () => {
    const denied = repeat(40, noonUs, secondUs, () => ({ fields: { outcome: 'denied' } }));
    const old = event(mondayUs - 10 * dayUs, { fields: { outcome: 'success' } });
    expect(hitsOf('security.statistical_denied', [old, ...denied])).toHaveLength(1);
    expect(hitsOf(rule, [old, ...denied])).toEqual([]);
  });
});
