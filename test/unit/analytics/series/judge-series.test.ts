import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  judgeSeries,
  judgeTimedSeries,
  usualStepSeconds,
} from '../../../../src-main/analytics/series/judge-series.ts';
import { changed, days, noise } from './courses.ts';

const hour = 3600;
const fiveMinutes = 300;

const alertsOf = (values: Float64Array, step = fiveMinutes) =>
  judgeSeries(values, step)
    .explanations.filter(({ isAlert }) => isAlert)
    .map(({ index, component }) => ({ index, component }));

describe('no look-ahead', () => {
  test('cutting off the future changes no score, nor does any other future', () => {
    const course = changed(days(1, 40, 20, 100), 700, 703, (value) => value * 3);
    const whole = judgeSeries(course, hour);
    const property = fc.property(
      fc.integer({ min: 0, max: course.length }),
      fc.array(fc.double({ noDefaultInfinity: true }), { maxLength: 60 }),
      (cut, future) => {
        const other = judgeSeries(Float64Array.from([...course.subarray(0, cut), ...future]), hour);
        expect(other.scores.subarray(0, cut)).toEqual(whole.scores.subarray(0, cut));
        expect(other.explanations.filter(({ index }) => index < cut)).toEqual(
          whole.explanations.filter(({ index }) => index < cut),
        );
      },
    );
    fc.assert(property, { numRuns: 25 });
  });

  test('the same with times as they come', () => {
    const values = noise(2, 900, 50, 5);
    const seconds = values.map((_, at) => at * 600 + (at % 4 === 0 ? 90 : 0));
    const whole = judgeTimedSeries(seconds, values).scores;
    for (const cut of [0, 1, 2, 21, 150, 500, 899])
      expect(judgeTimedSeries(seconds.subarray(0, cut), values.subarray(0, cut)).scores).toEqual(
        whole.subarray(0, cut),
      );
  });
});

describe('what stands out', () => {
  test('a spike alerts at once', () => {
    expect(alertsOf(changed(noise(3, 2000, 100, 2), 1500, 1502, (value) => value + 40))).toEqual([
      { index: 1500, component: 'point' },
    ]);
  });

  test('a new level alerts once and becomes usual', () => {
    for (const step of [fiveMinutes, hour])
      for (const size of [-30, 12, 200]) {
        const alerts = alertsOf(
          changed(noise(4, 4000, 100, 2), 2500, 4000, (value) => value + size),
          step,
        );
        expect(alerts.map(({ index }) => index)).toEqual([2500]);
      }
  });

  test('a new level too small for one point shows in the mean of a stretch', () => {
    const [alert, ...others] = alertsOf(changed(noise(5, 3000, 100, 2), 2000, 3000, (value) => value + 5));
    expect(others).toEqual([]);
    expect(alert!.component).toBe('level shift');
    expect(alert!.index).toBeGreaterThan(2000);
    expect(alert!.index).toBeLessThan(2000 + 20);
  });

  test('the usual course of a day is quiet, a day that does not come is not', () => {
    const usual = days(6, 60, 20, 100);
    expect(alertsOf(usual, hour)).toEqual([]);
    const missed = changed(usual, 50 * 24, 51 * 24, () => 20);
    const alerts = alertsOf(missed, hour);
    expect(alerts.length).toBeGreaterThan(0);
    // By ten o'clock a usual day has risen far above the night.
    expect(alerts[0]!.index).toBeLessThan(50 * 24 + 10);
    expect(alerts.every(({ index }) => index >= 50 * 24 && index < 53 * 24)).toBe(true);
  });

  test('weekends that come every week are quiet, and the week is the season', () => {
    const course = days(7, 84, 20, 100).map((value, at) =>
      Math.floor(at / 24) % 7 >= 5 ? value / 4 : value,
    );
    const late = judgeSeries(course, hour).explanations.filter(({ index }) => index > 8 * 7 * 24);
    expect(late.filter(({ isAlert }) => isAlert)).toEqual([]);
    const holiday = changed(course, 72 * 24, 73 * 24, (value) => value / 4);
    const found = judgeSeries(holiday, hour).explanations.find(({ index }) => index >= 72 * 24);
    expect(found).toMatchObject({ season: 'week', isAlert: true });
    expect(found!.index).toBeLessThan(72 * 24 + 14);
  });

  test('the week becomes the season only when it has been tried', () => {
    const course = days(7, 84, 20, 100).map((value, at) =>
      Math.floor(at / 24) % 7 >= 5 ? value / 4 : value,
    );
    const seasonAt = (hourOfCourse: number) =>
      judgeSeries(
        changed(course, hourOfCourse, hourOfCourse + 1, () => 900),
        hour,
      ).explanations.find(({ index }) => index === hourOfCourse)?.season;
    expect(seasonAt(28 * 24 + 12)).toBe('day');
    expect(seasonAt(50 * 24 + 12)).toBe('week');
  });

  test('spikes that come more often are noticed by their density', () => {
    const spiky = new Float64Array(4000).map((_, at) =>
      at % 50 === 0 || (at >= 3000 && at % 8 === 0) ? 20 : 0,
    );
    const found = judgeSeries(spiky, fiveMinutes).explanations.filter(({ index }) => index > 500);
    expect(found.filter(({ isAlert }) => isAlert)).toHaveLength(1);
    expect(found[0]!.index).toBeGreaterThan(3000);
    expect(found[0]!.index).toBeLessThan(3072);
    expect(found.some(({ component }) => component === 'density')).toBe(true);
  });

  test('a series that stops moving is a flatline', () => {
    const values = changed(noise(8, 2000, 100, 2), 1500, 2000, () => 100);
    expect(alertsOf(values)).toEqual([{ index: 1523, component: 'flatline' }]);
  });

  test('heavy tails are learnt: the hundredth spike is nothing new', () => {
    const spiky = noise(9, 6000, 50, 2).map((value, at) => (at % 40 === 0 ? value * (3 + (at % 7)) : value));
    expect(alertsOf(spiky).filter(({ index }) => index > 1000)).toEqual([]);
    const found = alertsOf(changed(spiky, 4010, 4011, () => 50_000)).filter(({ index }) => index > 1000);
    expect(found.map(({ index }) => index)).toEqual([4010]);
  });
});

