import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hit, Scope } from '../../../../src-main/analytics/detector.ts';
import { failBurst, failBurstDetector } from '../../../../src-main/analytics/detectors/fail-burst.ts';
import { failBurstParameters } from '../../../../src-main/analytics/detectors/events/fail-burst-parameters.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { at, dayOf, event, expectInvariants, expectNumbersInEvidence, scopeOf } from './history-variants.ts';

const second = 1_000_000;
const minute = 60 * second;
const noon = at('2026-11-04T12:00:00Z');
const midnight = at('2026-11-05T00:00:00Z');

type Details = Parameters<typeof event>[2];

/** So many failed logins, so far apart. */
function failures(
  count: number,
  from: number,
  apart: number,
  details: Details = { ip: '192.0.2.9' },
): HistoryEvent[] {
  return Array.from({ length: count }, (_, place) =>
    event(from + place * apart, 'auth.login_failed', details),
  );
}

const login = (time: number, details: Details = { ip: '192.0.2.9' }) => event(time, 'auth.login', details);

function run(events: HistoryEvent[], changes: Partial<Scope> = {}): Hit[] {
  const history = buildHistory(events);
  const hits = failBurstDetector.run(history, scopeOf(history, changes));
  for (const hit of hits) expectNumbersInEvidence(hit);
  return hits;
}

describe('a burst', () => {
  test('is 10 failed logins within 5 minutes, to the microsecond', () => {
    const nine = failures(9, noon, minute / 2);
    const last = (time: number) => [...nine, event(time, 'auth.login_failed', { ip: '192.0.2.9' })];
    const [burst, ...others] = run(last(noon + 5 * minute));
    expect(others).toEqual([]);
    expect(burst).toMatchObject({ count: 10, score: 10, threshold: 10, severity: 'medium' });
    expect(burst).toMatchObject({ evidence: { trigger: 'burst' } });
    expect(burst).toMatchObject({ startMicroseconds: noon, endMicroseconds: noon + 5 * minute + 1 });
    expect(run(last(noon + 5 * minute + 1))).toMatchObject([
      { severity: 'low', evidence: { trigger: 'slow' } },
    ]);
    expect(run(nine)).toEqual([]);
  });

  test('is told of the address, with the actor in it, when both consist of the same events', () => {
    expect(run(failures(12, noon, second))).toMatchObject([
      { entity: { kind: 'ip', value: '192.0.2.9' }, actor: 'dana', evidence: { kind: 'guessing' } },
    ]);
  });

  test('is found by actor when every address differs, and said to be distributed', () => {
    const events = Array.from({ length: 12 }, (_, place) =>
      event(noon + place * second, 'auth.login_failed', { ip: `192.0.2.${place}` }),
    );
    expect(run(events)).toMatchObject([
      { entity: { kind: 'actor', value: 'dana' }, evidence: { kind: 'distributed', distinctAddresses: 12 } },
    ]);
  });

  test('is found by address when every actor differs, and when nobody is named', () => {
    const by = (actor: (place: number) => string, action = 'auth.login_failed') =>
      run(
        Array.from({ length: 12 }, (_, place) =>
          event(noon + place * second, action, { ip: '::ffff:192.0.2.9', actor: actor(place) }),
        ),
      );
    expect(by((place) => `guess${place}`)).toMatchObject([
      { actor: '', severity: 'high', evidence: { kind: 'spray', distinctAccounts: 12 } },
    ]);
    expect(by((place) => `guess${place}`, 'auth.invalid_user')).toMatchObject([
      { entity: { value: '192.0.2.9' }, evidence: { kind: 'enumeration', failuresOfUnknownAccounts: 12 } },
    ]);
    expect(by(() => '')).toMatchObject([
      { actor: '', evidence: { kind: 'guessing', failuresUnattributed: 12, distinctAccounts: 0 } },
    ]);
  });

  test('counts two spellings of an address as one, and two source accounts as two', () => {
    const spellings = ['192.0.2.9', '192.000.002.009'].flatMap((ip) =>
      failures(6, noon, second, { ip, actor: '' }),
    );
    expect(run(spellings)).toHaveLength(1);
    const accounts = ['one', 'two'].flatMap((sourceAccount) =>
      failures(6, noon, second, { ip: '192.0.2.9', sourceAccount }),
    );
    expect(run(accounts)).toEqual([]);
  });

  test('does not include what is no failed login', () => {
    for (const action of [
      'session.closed_preauth',
      'login_failed_threshold.updated',
      'job.failed',
      'auth.logout',
    ]) {
      const events = failures(20, noon, second).map((one) => ({
        ...one,
        action,
        fields: { outcome: 'failure' },
      }));
      expect(run(events), action).toEqual([]);
    }
  });

  test('takes the outcome of a login where the name does not say', () => {
    const attempts = (outcome: string | null) =>
      failures(10, noon, second).map((one) => ({ ...one, action: 'ConsoleLogin', fields: { outcome } }));
    expect(run(attempts('failure'))).toHaveLength(1);
    expect(run(attempts('success'))).toEqual([]);
    expect(run(attempts(null))).toEqual([]);
  });

  test('of a machine from its one address is low, and says so', () => {
    const events = failures(12, noon, second, { ip: '192.0.2.9', actorType: 'service' });
    const [hit] = run([...events, login(noon + minute, { ip: '192.0.2.9', actorType: 'service' })]);
    expect(hit).toMatchObject({ severity: 'medium', evidence: { isMachine: true } });
    expect(hit!.explanation.confidence).toContain('machine');
    expect(run(events)).toMatchObject([{ severity: 'low' }]);
  });
});

