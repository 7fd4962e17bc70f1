import { describe, expect, test } from 'vitest';
import type { SeriesExplanation } from '../../../../src-main/analytics/series/explain-point.ts';
import { judgeSeries } from '../../../../src-main/analytics/series/judge-series.ts';
import { seriesDefaults } from '../../../../src-main/analytics/series/series-method.ts';
import type { SeriesView } from '../../../../src-main/analytics/series/series-view.ts';
import { changed, days, noise } from './courses.ts';

function firstOf(values: Float64Array, step: number): SeriesExplanation {
  const found = judgeSeries(values, step).explanations[0];
  if (found === undefined) throw new Error('Nothing stands out.');
  return found;
}

const spike = firstOf(
  changed(noise(21, 2000, 100, 2), 1500, 1501, (value) => value + 40),
  300,
);
const missed = firstOf(
  changed(days(22, 60, 20, 100), 50 * 24, 51 * 24, () => 20),
  3600,
);
const still = firstOf(
  changed(noise(23, 2000, 100, 2), 1500, 2000, () => 100),
  300,
);
const level = firstOf(
  changed(noise(24, 3000, 100, 2), 2000, 3000, (value) => value + 5),
  300,
);

describe('an explanation', () => {
  test('recomputes to the surprise by hand', () => {
    for (const { surprise, score, evidence } of [spike, missed, level]) {
      const views = evidence['views'] as unknown as SeriesView[];
      expect(views).toHaveLength(2);
      for (const view of views) {
        expect(view.observed - view.expected).toBeCloseTo(view.deviation, 9);
        const excess = Math.log10(Math.abs(view.deviation) / view.tailStart) / view.tailIndex;
        if (view.tailIndex > 0)
          expect(Math.log10(view.known / view.tailCount) + excess).toBeCloseTo(view.surprise, 9);
      }
      expect((views[0]!.surprise + views[1]!.surprise) / 2).toBeCloseTo(surprise, 12);
      expect(score).toBeCloseTo(surprise / (surprise + seriesDefaults.threshold), 12);
    }
  });

  test('names what fired, what was expected and the band around it', () => {
    expect(spike).toMatchObject({ index: 1500, component: 'point', season: 'day', isAlert: true });
    expect(spike.expected).toBeCloseTo(100, -1);
    expect(spike.low!).toBeLessThan(100);
    expect(spike.high!).toBeGreaterThan(102);
    expect(spike.high!).toBeLessThan(spike.value);
    expect(still).toMatchObject({ component: 'flatline', expected: null, low: null, high: null });
  });

  test('says it in words whose numbers are all in the evidence', () => {
    for (const one of [spike, missed, still, level]) {
      const known = numbersIn(one.evidence);
      const text = [one.what, one.unusual, one.confidence].join(' ').replaceAll('log10', '');
      for (const [printed] of text.matchAll(/-?\d+(\.\d+)?/g)) {
        const value = Math.abs(Number(printed));
        // “1 in N” is how the words say a chance.
        const isKnown = value === 1 || known.some((one) => Math.abs(one - value) <= one * 0.006);
        expect(isKnown, `${printed} of “${text}”`).toBe(true);
      }
    }
    expect(still.what).toBe(
      'The value has been 100 for 24 points on end; the longest such stretch before had ' +
        `${(still.evidence['flatline'] as { longestBefore: number }).longestBefore}.`,
    );
    expect(spike.what).toBe(
      'The value 141 lies above the median 100 of its history. ' +
        'The value 141 lies above 99.8, the median of the same time of earlier days.',
    );
  });
});

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [Math.abs(value)];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
