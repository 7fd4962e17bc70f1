import { describe, expect, test } from 'vitest';
import { seriesDetector } from '../../../../src-main/analytics/series/series-detector.ts';
import { seriesDefaults } from '../../../../src-main/analytics/series/series-method.ts';
import { expectLaws, expectNumbersInEvidence, run } from '../detectors/cube/laws.ts';
import { firstDay, inHour, officeEvents, range, scopeOf } from '../detectors/cube/office.ts';

const hourUs = 3_600_000_000;
const start = (day: number, hour: number) => ((firstDay + day) * 24 + hour) * hourUs;
const office = officeEvents({ seed: 31, days: 42, people: 8, services: 2, perHour: 4 });
const detector = seriesDetector();

describe('hourly totals of an account', () => {
  test('chance and the office week are quiet', () => {
    expect(run(detector, office, scopeOf(range(14, 42)))).toEqual([]);
  });

  test('a burst at night is one hit of the account, with its events', () => {
    const burst = inHour(36, 1, 120, { actor: 'person-3' });
    const [hit, ...others] = run(detector, [...office, ...burst], scopeOf(range(14, 42)));
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      detector: 'series',
      methodVersion: 'series/1',
      sourceAccount: 'acme',
      actor: '',
      entity: { kind: 'account', value: 'acme' },
      action: '',
      startMicroseconds: start(36, 1),
      endMicroseconds: start(36, 2),
      threshold: seriesDefaults.threshold,
      evidence: { component: 'point' },
    });
    expect(hit!.count).toBeGreaterThanOrEqual(120);
    expect(hit!.events).toHaveLength(hit!.count);
    expect(hit!.score).toBeGreaterThan(hit!.threshold);
    expect(hit!.explanation.what).toBe(
      `${hit!.count} events of account acme, on Tue 6 Oct 2026, 03:00–04:00 (Europe/Berlin; 01:00–02:00 UTC): out of place for this hour.`,
    );
    expectNumbersInEvidence(hit!);
  });

  test('a service that starts to work thrice as much is one hit, not one a day', () => {
    const more = range(30, 42).flatMap((day) => range(0, 24).flatMap((hour) => inHour(day, hour, 30)));
    const hits = run(detector, [...office, ...more], scopeOf(range(14, 42)));
    expect(hits).toHaveLength(1);
    expect(hits[0]!.startMicroseconds).toBeGreaterThanOrEqual(start(30, 0));
    expect(hits[0]!.startMicroseconds).toBeLessThan(start(30, 12));
  });

  test('a short history is not judged', () => {
    const events = [...office, ...inHour(36, 1, 120)].filter(
      ({ createdAtMicroseconds }) => createdAtMicroseconds >= start(31, 0),
    );
    expect(run(detector, events, scopeOf(range(31, 42)))).toEqual([]);
  });

  test('an account with less than an event an hour has no course to judge', () => {
    const sparse = range(0, 42).flatMap((day) => inHour(day, 10, 20));
    const burst = inHour(36, 1, 120);
    expect(run(detector, [...sparse, ...burst], scopeOf(range(14, 42)))).toEqual([]);
    const dense = range(0, 42).flatMap((day) => [...inHour(day, 10, 20), ...inHour(day, 11, 20)]);
    expect(run(detector, [...dense, ...burst], scopeOf(range(14, 42)))).toHaveLength(1);
  });

  test('accounts are judged apart', () => {
    const other = office.map((event) => ({ ...event, id: `b-${event.id}`, sourceAccount: 'beta' }));
    const burst = inHour(36, 1, 120, { sourceAccount: 'beta' });
    const hits = run(detector, [...office, ...other, ...burst], scopeOf(range(14, 42)));
    expect(hits.map(({ sourceAccount }) => sourceAccount)).toEqual(['beta']);
    const both = [...office, ...other, ...burst, ...inHour(36, 1, 120)];
    expect(run(detector, both, scopeOf([36])).map(({ sourceAccount }) => sourceAccount)).toEqual([
      'acme',
      'beta',
    ]);
    expectLaws(detector, both, scopeOf([35, 36]), 4);
  });

  test('an hour that has not ended is not judged', () => {
    const events = [...office, ...inHour(36, 1, 120)];
    const scope = scopeOf([36], { untilMicroseconds: start(36, 2) - 1 });
    expect(run(detector, events, scope)).toEqual([]);
    expect(run(detector, events, { ...scope, untilMicroseconds: start(36, 2) })).toHaveLength(1);
  });

  test('a day’s answer depends on the same past, whichever days are asked for with it', () => {
    const long = officeEvents({ seed: 32, days: 130, people: 2, services: 1, perHour: 2 });
    const odd = range(60, 130).flatMap((day) => inHour(day, (day * 5) % 24, (day * 7) % 23));
    const history = [...long, ...odd];
    const hits = run(detector, history, scopeOf(range(60, 130)));
    expect(hits.length).toBeGreaterThan(5);
    expectLaws(detector, history, scopeOf(range(60, 130)), 5);
  });

  test('order, numbering, cuts and the future change nothing', () => {
    const burst = inHour(36, 1, 120, { actor: '' });
    const drop = office.filter(({ createdAtMicroseconds: at }) => at < start(38, 8) || at >= start(38, 14));
    const events = [...drop, ...burst];
    expect(run(detector, events, scopeOf(range(14, 42))).length).toBeGreaterThan(0);
    for (const seed of [1, 2, 3]) expectLaws(detector, events, scopeOf(range(14, 42)), seed);
  });
});