describe('episodes', () => {
  test('one finding as long as it goes on, another after 30 quiet minutes', () => {
    const first = failures(10, noon, second);
    const goesOn = failures(3, noon + 29 * minute, second);
    const again = failures(10, noon + 60 * minute, second);
    expect(run([...first, ...goesOn, ...again]).map(({ count }) => count)).toEqual([13, 10]);
  });

  test('the start is the first failure of the full window, whatever comes later', () => {
    const early = failures(1, noon - 20 * minute, second);
    const events = [...early, ...failures(10, noon, second)];
    const later = failures(40, noon + minute, second);
    const withoutSlow = failBurst({ ...failBurstParameters, slowMinutes: null });
    for (const all of [events, [...events, ...later]]) {
      const history = buildHistory(all);
      expect(withoutSlow.run(history, scopeOf(history))).toMatchObject([{ startMicroseconds: noon }]);
    }
  });

  test('across midnight: found on the day the window is full, told up to the end of each day', () => {
    const events = failures(10, midnight - 7 * second, second);
    const history = buildHistory(events);
    const [hit, ...others] = failBurstDetector.run(history, scopeOf(history));
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      startMicroseconds: midnight,
      count: 10,
      evidence: { failuresBeforeMidnight: 7 },
    });
    expect(run(failures(40, midnight - 20 * second, second)).map(({ count }) => count)).toEqual([20, 20]);
    // Found the day before, and what follows does not fill a window of its own.
    expect(run(failures(25, midnight - 20 * second, second)).map(({ count }) => count)).toEqual([20]);
  });
});

describe('a success after failures', () => {
  test('needs 5 in a row within 30 minutes, and is critical', () => {
    const [hit] = run([...failures(5, noon, second), login(noon + 10 * minute)]);
    expect(hit).toMatchObject({
      severity: 'critical',
      count: 6,
      score: 5,
      threshold: 5,
      startMicroseconds: noon,
    });
    expect(hit!.explanation.what).toContain('Then dana got in from 192.0.2.9, after 5 failures in a row.');
    expect(run([...failures(4, noon, second), login(noon + minute)])).toEqual([]);
    expect(run([...failures(5, noon, second), login(noon + 31 * minute)])).toEqual([]);
    const interrupted = [
      ...failures(3, noon, second),
      login(noon + minute),
      ...failures(3, noon + 2 * minute, second),
    ];
    expect(run([...interrupted, login(noon + 3 * minute)])).toEqual([]);
  });

  test('of the person herself, from elsewhere, neither counts nor interrupts', () => {
    const own = login(noon + 10 * second, { ip: '198.51.100.1' });
    expect(run([...failures(5, noon, second), own])).toEqual([]);
    const [hit] = run([...failures(5, noon, second), own, login(noon + minute)]);
    expect(hit).toMatchObject({ severity: 'critical', evidence: { success: { address: '192.0.2.9' } } });
    const fromMany = failures(5, noon, second).map((one, place) => ({
      ...one,
      fields: { ip: `192.0.2.${place}` },
    }));
    expect(run([...fromMany, own])).toMatchObject([{ entity: { kind: 'actor' }, severity: 'critical' }]);
  });

  test('of somebody whose own logins had not failed is said to be that', () => {
    const sprayed = Array.from({ length: 12 }, (_, place) =>
      event(noon + place * second, 'auth.login_failed', { ip: '192.0.2.9', actor: `guess${place}` }),
    );
    const [hit] = run([...sprayed, login(noon + minute)]);
    expect(hit).toMatchObject({
      severity: 'critical',
      actor: '',
      evidence: { success: { hadFailed: false } },
    });
  });

  test('after midnight is found on the day it happened', () => {
    const events = [...failures(10, midnight - minute, second), login(midnight + minute)];
    const hits = run(events);
    expect(hits.map(({ severity }) => severity)).toEqual(['medium', 'critical']);
    expect(hits.map(({ startMicroseconds }) => dayOf(startMicroseconds))).toEqual([
      dayOf(noon),
      dayOf(midnight),
    ]);
  });

  test('an as-of before it does not know of it', () => {
    const events = [...failures(10, noon, second), login(noon + minute)];
    expect(run(events, { untilMicroseconds: noon + minute })).toMatchObject([
      { severity: 'medium', count: 10 },
    ]);
  });
});

