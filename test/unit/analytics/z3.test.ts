import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  highestInBaseline,
  judgeHours,
  type HourlySeries,
} from '../../../src-main/analytics/detectors/z3.ts';

/** The definition, hour by hour, with nothing clever in it. */
function judgeNaively(series: HourlySeries, hour: number) {
  const countAt = new Map(series.hours.map((at, index) => [at, series.counts[index]!]));
  const baseline: number[] = [];
  for (let at = Math.max(hour - 24 - 672, series.firstHour); at < hour - 24; at += 1)
    baseline.push(countAt.get(at) ?? 0);
  const n = baseline.length;
  const mean = n === 0 ? 0 : baseline.reduce((sum, count) => sum + count, 0) / n;
  const sd = n < 2 ? 0 : Math.sqrt(baseline.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1));
  const deviationUsed = Math.max(sd, Math.sqrt(Math.max(mean, 1)));
  const count = countAt.get(hour) ?? 0;
  const z = (count - mean) / deviationUsed;
  const activeHours = baseline.filter((value) => value > 0).length;
  const learning = n < 24 || activeHours < 5;
  return {
    n,
    mean,
    sd,
    deviationUsed,
    count,
    z,
    activeHours,
    learning,
    flagged: !learning && z > 3 && count >= 3,
  };
}

function everyTwoHours(from: number, to: number, count: number): HourlySeries {
  const hours = Array.from({ length: Math.ceil((to - from) / 2) }, (_, index) => from + index * 2);
  return { hours, counts: hours.map(() => count), firstHour: from };
}

const withHour = (series: HourlySeries, hour: number, count: number): HourlySeries => ({
  ...series,
  hours: [...series.hours, hour],
  counts: [...series.counts, count],
});

const series = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 1, max: 40 })), {
    selector: ([hour]) => hour,
    maxLength: 250,
  })
  .map((cells) => cells.toSorted(([a], [b]) => a - b))
  .chain((cells) =>
    fc.record({
      hours: fc.constant(cells.map(([hour]) => hour)),
      counts: fc.constant(cells.map(([, count]) => count)),
      firstHour: fc.integer({ min: 0, max: cells[0]?.[0] ?? 0 }),
    }),
  );

describe('z3', () => {
  test('equals the definition computed hour by hour', () => {
    fc.assert(
      fc.property(
        series,
        fc.uniqueArray(fc.integer({ min: 0, max: 1600 }), { maxLength: 20 }),
        (hourly, hours) => {
          const tested = hours.toSorted((a, b) => a - b);
          for (const judgement of judgeHours(hourly, tested)) {
            const expected = judgeNaively(hourly, judgement.hour);
            expect(judgement).toMatchObject({
              n: expected.n,
              activeHours: expected.activeHours,
              count: expected.count,
            });
            expect(judgement.mean).toBeCloseTo(expected.mean, 10);
            expect(judgement.sd).toBeCloseTo(expected.sd, 9);
            expect(judgement.z).toBeCloseTo(expected.z, 9);
            expect(judgement.state).toBe(
              expected.learning ? 'learning' : expected.flagged ? 'flagged' : 'usual',
            );
          }
        },
      ),
    );
  });

  test('says the same about an hour whatever comes after it or is asked beside it', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 1500 }), (hourly, hour) => {
        const past = hourly.hours.findIndex((at) => at > hour);
        const length = past === -1 ? hourly.hours.length : past;
        const cut = {
          ...hourly,
          hours: hourly.hours.slice(0, length),
          counts: hourly.counts.slice(0, length),
        };
        const [alone] = judgeHours(cut, [hour]);
        const among = judgeHours(hourly, [hour - 1, hour, hour + 1])[1];
        expect(among).toEqual(alone);
      }),
    );
  });

  test('is strict about the threshold: z of exactly 3 is usual', () => {
    const hours = Array.from({ length: 672 }, (_, hour) => hour);
    const oneAnHour: HourlySeries = { hours, counts: hours.map(() => 1), firstHour: 0 };
    expect(judgeHours(withHour(oneAnHour, 696, 4), [696])[0]).toMatchObject({
      mean: 1,
      sd: 0,
      deviationUsed: 1,
      z: 3,
      state: 'usual',
    });
    expect(judgeHours(withHour(oneAnHour, 696, 5), [696])[0]).toMatchObject({ z: 4, state: 'flagged' });
  });

  test('needs three events, 24 baseline hours and 5 active ones', () => {
    const quiet: HourlySeries = { hours: [0, 10, 20, 30], counts: [1, 1, 1, 1], firstHour: 0 };
    expect(judgeHours(withHour(quiet, 600, 50), [600])[0]).toMatchObject({
      state: 'learning',
      activeHours: 4,
    });
    const fresh: HourlySeries = { hours: [0, 1, 2, 3, 4, 47], counts: [1, 1, 1, 1, 1, 50], firstHour: 0 };
    expect(judgeHours(fresh, [47])[0]).toMatchObject({ state: 'learning', n: 23, activeHours: 5 });
    const older = { ...fresh, hours: [0, 1, 2, 3, 4, 48] };
    expect(judgeHours(older, [48])[0]).toMatchObject({ state: 'flagged', n: 24, activeHours: 5 });
  });

  test('leaves the tested hour and the 24 hours before it out of the baseline', () => {
    const steady = everyTwoHours(0, 672, 1);
    const loud = withHour(withHour(steady, 690, 500), 700, 8);
    const [, judgement] = judgeHours(loud, [690, 700]);
    expect(judgement).toMatchObject({ baselineStart: 4, baselineEnd: 676, n: 672 });
    expect(highestInBaseline(loud, judgement!)).toBe(1);
    expect(judgement!.state).toBe('flagged');
  });

  test('keeps its digits when counts are huge', () => {
    const steady: HourlySeries = {
      hours: Array.from({ length: 672 }, (_, hour) => hour),
      counts: Array.from({ length: 672 }, (_, hour) => 1_000_000 + (hour % 2)),
      firstHour: 0,
    };
    const [judgement] = judgeHours(steady, [695]);
    expect(judgement!.sd).toBeCloseTo(Math.sqrt((0.25 * 671) / 670), 3);
  });
});