describe('what does not', () => {
  test('what never changes', () => {
    const { scores, explanations } = judgeSeries(new Float64Array(3000).fill(45), fiveMinutes);
    expect(Math.max(...scores)).toBe(0);
    expect(explanations).toEqual([]);
  });

  test('anything while learning', () => {
    const { explanations } = judgeSeries(
      changed(noise(10, 160, 10, 1), 100, 101, () => 1e6),
      fiveMinutes,
    );
    expect(explanations).toEqual([]);
  });

  test('noise, but for less than one alert in a thousand points', () => {
    let alerts = 0;
    for (let seed = 0; seed < 10; seed += 1) alerts += alertsOf(noise(100 + seed, 3000, 10, 1)).length;
    expect(alerts).toBeLessThan(30);
  });
});

describe('any numbers', () => {
  test('the unit does not matter', () => {
    const course = changed(noise(11, 1500, 10, 1), 1000, 1003, (value) => value + 30);
    const { scores } = judgeSeries(course, fiveMinutes);
    for (const unit of [2 ** -30, 1024, -1]) {
      const other = judgeSeries(
        course.map((value) => value * unit),
        fiveMinutes,
      ).scores;
      expect(Math.max(...other.map((score, at) => Math.abs(score - scores[at]!)))).toBeLessThan(1e-9);
    }
  });

  test('nor where zero is', () => {
    const course = changed(noise(12, 1500, 10, 1), 1000, 1003, (value) => value + 30);
    const moved = course.map((value) => value + 4096);
    expect(alertsOf(moved)).toEqual(alertsOf(course));
  });

  test('scores are between 0 and 1, or not a number where nothing was to be judged', () => {
    const anything = fc.oneof(
      { weight: 5, arbitrary: fc.double() },
      { weight: 1, arbitrary: fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 0) },
    );
    const property = fc.property(
      fc.array(anything, { minLength: 160, maxLength: 260 }),
      fc.constantFrom(1e-3, 1, 300, 3600, 86_400, 7e6),
      (values, step) => {
        const { scores } = judgeSeries(Float64Array.from(values), step);
        for (const [at, score] of scores.entries())
          if (Number.isFinite(values[at])) expect(score >= 0 && score <= 1).toBe(true);
          else expect(score).toBeNaN();
      },
    );
    fc.assert(property, { numRuns: 40 });
  });

  test('missing values are left out, and nothing is made of the gap', () => {
    const holes = changed(noise(13, 3000, 100, 2), 1200, 1500, () => Number.NaN);
    expect(alertsOf(holes)).toEqual([]);
    const infinite = changed(noise(13, 3000, 100, 2), 1200, 1500, () => Number.POSITIVE_INFINITY);
    expect(judgeSeries(infinite, fiveMinutes).scores).toEqual(judgeSeries(holes, fiveMinutes).scores);
  });

  test('one value, and none', () => {
    expect([...judgeSeries(Float64Array.of(5), hour).scores]).toEqual([0]);
    expect(judgeSeries(new Float64Array(0), hour).scores).toHaveLength(0);
    expect(() => judgeSeries(Float64Array.of(5), 0)).toThrow(RangeError);
  });
});

test('the usual step is the middle of the first twenty intervals above zero', () => {
  expect(usualStepSeconds(Float64Array.of(0, 0, 60, 120, 1000))).toBe(60);
  expect(usualStepSeconds(Float64Array.of(7))).toBe(1);
  const late = Float64Array.from({ length: 500 }, (_, at) => (at <= 20 ? at * 10 : 200 + (at - 20) * 999));
  expect(usualStepSeconds(late)).toBe(10);
});
