import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellCalendar } from '../../../../../src-main/analytics/detectors/cube/cell-calendar.ts';
import { DriftCharts } from '../../../../../src-main/analytics/detectors/cube/drift-chart.ts';
import { driftParameters } from '../../../../../src-main/analytics/detectors/drift.ts';
import type { DriftParameters } from '../../../../../src-main/analytics/detectors/drift.ts';
import { firstDay, localHour, range, zone } from './office.ts';

const lasting = 70;

/** Daily totals that change their level now and then, with days left out. */
const anyTotals = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 3, max: 40 }), fc.integer({ min: 0, max: 60 })), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.array(fc.nat({ max: 8 }), { minLength: lasting, maxLength: lasting }),
    fc.array(fc.nat({ max: 9 }), { minLength: lasting, maxLength: lasting }),
  )
  .map(([levels, noise, present]) => {
    const of = levels.flatMap(([length, level]) => Array.from({ length }, () => level));
    return range(0, lasting)
      .filter((day) => present[day]! > 0)
      .map((day) => ({ day: firstDay + day, count: 1 + (of[day] ?? of.at(-1)!) + noise[day]! }));
  });
type Totals = typeof anyTotals extends fc.Arbitrary<infer Value> ? Value : never;

const anyParameters = fc.record({
  lambda: fc.constantFrom(0.05, 0.2, 0.5, 1),
  limitSigmas: fc.constantFrom(0.5, 1, 3),
  baselineDays: fc.constantFrom(20, 42),
  chartDays: fc.constantFrom(6, 28),
  minimumActiveDays: fc.constantFrom(5, 14),
  minimumClassDays: fc.constantFrom(2, 7),
  minimumChartedDays: fc.constantFrom(1, 5),
  residualLimit: fc.constantFrom(1, 3, 50),
  direction: fc.constantFrom('up', 'both'),
});

const medianOf = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
};

/** The whole chart of every day, by the formulas of the detector. */
function chartNaively(totals: Totals, parameters: DriftParameters) {
  const isWeekend = (day: number) => localHour(day * 24 + 12).isWeekend;
  const root = (count: number) => Math.sqrt(count + 0.375);
  const residuals = totals.map(({ day, count }) => {
    const before = totals.filter((one) => one.day < day && one.day >= day - parameters.baselineDays);
    const roots = before.filter((one) => isWeekend(one.day) === isWeekend(day)).map((one) => root(one.count));
    if (before.length < parameters.minimumActiveDays || roots.length < parameters.minimumClassDays)
      return null;
    const usual = medianOf(roots);
    const distances = roots.map((one) => Math.abs(one - usual));
    const mean = distances.reduce((sum, one) => sum + one, 0) / distances.length;
    const mad = medianOf(distances);
    const deviation = Math.max(mad > 0 ? 1.4826 * mad : 1.2533 * mean, 0.5, 0.05 * usual);
    const limit = parameters.residualLimit;
    return { day, n: roots.length, r: Math.max(-limit, Math.min(limit, (root(count) - usual) / deviation)) };
  });
  return residuals.map((newest) => {
    if (newest === null) return null;
    const charted = residuals.filter(
      (one) => one !== null && one.day <= newest.day && one.day > newest.day - parameters.chartDays,
    );
    const t = charted.length;
    const { lambda } = parameters;
    if (t < parameters.minimumChartedDays) return null;
    const average = charted.reduce((sum, one, at) => sum + lambda * (1 - lambda) ** (t - 1 - at) * one!.r, 0);
    const error = (Math.PI / 2 / newest.n) * (1 - (1 - lambda) ** t) ** 2;
    const variance = (lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * t)) + error;
    return { day: newest.day, r: newest.r, average, limit: parameters.limitSigmas * Math.sqrt(variance) };
  });
}

test('days on which the chart crosses its limit are those of the chart read to its end', () => {
  let found = 0;
  const calendar = new CellCalendar(zone, new Set());
  fc.assert(
    fc.property(fc.array(anyTotals, { minLength: 1, maxLength: 3 }), anyParameters, (actors, changes) => {
      const parameters: DriftParameters = { ...driftParameters, ...changes };
      const offsets = Uint32Array.from(
        range(0, actors.length + 1),
        (at) => actors.slice(0, at).flat().length,
      );
      const days = Int32Array.from(actors.flat(), ({ day }) => day);
      const counts = Float64Array.from(actors.flat(), ({ count }) => count);
      const charts = new DriftCharts({ offsets, days, counts }, calendar, parameters);
      for (const [actor, totals] of actors.entries()) {
        const points = chartNaively(totals, parameters);
        for (const [place, point] of points.entries()) {
          const crossing = charts.crossingAt(offsets[actor]! + place, offsets[actor]!, true);
          const sign = point !== null && point.r > 0 ? 1 : -1;
          const isAsked =
            sign > 0 ? totals[place]!.count >= parameters.minimumCount : parameters.direction === 'both';
          const previous = points
            .slice(0, place)
            .findLast((one) => one !== null && one.day > totals[place]!.day - parameters.chartDays);
          const isOver = (one: typeof point | undefined) =>
            one !== undefined && one !== null && sign * one.average > one.limit;
          const isFar = point !== null && sign * point.r > parameters.limitSigmas * parameters.lambda;
          expect(crossing !== null).toBe(isAsked && isFar && isOver(point) && !isOver(previous));
          if (crossing === null) continue;
          found += 1;
          expect(crossing.average).toBeCloseTo(point!.average, 9);
          expect(crossing.limit).toBeCloseTo(point!.limit, 9);
          expect(crossing.residuals.at(-1)!.value).toBeCloseTo(point!.r, 9);
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(found).toBeGreaterThan(60);
});
