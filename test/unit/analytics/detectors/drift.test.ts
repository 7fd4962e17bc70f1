import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { drift, driftDetector, driftParameters } from '../../../../src-main/analytics/detectors/drift.ts';
import { z3Method } from '../../../../src-main/analytics/detectors/z3.ts';
import { expectLaws, expectNumbersInEvidence, run } from './cube/laws.ts';
import { firstDay, inHour, localHour, officeEvents, range, scopeOf } from './cube/office.ts';

const dayUs = 86_400_000_000;
const office = officeEvents({ seed: 9, days: 84, people: 3, services: 1, perHour: 4 });
const dayOfHit = (hit: { readonly startMicroseconds: number }) => hit.startMicroseconds / dayUs - firstDay;

/** From day 56 on one export more on each working day, spread over its hours. */
const slowExport = range(56, 84)
  .filter((day) => !localHour((firstDay + day) * 24 + 12).isWeekend)
  .flatMap((day, place) =>
    range(0, place + 1).flatMap((one) =>
      inHour(day, 8 + (one % 7), 1, { actor: 'person-1', action: 'export' }),
    ),
  );

describe('a little more every day', () => {
  const hits = run(driftDetector, [...office, ...slowExport], scopeOf(range(0, 84)));

  test('is listed once, on the day it became clear', () => {
    expect(hits.map((hit) => hit.actor)).toEqual(['person-1']);
    const [hit] = hits;
    expect(dayOfHit(hit!)).toBeGreaterThan(62);
    expect(dayOfHit(hit!)).toBeLessThan(80);
    expect(hit!.score).toBeGreaterThan(hit!.threshold);
    expect(hit!.count).toBe(hit!.events.length);
    expect(hit!.endMicroseconds - hit!.startMicroseconds).toBe(dayUs);
    expectNumbersInEvidence(hit!);
  });

  test('adds too little to any hour for a deviation of three', () => {
    const exports = Map.groupBy(slowExport, ({ createdAtMicroseconds }) =>
      Math.floor(createdAtMicroseconds / 3_600_000_000),
    );
    const most = Math.max(...[...exports.values()].map((hour) => hour.length));
    // An hour of this actor has a mean of four: what is added stays below three deviations of √4 each.
    expect(most).toBeLessThan(z3Method.threshold * Math.sqrt(4));
  });
});

describe('what is quiet', () => {
  test('chance alone, and a single day however busy', () => {
    expect(run(driftDetector, office, scopeOf(range(0, 84)))).toEqual([]);
    const burst = inHour(60, 10, 900, { actor: 'person-1' });
    expect(run(driftDetector, [...office, ...burst], scopeOf(range(56, 70)))).toEqual([]);
  });

  test('nobody in particular', () => {
    const nobody = [...office, ...slowExport].map((event) => ({ ...event, actor: '' }));
    expect(run(driftDetector, nobody, scopeOf(range(0, 84)))).toEqual([]);
  });

  test('somebody known for thirteen active days', () => {
    const from = (day: number) => (event: HistoryEvent) =>
      event.createdAtMicroseconds >= (firstDay + day) * dayUs;
    const more = range(70, 84).flatMap((day) => inHour(day, 10, 60, { actor: 'person-1' }));
    const weekdays = more.filter(
      (event) => !localHour(Math.floor(event.createdAtMicroseconds / 3_600_000_000)).isWeekend,
    );
    const events = [...office, ...weekdays];
    expect(run(driftDetector, events.filter(from(57)), scopeOf(range(70, 76)))).toEqual([]);
    expect(run(driftDetector, events, scopeOf(range(70, 76)))).toHaveLength(1);
  });

  test('an absence, and less and less work unless asked for', () => {
    const isAway = (event: HistoryEvent) => {
      const day = event.createdAtMicroseconds / dayUs - firstDay;
      return event.actor === 'person-2' && day >= 56 && day < 70;
    };
    expect(
      run(
        driftDetector,
        office.filter((event) => !isAway(event)),
        scopeOf(range(0, 84)),
      ),
    ).toEqual([]);
    const fewer = office.filter((event, place) => !isAway(event) || place % 3 === 0);
    expect(run(driftDetector, fewer, scopeOf(range(0, 84)))).toEqual([]);
    const both = run(drift({ ...driftParameters, direction: 'both' }), fewer, scopeOf(range(0, 84)));
    expect(both.map((hit) => [hit.actor, hit.evidence['direction']])).toContainEqual(['person-2', 'down']);
  });
});