test('every parameter changes the answer', () => {
  const history = buildHistory([
    ...failures(10, noon, minute / 3),
    ...failures(10, noon + 3 * 60 * minute, 3 * minute, { ip: '192.0.2.10' }),
    ...failures(5, noon + 6 * 60 * minute, second, { ip: '192.0.2.11' }),
    login(noon + 6 * 60 * minute + 20 * minute, { ip: '192.0.2.11' }),
  ]);
  const severities = (changes: Partial<typeof failBurstParameters>) =>
    failBurst({ ...failBurstParameters, ...changes })
      .run(history, scopeOf(history))
      .map(({ severity }) => severity);
  expect(severities({})).toEqual(['medium', 'low', 'critical']);
  expect(severities({ failures: 11 })).toEqual(['critical']);
  expect(severities({ burstMinutes: 2 })).toEqual(['low', 'low', 'critical']);
  expect(severities({ slowMinutes: null })).toEqual(['medium', 'critical']);
  expect(severities({ failuresBeforeSuccess: 6 })).toEqual(['medium', 'low']);
  expect(severities({ successMinutes: 10 })).toEqual(['medium', 'low']);
  expect(severities({ quietMinutes: 2 })).toEqual(['medium', 'critical']);
  expect(severities({ sprayAccounts: 1 })).toEqual(['high', 'low', 'critical']);
  expect(severities({ highFailures: 10 })).toEqual(['high', 'low', 'critical']);
});

describe('any history', () => {
  const burst = fc.record({
    start: fc.integer({ min: -90, max: 90 }),
    count: fc.integer({ min: 1, max: 14 }),
    apart: fc.constantFrom(1, 20, 40, 240),
    actor: fc.constantFrom('', 'dana', 'eli'),
    ip: fc.constantFrom('192.0.2.1', '192.0.2.2', null),
    action: fc.constantFrom(
      'auth.login_failed',
      'auth.login_failed',
      'auth.invalid_user',
      'auth.login',
      'ConsoleLogin',
    ),
    outcome: fc.constantFrom(null, 'failure'),
  });
  const bursts = fc
    .array(burst, { minLength: 1, maxLength: 8 })
    .map((list) =>
      list.flatMap(({ start, count, apart, action, ...details }) =>
        Array.from({ length: count }, (_, place) =>
          event(midnight + start * minute + place * apart * second, action, details),
        ),
      ),
    );
  const fields = new Set(['ip', 'outcome'] as const);

  test('keeps what every detector promises', () => {
    fc.assert(
      fc.property(bursts, (events) => expectInvariants(failBurstDetector, events, fields)),
      { numRuns: 150 },
    );
  });

  test('finds an address on a day exactly when one window is full, counted one by one', () => {
    fc.assert(
      fc.property(bursts, (events) => {
        const day = events.filter(
          ({ createdAtMicroseconds: time }) => time >= midnight && time < midnight + 1440 * minute,
        );
        const history = buildHistory(day, fields);
        const found = failBurstDetector
          .run(history, scopeOf(history))
          .filter(({ entity }) => entity.kind === 'ip')
          .map(({ entity }) => entity.value);
        const expected = ['192.0.2.1', '192.0.2.2'].filter((ip) => isFull(day, ip));
        expect([...new Set(found)].toSorted()).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

/** The rule, read out naively, for the events of one address within one day. */
function isFull(events: readonly HistoryEvent[], ip: string): boolean {
  const attempts = events
    .filter(({ fields }) => fields?.ip === ip)
    .toSorted((a, b) => a.createdAtMicroseconds - b.createdAtMicroseconds || (a.id < b.id ? -1 : 1))
    .map(({ createdAtMicroseconds: time, action, fields }) => ({
      time,
      failed: /failed|invalid/.test(action) || fields?.outcome === 'failure',
    }));
  return attempts.some(({ time, failed }, place) => {
    const before = attempts.slice(0, place);
    const sinceSuccess = before.slice(before.findLastIndex((one) => !one.failed) + 1);
    if (!failed) return sinceSuccess.filter((one) => one.time >= time - 30 * minute).length >= 5;
    return (
      before.filter((one) => one.failed && one.time >= time - 60 * minute).length + 1 >= 10 &&
      isOneEpisode(attempts, place)
    );
  });
}

/** Whether the ten failures up to a place have no 30 quiet minutes between them. */
function isOneEpisode(attempts: readonly { time: number; failed: boolean }[], place: number): boolean {
  const failed = attempts
    .slice(0, place + 1)
    .filter((one) => one.failed)
    .slice(-10);
  return failed.every((one, at) => at === 0 || one.time - failed[at - 1]!.time < 30 * minute);
}
