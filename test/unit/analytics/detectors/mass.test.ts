import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hit, Scope } from '../../../../src-main/analytics/detector.ts';
import { mass, massDetector } from '../../../../src-main/analytics/detectors/mass.ts';
import { massParameters } from '../../../../src-main/analytics/detectors/events/mass-parameters.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { at, event, expectInvariants, expectNumbersInEvidence, scopeOf } from './history-variants.ts';

const second = 1_000_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const evening = at('2026-11-04T22:00:00Z');

type Details = Parameters<typeof event>[2];

function bulk(
  count: number,
  from: number,
  apart = second,
  action = 'record.delete',
  details: Details = {},
): HistoryEvent[] {
  return Array.from({ length: count }, (_, place) =>
    event(from + place * apart, action, { resourceId: `rec-${from}-${place}`, ...details }),
  );
}

function run(events: HistoryEvent[], changes: Partial<Scope> = {}): Hit[] {
  const history = buildHistory(events);
  const hits = massDetector.run(history, scopeOf(history, changes));
  for (const hit of hits) expectNumbersInEvidence(hit);
  return hits;
}

describe('bulk work', () => {
  test('is 50 deletions and exports of one actor within 5 minutes, to the microsecond', () => {
    const most = bulk(49, evening);
    const last = (time: number) => [...most, event(time, 'record.export', { resourceId: 'set-1' })];
    expect(run(last(evening + 5 * minute))).toMatchObject([
      {
        actor: 'dana',
        severity: 'medium',
        count: 50,
        score: 50,
        threshold: 50,
        startMicroseconds: evening,
        evidence: { deletions: 49, exports: 1, distinctResources: 50 },
      },
    ]);
    expect(run(last(evening + 5 * minute + 1))).toEqual([]);
  });

  test('of several actors, of nobody, or refused, is none', () => {
    const half = (actor: string) => bulk(30, evening, second, 'record.delete', { actor });
    expect(run([...half('dana'), ...half('eli')])).toEqual([]);
    expect(run([...half(''), ...half('')])).toEqual([]);
    expect(run(bulk(80, evening, second, 'record.delete', { outcome: 'failure' }))).toEqual([]);
    expect(run(bulk(80, evening, second, 'record.read'))).toEqual([]);
  });

  test('is high from 100 on, but not when it is the same thing again and again', () => {
    expect(run(bulk(100, evening))).toMatchObject([{ severity: 'high' }]);
    const repeated = bulk(100, evening, second, 'report.download', { resourceId: 'rep-1' });
    const [again] = run(repeated);
    expect(again).toMatchObject({ severity: 'medium', evidence: { distinctResources: 1 } });
    expect(again!.explanation.alsoSeen).toBe('Only 1 different resource was concerned, again and again.');
  });

  test('counts resources only where they are known', () => {
    const [hit] = run(bulk(60, evening, second, 'record.delete', { resourceId: '' }));
    expect(hit).toMatchObject({ evidence: { distinctResources: null }, explanation: { alsoSeen: null } });
  });

  test('cites 500 events and counts all', () => {
    const [hit] = run(bulk(700, evening, second / 10));
    expect(hit!.events).toHaveLength(500);
    expect(hit).toMatchObject({ count: 700, score: 700 });
  });
});

