import { describe, expect, test } from 'vitest';
import { seriesDefaults } from '../../../../src-main/analytics/series/series-method.ts';
import { SeriesViews } from '../../../../src-main/analytics/series/series-views.ts';
import { noise } from './courses.ts';

const step = 300;

/** Four days of noise, a gap, and the point after it: the names of the views that have something to compare. */
function viewsAfterGap(gapSteps: number, pointsAfter = 1): string[] {
  const views = new SeriesViews(step, seriesDefaults);
  const values = noise(41, 4 * 288, 50, 5);
  for (const [at, value] of values.entries()) views.next(at * step, value);
  const resumed = values.length - 1 + gapSteps;
  for (let more = 0; more < pointsAfter - 1; more += 1) views.next((resumed + more) * step, 50);
  return views
    .next((resumed + pointsAfter - 1) * step, 50)
    .views.map(({ view }) => view)
    .toSorted();
}

const all = ['density', 'jump', 'level', 'point', 'season', 'shift'];

describe('across a gap', () => {
  test('of no length everything is seen', () => {
    expect(viewsAfterGap(1)).toEqual(all);
    expect(viewsAfterGap(10)).toEqual(all);
  });

  test('nothing jumps', () => {
    expect(viewsAfterGap(11)).toEqual(all.filter((view) => view !== 'jump'));
  });

  test('nothing before it is recent', () => {
    expect(viewsAfterGap(13)).toEqual(['density', 'point', 'season']);
    expect(viewsAfterGap(73)).toEqual(['point', 'season']);
    expect(viewsAfterGap(73, 6)).toEqual(['jump', 'level', 'point', 'season']);
    expect(viewsAfterGap(73, 36)).toEqual(['density', 'jump', 'level', 'point', 'season']);
  });
});

test('most surprised first', () => {
  const views = new SeriesViews(step, seriesDefaults);
  for (const [at, value] of noise(42, 1200, 50, 5).entries()) {
    const surprises = views.next(at * step, value).views.map(({ surprise }) => surprise);
    expect(surprises).toEqual(surprises.toSorted((a, b) => b - a));
  }
});

test('extreme values keep every number finite', () => {
  const views = new SeriesViews(3600, seriesDefaults);
  for (let at = 0; at < 600; at += 1) {
    const sight = views.next(
      at * 3600,
      (at % 3) - 1 === 0 ? 0 : at % 2 === 0 ? Number.MAX_VALUE : -Number.MAX_VALUE,
    );
    for (const { expected, observed, deviation, surprise } of sight.views)
      expect([expected, observed, deviation, surprise].every(Number.isFinite)).toBe(true);
  }
});
