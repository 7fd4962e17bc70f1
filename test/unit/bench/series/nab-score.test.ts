import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  probationaryRows,
  profiles,
  scaledSigmoid,
  scoreBenchmark,
  type JudgedSeries,
} from '../../../bench/series/nab-score.ts';

const [standard, fewFalse, fewMissed] = profiles as [
  (typeof profiles)[0],
  (typeof profiles)[0],
  (typeof profiles)[0],
];

/** 1,000 rows with windows of 100 rows, detections of score 1 at the given rows and 0 elsewhere. */
function judged(detections: readonly number[], starts: readonly number[] = [400, 700]): JudgedSeries {
  const scores = new Float64Array(1000);
  for (const row of detections) scores[row] = 1;
  return { name: 'a', scores, windows: starts.map((first) => ({ first, last: first + 99 })) };
}

describe('known facts', () => {
  test('a detector that never alerts scores 0, whatever the profile', () => {
    for (const profile of profiles) expect(scoreBenchmark([judged([])], profile).normalised).toBe(0);
  });

  test('so does one that is always sure, but for what luck earns', () => {
    const always = { ...judged([]), scores: new Float64Array(1000).fill(0.5) };
    // 650 rows outside cost more than two windows earn: no detection at all is best.
    expect(scoreBenchmark([always], standard)).toMatchObject({
      normalised: 0,
      threshold: Number.POSITIVE_INFINITY,
    });
  });

  test('one that alerts on the first row of each window and nowhere else scores 100', () => {
    for (const profile of profiles)
      expect(scoreBenchmark([judged([400, 700])], profile).normalised).toBeCloseTo(100, 12);
  });

  test('the scaled sigmoid is as published', () => {
    expect(scaledSigmoid(-1)).toBeCloseTo(0.98661, 5);
    expect(scaledSigmoid(-0.5)).toBeCloseTo(0.84828, 5);
    expect(scaledSigmoid(0)).toBe(0);
    expect(scaledSigmoid(1)).toBeCloseTo(-0.98661, 5);
    expect(scaledSigmoid(3)).toBe(-1);
  });

  test('the first 15 % of the rows, at most 750, are not scored', () => {
    expect([0, 10, 1000, 5000, 22_695].map(probationaryRows)).toEqual([0, 1, 150, 750, 750]);
    expect(scoreBenchmark([judged([149, 400, 700])], standard).normalised).toBeCloseTo(100, 12);
    expect(scoreBenchmark([judged([150, 400, 700])], standard).normalised).toBeLessThan(100);
  });
});

describe('by hand', () => {
  test('half way through a window', () => {
    // Row 450 lies 50 of 100 rows before the end: position −0.5. The second window is missed.
    const { raw, series } = scoreBenchmark([judged([450])], standard, 1);
    expect(raw).toBeCloseTo(0.84828 / 0.98661 - 1, 4);
    expect(series).toMatchObject([{ windows: 2, windowsFound: 1, falseAlarms: 0 }]);
  });

  test('only the best detection of a window counts', () => {
    const { raw } = scoreBenchmark([judged([400, 450, 499, 700])], standard, 1);
    expect(raw).toBeCloseTo(2, 12);
  });

  test('a false alarm costs less just behind a window, and by its profile', () => {
    const far = scoreBenchmark([judged([200, 400, 700])], standard, 1);
    expect(far.raw).toBeCloseTo(2 - 0.11, 12);
    expect(far.normalised).toBeCloseTo((100 * (2 - 0.11 + 2)) / 4, 12);
    // Row 550 lies 51 rows behind the window of 100.
    const near = scoreBenchmark([judged([400, 550, 700])], standard, 1);
    expect(near.raw).toBeCloseTo(2 + 0.11 * (2 / (1 + Math.exp((5 * 51) / 99)) - 1), 12);
    expect(scoreBenchmark([judged([200, 400, 700])], fewFalse, 1).raw).toBeCloseTo(2 - 0.22, 12);
  });

  test('a missed window costs double where misses are dear', () => {
    const { raw, normalised } = scoreBenchmark([judged([400])], fewMissed, 1);
    expect(raw).toBeCloseTo(1 - 2, 12);
    expect(normalised).toBeCloseTo((100 * (-1 + 4)) / 6, 12);
  });

  test('the threshold is one for all files, the best one', () => {
    const one = judged([]);
    const other = { ...judged([]), name: 'b' };
    (one.scores as Float64Array).set([0.9], 400);
    (one.scores as Float64Array).set([0.6], 700);
    (other.scores as Float64Array).set([0.8], 400);
    (other.scores as Float64Array).set([0.7], 700);
    // Ten false alarms at 0.6 cost more than the window they come with is worth? No: 1.1 against 2.
    for (let row = 200; row < 210; row += 1) (other.scores as Float64Array)[row] = 0.6;
    expect(scoreBenchmark([one, other], standard)).toMatchObject({ threshold: 0.6 });
    for (let row = 210; row < 220; row += 1) (other.scores as Float64Array)[row] = 0.6;
    const stricter = scoreBenchmark([one, other], standard);
    expect(stricter.threshold).toBe(0.7);
    expect(stricter.normalised).toBeCloseTo((100 * (3 - 1 + 4)) / 8, 12);
  });

  test('a window before scoring begins can neither be found nor missed', () => {
    const { raw, normalised, series } = scoreBenchmark([judged([20, 700], [10, 700])], standard);
    expect(raw).toBeCloseTo(1, 12);
    expect(normalised).toBeCloseTo(100, 12);
    expect(series[0]!.windows).toBe(1);
  });

  test('without windows there is no score', () => {
    expect(scoreBenchmark([judged([200], [])], standard).normalised).toBeNaN();
  });
});

test('the threshold found is never beaten by another one', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(scores, scores, (a, b) => {
      const series = [a, b].map((scores, at) => ({
        name: String(at),
        scores: scores.map((one) => one / 5),
        windows: [{ first: 20, last: 29 }],
      }));
      for (const profile of profiles) {
        const best = scoreBenchmark(series, profile);
        for (const other of [0, 0.2, 0.4, 0.6, 0.8, 1, 2])
          expect(best.raw).toBeGreaterThanOrEqual(scoreBenchmark(series, profile, other).raw - 1e-9);
      }
    }),
  );
});