describe('routine', () => {
  const nights = (count: number, size: number, later = 0) =>
    Array.from({ length: count }, (_, back) =>
      bulk(size, evening - (back + 1) * day + later, second / 10),
    ).flat();
  const tonight = (events: HistoryEvent[], zone = 'UTC') =>
    run([...events, ...bulk(200, evening, second / 10)], { zone }).at(-1)!;

  test('is 3 earlier nights with as much at the same hour ±1: low, and said', () => {
    expect(tonight(nights(3, 200))).toMatchObject({ severity: 'low', evidence: { earlierDaysReached: 3 } });
    expect(tonight(nights(3, 200)).explanation.comparedWith).toContain('routine');
    expect(tonight(nights(3, 200, hour))).toMatchObject({ severity: 'low' });
  });

  test.each([
    ['two nights', nights(2, 200)],
    ['smaller ones', nights(5, 199)],
    ['another time of day', nights(5, 200, -3 * hour)],
    [
      'long ago',
      nights(5, 200).map((one) => ({ ...one, createdAtMicroseconds: one.createdAtMicroseconds - 28 * day })),
    ],
    ['somebody else’s', nights(5, 200).map((one) => ({ ...one, actor: 'eli' }))],
  ])('is not: %s', (_name, events) => expect(tonight(events)).toMatchObject({ severity: 'high' }));

  test('is the same local hour, also when the clocks change in between', () => {
    // 22:00 in Berlin is 20:00 UTC until 25 October, 21:00 UTC after.
    const before = [24, 23, 22, 21].flatMap((date) =>
      bulk(200, at(`2026-10-${date}T20:00:00Z`), second / 10),
    );
    const after = bulk(200, at('2026-10-27T22:30:00Z'), second / 10);
    const last = (zone: string) => run([...before, ...after], { zone }).at(-1)!;
    expect(last('Europe/Berlin')).toMatchObject({ severity: 'low' });
    expect(last('UTC')).toMatchObject({ severity: 'high' });
  });

  test('work around midnight is one night', () => {
    const around = [1, 2].flatMap((back) =>
      bulk(800, at('2026-11-05T00:00:00Z') - back * day - 5 * minute, second),
    );
    const [, , , , hit] = run([...around, ...bulk(300, at('2026-11-05T00:00:00Z'), second)]);
    expect(hit).toMatchObject({ evidence: { earlierDaysReached: 2, isRoutine: false } });
  });
});

test('every parameter changes the answer', () => {
  const earlier = [1, 2, 3].flatMap((back) => bulk(60, evening - back * day + hour));
  const history = buildHistory([...earlier, ...bulk(60, evening), ...bulk(60, evening + 20 * minute)]);
  const last = (changes: Partial<typeof massParameters>) => {
    const hits = mass({ ...massParameters, ...changes }).run(history, scopeOf(history));
    return `${hits.length} ${hits.at(-1)?.severity ?? 'none'}`;
  };
  expect(last({})).toBe('4 low');
  expect(last({ count: 61 })).toBe('0 none');
  expect(last({ windowMinutes: 0.5 })).toBe('0 none');
  expect(last({ quietMinutes: 10 })).toBe('5 low');
  expect(last({ routineNights: 4 })).toBe('4 medium');
  expect(last({ routineDays: 2 })).toBe('4 medium');
  expect(last({ routineHours: 0 })).toBe('4 medium');
  expect(last({ routineNights: 4, highCount: 60 })).toBe('4 high');
});

test('any history keeps what every detector promises', () => {
  const midnight = at('2026-11-05T00:00:00Z');
  const burst = fc.record({
    start: fc.integer({ min: -3000, max: 3000 }),
    count: fc.integer({ min: 1, max: 14 }),
    apart: fc.constantFrom(1, 20, 300),
    actor: fc.constantFrom('', 'dana', 'eli'),
    action: fc.constantFrom('record.delete', 'record.export', 'record.read'),
    resourceId: fc.constantFrom('a', 'b', null),
    outcome: fc.constantFrom(null, null, 'failure'),
  });
  const small = mass({ ...massParameters, count: 6, highCount: 12, routineNights: 1 });
  fc.assert(
    fc.property(fc.array(burst, { minLength: 1, maxLength: 8 }), (bursts) => {
      const events = bursts.flatMap(({ start, count, apart, action, ...details }) =>
        Array.from({ length: count }, (_, place) =>
          event(midnight + start * minute + place * apart * second, action, details),
        ),
      );
      expectInvariants(small, events, new Set(['resourceId', 'outcome']), { zone: 'Europe/Berlin' });
    }),
    { numRuns: 100 },
  );
});
