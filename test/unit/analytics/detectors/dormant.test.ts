import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import {
  dormant,
  dormantDetector,
  dormantParameters,
} from '../../../../src-main/analytics/detectors/dormant.ts';
import { expectLaws, expectNumbersInEvidence, plain, run } from './cube/laws.ts';
import { firstDay, inHour, range, scopeOf } from './cube/office.ts';

const dayUs = 86_400_000_000;
const everyday = range(0, 200).flatMap((day) => inHour(day, 9, 2, { actor: 'erin' }));
const past = range(0, 20).flatMap((day) => inHour(day, 10, 3));
const back = [...inHour(130, 14, 2), ...inHour(130, 16, 1, { action: 'write' })];

describe('a return after ninety days', () => {
  test('is listed with the count of the first day', () => {
    const hits = run(
      dormantDetector,
      [...everyday, ...past, ...back, ...inHour(131, 9, 5)],
      scopeOf(range(0, 200)),
    );
    expect(hits).toMatchObject([
      {
        actor: 'dana',
        startMicroseconds: (firstDay + 130) * dayUs,
        endMicroseconds: (firstDay + 131) * dayUs,
        count: 3,
        threshold: 90,
        severity: 'medium',
        evidence: {
          silentHours: 111 * 24 + 3,
          lastActiveDay: '2026-09-19',
          activeDaysBefore: 20,
          isLong: true,
        },
      },
    ]);
    expect(hits[0]!.score).toBeCloseTo(111 + 3 / 24, 9);
    expect(hits[0]!.events).toHaveLength(3);
    expectNumbersInEvidence(hits[0]!);
  });

  test('is high when privileged actions are among the first day’s', () => {
    const grant = inHour(130, 15, 1, { action: 'role_grant' });
    expect(run(dormantDetector, [...past, ...back, ...grant], scopeOf([130]))).toMatchObject([
      { severity: 'high', count: 4 },
    ]);
  });

  test('needs ninety whole days, to the hour', () => {
    const long = dormant({ ...dormantParameters, unlikeThem: null });
    const last = inHour(0, 10, 1);
    expect(run(long, [...last, ...inHour(90, 10, 1)], scopeOf([90]))).toEqual([]);
    expect(run(long, [...last, ...inHour(90, 11, 1)], scopeOf([90]))).toHaveLength(1);
  });

  test('starts with the day, whatever arrives late', () => {
    const late = inHour(130, 2, 1);
    const [before] = run(dormantDetector, [...past, ...back], scopeOf([130]));
    const [after] = run(dormantDetector, [...past, ...back, ...late], scopeOf([130]));
    expect(after!.startMicroseconds).toBe(before!.startMicroseconds);
  });
});

describe('an absence unlike the actor', () => {
  const monthLater = inHour(60, 9, 2);

  test('is low, or medium with privileged actions', () => {
    expect(run(dormantDetector, [...past, ...monthLater], scopeOf([60]))).toMatchObject([
      {
        severity: 'low',
        threshold: 30,
        evidence: { activeDaysBefore: 20, longestPauseDays: 0, isLong: false },
      },
    ]);
    const grant = inHour(60, 9, 1, { action: 'secret.accessed' });
    expect(run(dormantDetector, [...past, ...monthLater, ...grant], scopeOf([60]))).toMatchObject([
      { severity: 'medium' },
    ]);
    expectNumbersInEvidence(run(dormantDetector, [...past, ...monthLater], scopeOf([60]))[0]!);
  });

  test('is nothing for somebody who is often away, or hardly known', () => {
    const rare = [0, 9, 18, 27, 36, 45, 54].flatMap((day) => inHour(day - 35, 9, 1));
    expect(run(dormantDetector, [...rare, ...inHour(55, 9, 2)], scopeOf([55]))).toEqual([]);
    expect(run(dormantDetector, [...past.slice(0, 9), ...monthLater], scopeOf([60]))).toEqual([]);
  });
});

describe('what is quiet', () => {
  test('newcomers, people who were never away, and nobody in particular', () => {
    expect(run(dormantDetector, [...everyday, ...back], scopeOf(range(0, 200)))).toEqual([]);
    const nobody = [...past, ...back].map((event) => ({ ...event, actor: '' }));
    expect(run(dormantDetector, nobody, scopeOf([130]))).toEqual([]);
  });

  test('where the mirror does not reach back to the event before, nothing is said', () => {
    const history = buildHistory([...everyday, ...past, ...back]);
    const shorter = { ...history, activity: history.activity.filter(({ day }) => day >= firstDay + 50) };
    expect(dormantDetector.run(history, scopeOf([130]))).toHaveLength(1);
    expect(dormantDetector.run(shorter, scopeOf([130]))).toEqual([]);
  });

  test('an hour that had not ended', () => {
    const until = (hour: number) =>
      scopeOf([130], { untilMicroseconds: (firstDay + 130) * dayUs + hour * 3_600_000_000 - 1 });
    expect(run(dormantDetector, [...past, ...back], until(15))).toEqual([]);
    expect(run(dormantDetector, [...past, ...back], until(16))).toMatchObject([{ count: 2 }]);
  });
});

/** Who came back when, and after how many hours, over plain events. */
function returnsNaively(events: readonly HistoryEvent[], days: readonly number[]): string[] {
  return [...Map.groupBy(events, (event) => event.actor)].flatMap(([actor, own]) => {
    const hours = [
      ...new Set(own.map((event) => Math.floor(event.createdAtMicroseconds / 3_600_000_000))),
    ].toSorted((a, b) => a - b);
    return hours.flatMap((hour, at) => {
      const day = Math.floor(hour / 24);
      const before = hours[at - 1];
      const isFirst = before !== undefined && Math.floor(before / 24) < day;
      return isFirst && days.includes(day) && hour - before - 1 >= 90 * 24
        ? [`${actor} ${day} ${hour - before - 1}`]
        : [];
    });
  });
}

test('agrees with looking at every event', () => {
  const when = fc.array(
    fc.tuple(
      fc.constantFrom('ann', 'bob', 'cleo'),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 23 }),
    ),
    { minLength: 2, maxLength: 25 },
  );
  let found = 0;
  fc.assert(
    fc.property(when, (cases) => {
      const events = cases.flatMap(([actor, day, hour]) => inHour(day, hour, 1, { actor }));
      const scope = scopeOf([...new Set(cases.map(([, day]) => day))].toSorted((a, b) => a - b));
      const hits = run(dormant({ ...dormantParameters, unlikeThem: null }), events, scope);
      found += hits.length;
      const names = hits.map(
        (hit) => `${hit.actor} ${hit.startMicroseconds / dayUs} ${Math.round(hit.score * 24)}`,
      );
      expect(names.toSorted()).toEqual(returnsNaively(events, scope.days).toSorted());
    }),
    { numRuns: 150 },
  );
  expect(found).toBeGreaterThan(50);
});

test('the laws of all detectors', () => {
  const others = [...inHour(3, 8, 4, { actor: 'fay' }), ...inHour(199, 23, 700, { actor: 'fay' })];
  const events = [...everyday, ...past, ...back, ...others];
  expect(plain(run(dormantDetector, events, scopeOf(range(0, 200))))).toHaveLength(2);
  expectLaws(dormantDetector, events, scopeOf(range(0, 200)), 5);
});
