// Number lines and bars: positions keep the order of the numbers they stand for, and labels do not overlap.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barLengths } from '../../../../src-renderer/charts/bar-lengths.ts';
import { numberLine, spreadLabels } from '../../../../src-renderer/charts/number-line.ts';

const evidence = fc.record({
  count: fc.integer({ min: 3, max: 100_000 }),
  mean: fc.double({ min: 0, max: 500, noNaN: true }),
  sd: fc.double({ min: 0, max: 100, noNaN: true }),
  highest: fc.integer({ min: 0, max: 2000 }),
  threshold: fc.constant(3),
});

describe('numberLine', () => {
  it('keeps order, stays inside, and puts the threshold where the formula says', () => {
    fc.assert(
      fc.property(evidence, (input) => {
        const deviationUsed = Math.max(input.sd, Math.sqrt(Math.max(input.mean, 1)));
        const line = numberLine({ ...input, deviationUsed }, 400);
        expect(line.limit).toBeCloseTo(input.mean + 3 * deviationUsed, 9);
        const pairs = [
          [input.mean, line.mean],
          [input.highest, line.highest],
          [line.limit, line.limitAt],
          [input.count, line.observed],
        ].toSorted(([left = 0], [right = 0]) => left - right);
        const positions = pairs.map(([, at = 0]) => at);
        expect(positions).toEqual(positions.toSorted((left, right) => left - right));
        for (const at of positions) expect(at >= 0 && at <= 400).toBe(true);
        expect(line.usual.from).toBeLessThanOrEqual(line.mean);
        expect(line.usual.to).toBeGreaterThanOrEqual(line.mean);
      }),
    );
  });

  it('turns logarithmic, and says so, when the observed would flatten everything else', () => {
    const usual = { mean: 0.04, sd: 0.2, deviationUsed: 1, highest: 2, threshold: 3 };
    expect(numberLine({ ...usual, count: 9 }, 400).scaleName).toBe('linear');
    const line = numberLine({ ...usual, count: 131 }, 400);
    expect(line.scaleName).toBe('logarithmic');
    expect(line.limitAt).toBeGreaterThan(60);
    expect(line.ticks.map(({ value }) => value)).toEqual([0, 1, 10, 100]);
  });
});

describe('spreadLabels', () => {
  it('separates labels in the order of their anchors whenever they fit', () => {
    const label = fc.record({
      at: fc.integer({ min: 0, max: 400 }),
      width: fc.integer({ min: 20, max: 80 }),
    });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), (labels) => {
        const centres = spreadLabels(labels, 400, 8);
        const boxes = labels
          .map(({ width }, index) => ({
            from: (centres[index] ?? 0) - width / 2,
            to: (centres[index] ?? 0) + width / 2,
          }))
          .toSorted((left, right) => left.from - right.from);
        boxes.forEach((box, index) => {
          expect(box.from).toBeGreaterThanOrEqual(-1e-9);
          expect(box.to).toBeLessThanOrEqual(400 + 1e-9);
          const next = boxes[index + 1];
          if (next) expect(next.from - box.to).toBeGreaterThanOrEqual(8 - 1e-9);
        });
      }),
    );
  });
});

describe('barLengths', () => {
  it('shares one scale from zero', () => {
    expect(barLengths([50, 100, 0], 200)).toEqual([100, 200, 0]);
    expect(barLengths([0, 0], 200)).toEqual([0, 0]);
    expect(barLengths([], 200)).toEqual([]);
  });
});