const rootOf = (count: number) => Math.sqrt(count + 0.375);

function medianNaively(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

/** Days on which the chart crosses its limit, from daily totals by day alone. */
function crossingsNaively(totals: ReadonlyMap<number, number>, days: readonly number[]) {
  const isWeekend = (day: number) => localHour(day * 24 + 12).isWeekend;
  const residualOn = (day: number) => {
    const before = [...totals.keys()].filter((one) => one < day && one >= day - 42);
    const alike = before
      .filter((one) => isWeekend(one) === isWeekend(day))
      .map((one) => rootOf(totals.get(one)!));
    if (!totals.has(day) || before.length < 14 || alike.length < 7) return null;
    const usual = medianNaively(alike);
    const distances = alike.map((root) => Math.abs(root - usual));
    const mad = medianNaively(distances);
    const mean = distances.reduce((sum, one) => sum + one, 0) / distances.length;
    const deviation = Math.max(mad > 0 ? 1.4826 * mad : 1.2533 * mean, 0.5, 0.05 * usual);
    const r = Math.max(-3, Math.min(3, (rootOf(totals.get(day)!) - usual) / deviation));
    return { r, n: alike.length };
  };
  const chartOn = (day: number) => {
    const residuals = range(day - 27, day + 1)
      .map(residualOn)
      .filter((one) => one !== null);
    const t = residuals.length;
    if (residualOn(day) === null || t < 5) return null;
    const average = residuals.reduce((sum, { r }, at) => sum + 0.2 * 0.8 ** (t - 1 - at) * r, 0);
    const error = (Math.PI / 2 / residuals.at(-1)!.n) * (1 - 0.8 ** t) ** 2;
    return { average, limit: 3 * Math.sqrt((0.2 / 1.8) * (1 - 0.8 ** (2 * t)) + error) };
  };
  return days.flatMap((day) => {
    const now = chartOn(day);
    if (now === null || now.average <= now.limit || residualOn(day)!.r <= 0.6 || totals.get(day)! < 3)
      return [];
    const earlier = range(day - 27, day)
      .map(chartOn)
      .filter((one) => one !== null)
      .at(-1);
    return earlier !== undefined && earlier.average > earlier.limit ? [] : [{ day, ...now }];
  });
}

test('agrees with a chart computed from daily totals', () => {
  let compared = 0;
  for (const seed of [1, 2, 3]) {
    const more = range(50, 60).flatMap((day) => inHour(day, 9, 12 + seed * 2, { actor: 'person-0' }));
    const early = range(14, 17).flatMap((day) => inHour(day, 9, 60, { actor: 'service-0' }));
    const again = range(66, 72).flatMap((day) => inHour(day, 9, 35, { actor: 'service-0' }));
    const events = [
      ...officeEvents({ seed, days: 80, people: 2, services: 1, perHour: 2 }),
      ...early,
      ...more,
      ...again,
    ];
    const hits = run(driftDetector, events, scopeOf(range(0, 80)));
    const expected = ['person-0', 'person-1', 'service-0'].flatMap((actor) => {
      const own = Map.groupBy(
        events.filter((event) => event.actor === actor),
        (event) => Math.floor(event.createdAtMicroseconds / dayUs),
      );
      const totals = new Map([...own].map(([day, members]) => [day, members.length]));
      const days = range(firstDay, firstDay + 80).filter((day) => totals.has(day));
      return crossingsNaively(totals, days).map((crossing) => ({ actor, ...crossing }));
    });
    const name = ({ actor, day }: { actor: string; day: number }) => `${actor} ${day}`;
    const found = hits.map((hit) => ({
      actor: hit.actor,
      day: hit.startMicroseconds / dayUs,
      average: hit.score,
      limit: hit.threshold,
    }));
    expect(found.map(name).toSorted()).toEqual(expected.map(name).toSorted());
    for (const one of found) {
      const other = expected.find((crossing) => name(crossing) === name(one))!;
      expect(one.average).toBeCloseTo(other.average, 9);
      expect(one.limit).toBeCloseTo(other.limit, 9);
    }
    compared += found.length;
  }
  expect(compared).toBeGreaterThan(3);
});

test('the laws of all detectors', () => {
  const scope = scopeOf(range(40, 84));
  const events = [...office, ...slowExport];
  expect(run(driftDetector, events, scope).length).toBeGreaterThan(0);
  expectLaws(driftDetector, events, scope, 3);
});
