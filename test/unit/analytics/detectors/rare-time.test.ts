import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../../src-main/analytics/detector.ts';
import type { HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import {
  rareTime,
  rareTimeDetector,
  rareTimeParameters,
} from '../../../../src-main/analytics/detectors/rare-time.ts';
import { expectLaws, expectNumbersInEvidence, run } from './cube/laws.ts';
import { firstDay, inHour, localHour, officeEvents, range, scopeOf } from './cube/office.ts';

const office = officeEvents({ seed: 5, days: 40, people: 3, services: 1 });
const hourUs = 3_600_000_000;
const at = (day: number, hour: number) => ((firstDay + day) * 24 + hour) * hourUs;

describe('what is listed', () => {
  const night = [...inHour(38, 1, 4, { actor: 'person-1' }), ...inHour(38, 3, 2, { actor: 'person-1' })];
  const hits = run(rareTimeDetector, [...office, ...night], scopeOf([38]));

  test('one episode of a night, with an empty hour between its hours', () => {
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({
      detector: 'rare_time',
      actor: 'person-1',
      entity: { kind: 'actor', value: 'person-1' },
      startMicroseconds: at(38, 1),
      endMicroseconds: at(38, 4),
      count: 6,
      severity: 'low',
      evidence: { eventsNear: 0, activeHoursNear: 0, rareDays: 0, actions: [{ action: 'read', count: 6 }] },
    });
    expect(hits[0]!.events).toHaveLength(6);
    expect(hits[0]!.explanation.what).toContain(
      'Thu 8 Oct 2026, 03:00–06:00 (Europe/Berlin; 01:00–04:00 UTC)',
    );
    expectNumbersInEvidence(hits[0]!);
  });

  test('two empty hours make two episodes', () => {
    const later = inHour(38, 4, 5, { actor: 'person-1' });
    const earlier = inHour(38, 1, 4, { actor: 'person-1' });
    const hits = run(rareTimeDetector, [...office, ...earlier, ...later], scopeOf([38]));
    expect(hits.map((hit) => [hit.startMicroseconds, hit.count])).toEqual([
      [at(38, 1), 4],
      [at(38, 4), 5],
    ]);
  });

  test('one privileged action is enough, and makes it medium; two others are not', () => {
    const grant = inHour(38, 1, 1, { actor: 'person-1', action: 'role_grant' });
    expect(run(rareTimeDetector, [...office, ...grant], scopeOf([38]))).toMatchObject([
      { severity: 'medium', count: 1, evidence: { privilegedCount: 1 } },
    ]);
    const reads = inHour(38, 1, 2, { actor: 'person-1' });
    expect(run(rareTimeDetector, [...office, ...reads], scopeOf([38]))).toEqual([]);
  });

  test('an episode is cut at midnight UTC, and says so', () => {
    const night = [...inHour(37, 23, 4, { actor: 'person-1' }), ...inHour(38, 0, 3, { actor: 'person-1' })];
    const hits = run(rareTimeDetector, [...office, ...night], scopeOf([37, 38]));
    expect(hits.map((hit) => [hit.startMicroseconds, hit.count])).toEqual([
      [at(37, 23), 4],
      [at(38, 0), 3],
    ]);
    expect(hits[0]!.evidence['continuesAtMidnightUtc']).toBe(true);
    expect(hits[1]!.explanation.what).toContain('before midnight UTC');
  });
});

describe('what is quiet', () => {
  test('a service around the clock has no rare hour, and its working-hours twin has', () => {
    const extra = (actor: string) => inHour(38, 1, 40, { actor });
    expect(run(rareTimeDetector, [...office, ...extra('service-0')], scopeOf([38]))).toEqual([]);
    expect(run(rareTimeDetector, [...office, ...extra('person-2')], scopeOf([38]))).toHaveLength(1);
  });

  test('somebody known for thirteen days, or by fewer than fifty events', () => {
    const isNewcomer = (days: number) => (event: HistoryEvent) =>
      event.actor === 'person-1' && event.createdAtMicroseconds >= at(38 - days, 0);
    const night = inHour(38, 1, 5, { actor: 'person-1' });
    const known = (days: number) =>
      run(rareTimeDetector, [...office.filter(isNewcomer(days)), ...night], scopeOf([38]));
    expect(known(13)).toEqual([]);
    expect(known(14)).toHaveLength(1);
    const few = office.filter(({ actor }) => actor === 'person-1').filter((_, place) => place % 20 === 0);
    expect(few.length).toBeLessThan(50);
    expect(run(rareTimeDetector, [...few, ...night], scopeOf([38]))).toEqual([]);
  });

  test('nobody in particular', () => {
    const nobody = office
      .filter(({ actor }) => actor === 'person-1')
      .map((event) => ({ ...event, actor: '' }));
    expect(run(rareTimeDetector, [...nobody, ...inHour(38, 1, 9, { actor: '' })], scopeOf([38]))).toEqual([]);
  });

  test('somebody who is often about at odd hours, each time another one', () => {
    const odd = [25, 28, 31, 32].flatMap((day, place) =>
      inHour(day, place % 2 === 0 ? 0 : 1, 1, { actor: 'person-1' }),
    );
    const night = inHour(38, 1, 5, { actor: 'person-1' });
    const detect = (rareDayShare: number) =>
      run(rareTime({ ...rareTimeParameters, rareDayShare }), [...office, ...odd, ...night], scopeOf([38]));
    expect(detect(0.05)).toEqual([]);
    expect(detect(0.5)).toHaveLength(1);
  });

  test('an hour that had not ended', () => {
    const night = inHour(38, 1, 9, { actor: 'person-1' });
    const until = (microseconds: number) =>
      run(rareTimeDetector, [...office, ...night], scopeOf([38], { untilMicroseconds: microseconds }));
    expect(until(at(38, 2) - 1)).toEqual([]);
    expect(until(at(38, 2))).toHaveLength(1);
  });

  test('holidays are weekends: work on one is as rare as on a Sunday', () => {
    const night = inHour(38, 9, 5, { actor: 'person-1' });
    const holidays = new Set(['2026-10-08']);
    expect(run(rareTimeDetector, [...office, ...night], scopeOf([38]))).toEqual([]);
    const hits = run(rareTimeDetector, [...office, ...night], scopeOf([38], { holidays }));
    expect(hits.map((hit) => hit.actor)).toContain('person-1');
    expect(hits[0]!.evidence['isWeekendOrHoliday']).toBe(true);
  });
});

/** Rare hours by the definition, over plain events; without the rule about odd days, and without episodes. */
function rareHoursNaively(events: readonly HistoryEvent[], { days }: Scope): string[] {
  const hourOf = (event: HistoryEvent) => Math.floor(event.createdAtMicroseconds / hourUs);
  const cell = (hour: number) => JSON.stringify(localHour(hour));
  const isNear = (a: number, b: number) => {
    const [one, other] = [localHour(a), localHour(b)];
    const distance = Math.abs(one.hour - other.hour);
    return one.isWeekend === other.isWeekend && Math.min(distance, 24 - distance) <= 1;
  };
  const found = new Set<string>();
  for (const actor of new Set(events.map((event) => event.actor))) {
    const own = events.filter((event) => event.actor === actor);
    const first = Math.floor(Math.min(...own.map(hourOf)) / 24);
    for (const day of days) {
      const from = Math.max(first, day - 90);
      const before = own.filter((event) => hourOf(event) >= from * 24 && hourOf(event) < day * 24);
      if (before.length < 50 || day - first < 14) continue;
      const active = [...new Set(before.map(hourOf))];
      const hours = range(from * 24, day * 24);
      for (const hour of new Set(own.map(hourOf).filter((hour) => Math.floor(hour / 24) === day))) {
        const near = before.filter((event) => isNear(hourOf(event), hour)).length;
        const chance = hours.filter((one) => isNear(one, hour)).length / hours.length;
        const there = active.filter((one) => isNear(one, hour)).length;
        let probability = 0;
        let term = (1 - chance) ** active.length;
        for (let k = 0; k <= there; k += 1) {
          probability += term;
          term *= ((active.length - k) / (k + 1)) * (chance / (1 - chance));
        }
        if ((near + 0.5) / (before.length + 1) <= 0.01 && probability <= 0.01)
          found.add(`${actor} ${hour} ${cell(hour)}`);
      }
    }
  }
  return [...found].toSorted();
}

test('agrees with counting over plain events', () => {
  // Few hours of the night, so that their shares come to lie on both sides of one per cent.
  const nights = fc.tuple(fc.integer({ min: 1, max: 27 }), fc.integer({ min: 0, max: 4 }));
  const seeds = fc.record({ seed: fc.integer(), extra: fc.array(nights, { minLength: 4, maxLength: 16 }) });
  let listed = 0;
  fc.assert(
    fc.property(seeds, ({ seed, extra }) => {
      const events = [
        ...officeEvents({ seed, days: 28, people: 1, services: 1, perHour: 2 }),
        ...extra.flatMap(([day, hour]) => inHour(day, hour, 1, { actor: 'person-0' })),
      ];
      const scope = scopeOf(range(8, 28));
      const lenient = rareTime({ ...rareTimeParameters, minimumCount: 1, rareDayShare: 1 });
      const hours = run(lenient, events, scope).flatMap((hit) =>
        hit.events.map(({ segment, index }) => {
          const hour = Math.floor(segment.microseconds[index]! / hourUs);
          return `${hit.actor} ${hour} ${JSON.stringify(localHour(hour))}`;
        }),
      );
      listed += hours.length;
      expect([...new Set(hours)].toSorted()).toEqual(rareHoursNaively(events, scope));
    }),
    { numRuns: 12 },
  );
  expect(listed).toBeGreaterThan(0);
});

test('the laws of all detectors', () => {
  const nights = [
    ...inHour(30, 23, 4, { actor: 'person-0' }),
    ...inHour(31, 0, 4, { actor: 'person-0' }),
    ...inHour(34, 2, 3, { actor: 'person-1', action: 'role_grant' }),
    ...inHour(38, 3, 600, { actor: 'person-2' }),
  ];
  const scope = scopeOf(range(10, 40));
  const hits = run(rareTimeDetector, [...office, ...nights], scope);
  expect(hits.length).toBeGreaterThanOrEqual(4);
  expect(hits.find((hit) => hit.actor === 'person-2')).toMatchObject({ count: 600, events: { length: 500 } });
  expectLaws(rareTimeDetector, [...office, ...nights], scope, 11);
});
