// Counts over time: bars keep the order of time, places lead back to their bars, rows to their times.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  rangeOfBuckets,
  timeHistogram,
  timeOfRow,
  type TimeBucket,
} from '../../../../src-renderer/charts/time-histogram.ts';

const hourMs = 3_600_000;
const begin = Date.parse('2026-03-28T00:00:00Z');

const histograms = fc
  .array(fc.record({ hours: fc.integer({ min: 1, max: 25 }), count: fc.nat({ max: 500 }) }), {
    minLength: 1,
    maxLength: 200,
  })
  .map((steps) => {
    let at = begin;
    return steps.map(({ hours, count }): TimeBucket => {
      const start = new Date(at).toISOString();
      at += hours * hourMs;
      return { start, end: new Date(at).toISOString(), count };
    });
  });
const box = { width: 900, height: 54 };

describe('timeHistogram', () => {
  it('draws bars side by side from edge to edge, empty ones empty and others visible', () => {
    fc.assert(
      fc.property(histograms, (buckets) => {
        const { bars } = timeHistogram(buckets, box);
        const edges = [...bars.map(({ x }) => x), bars.at(-1)!.x + bars.at(-1)!.width];
        expect(edges[0]).toBe(0);
        expect(edges.at(-1)).toBeCloseTo(box.width, 6);
        expect(edges).toEqual(edges.toSorted((one, other) => one - other));
        bars.forEach((bar, at) => {
          expect(bar.height > 0).toBe(buckets[at]!.count > 0);
          expect(bar.y + bar.height).toBeCloseTo(box.height, 6);
        });
      }),
    );
  });

  it('finds the bar at a place, and labels only what it may, never one over another', () => {
    fc.assert(
      fc.property(histograms, (buckets) => {
        const drawn = timeHistogram(buckets, box, ({ count }) => count % 2 === 0);
        drawn.bars.forEach((bar, at) => expect(drawn.bucketAt(bar.x + bar.width / 2)).toBe(at));
        expect(drawn.bucketAt(-10)).toBe(0);
        const places = drawn.labelled.map((at) => drawn.bars[at]!.x);
        expect(drawn.labelled.every((at) => buckets[at]!.count % 2 === 0)).toBe(true);
        places.slice(1).forEach((x, at) => expect(x - places[at]!).toBeGreaterThanOrEqual(96));
      }),
    );
  });
});

describe('rangeOfBuckets', () => {
  it('includes both ends in either order', () => {
    const [one, two, three] = [0, 1, 2].map((hour) => ({
      start: new Date(begin + hour * hourMs).toISOString(),
      end: new Date(begin + (hour + 1) * hourMs).toISOString(),
      count: 1,
    }));
    const buckets = [one!, two!, three!];
    expect(rangeOfBuckets(buckets, 2, 1)).toEqual({ from: two!.start, to: three!.end });
    expect(rangeOfBuckets(buckets, 1, 1)).toEqual({ from: two!.start, to: two!.end });
    expect(rangeOfBuckets([], 0, 0)).toBeNull();
  });
});

describe('timeOfRow', () => {
  it('lies in the bucket of the row, the newest on row 0, and nowhere beyond the counts', () => {
    fc.assert(
      fc.property(histograms, fc.nat(), (buckets, any) => {
        const total = buckets.reduce((sum, { count }) => sum + count, 0);
        expect(timeOfRow(buckets, total)).toBeNull();
        if (total === 0) return;
        const row = any % total;
        const holders = buckets.toReversed().flatMap((bucket) => Array(bucket.count).fill(bucket));
        const { start, end } = holders[row] as TimeBucket;
        const time = timeOfRow(buckets, row)!;
        expect(Number.isInteger(time)).toBe(true);
        expect(time).toBeGreaterThanOrEqual(Date.parse(start));
        expect(time).toBeLessThan(Date.parse(end));
      }),
    );
  });
});
