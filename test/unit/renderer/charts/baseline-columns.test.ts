// Columns of baseline hours and lanes of a story: nothing is lost, nothing leaves the picture, order is kept.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourColumns } from '../../../../src-renderer/charts/hour-columns.ts';
import { numberLine } from '../../../../src-renderer/charts/number-line.ts';
import { storyLine } from '../../../../src-renderer/charts/story-line.ts';

const hours = fc
  .uniqueArray(fc.record({ events: fc.nat({ max: 3_000 }), hours: fc.integer({ min: 1, max: 900 }) }), {
    selector: ({ events }) => events,
    minLength: 1,
    maxLength: 40,
  })
  .map((counts) => counts.toSorted((one, other) => one.events - other.events));

describe('hourColumns', () => {
  it('puts every hour into one column, side by side on the line, high in proportion', () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: 3, max: 100_000 }), (counts, count) => {
        const highest = counts.at(-1)!.events;
        const line = numberLine({ count, mean: 1, sd: 1, deviationUsed: 1, highest, threshold: 3 }, 400);
        const { columns, ticks } = hourColumns(counts, line.at, 80);
        for (const { from, to, hours: held } of columns) {
          const within = counts.filter(({ events }) => events >= from && events <= to);
          expect(within.reduce((sum, one) => sum + one.hours, 0)).toBe(held);
        }
        const sum = (all: readonly { hours: number }[]) => all.reduce((total, one) => total + one.hours, 0);
        expect(sum(columns)).toBe(sum(counts));
        for (const [place, column] of columns.entries()) {
          expect(column.width).toBeGreaterThanOrEqual(5 - 1e-9);
          expect(column.x).toBeGreaterThanOrEqual(-1e-9);
          const next = columns[place + 1];
          if (next) expect(next.x).toBeGreaterThanOrEqual(column.x + column.width - 1e-9);
        }
        const byHours = columns.toSorted((one, other) => one.hours - other.hours);
        const heights = byHours.map(({ height }) => height);
        expect(heights).toEqual(heights.toSorted((one, other) => one - other));
        expect(Math.max(...heights)).toBeCloseTo(80, 9);
        expect(ticks.at(-1)!.hours).toBe(Math.max(...columns.map((column) => column.hours)));
      }),
      { numRuns: 200 },
    );
  });

  it('says when heights do not grow with hours alone', () => {
    const at = (events: number) => events * 40;
    const of = (quiet: number) =>
      hourColumns(
        [
          { events: 0, hours: quiet },
          { events: 1, hours: 5 },
        ],
        at,
        80,
      );
    expect(of(60).scaleName).toBe('linear');
    expect(of(61).scaleName).toBe('square-root');
  });
});

const stretch = fc
  .record({ from: fc.nat({ max: 5_000_000 }), length: fc.nat({ max: 90_000_000 }) })
  .map(({ from, length }) => ({ fromMs: 1_790_000_000_000 + from, toMs: 1_790_000_000_000 + from + length }));

describe('storyLine', () => {
  it('keeps every lane visible and inside, begins in order, and has few ticks at whole hours', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 20 }), (drawn) => {
        const stretches = drawn.map((one, place) => ({ id: String(place), ...one }));
        const { bars, ticks } = storyLine(stretches, 300);
        expect(bars.map(({ id }) => id)).toEqual(stretches.map(({ id }) => id));
        for (const { x, width } of bars) {
          expect(width).toBeGreaterThanOrEqual(4);
          expect(x).toBeGreaterThanOrEqual(-1e-6);
          expect(x + width).toBeLessThanOrEqual(300 + 1e-6);
        }
        expect(ticks.length).toBeLessThanOrEqual(7);
        for (const { ms, x } of ticks) {
          expect(ms % 3_600_000).toBe(0);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(300);
        }
      }),
      { numRuns: 200 },
    );
  });
});
