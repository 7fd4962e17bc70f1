import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyFit, fitCells } from '../../../../../src-main/analytics/detectors/nb/fit.ts';
import {
  exposureInCell,
  mostHeld,
  type Baseline,
} from '../../../../../src-main/analytics/detectors/nb/measure.ts';
import { forSingleActions, nbParameters } from '../../../../../src-main/analytics/detectors/nb/parameters.ts';
import { cellCount, cellOf, windowOf } from '../../../../../src-main/analytics/detectors/nb/window.ts';
import { localCalendar } from '../../../../../src-main/analytics/local-calendar.ts';

const calendar = localCalendar('Europe/Berlin', new Set(['2026-08-05']));
const day = Date.parse('2026-08-18T00:00Z') / 86_400_000;
const window = windowOf(day, 42, calendar);
const length = 42 * 24;

const baseline = fc
  .record({
    cells: fc.uniqueArray(fc.tuple(fc.nat({ max: length - 1 }), fc.integer({ min: 1, max: 30 })), {
      selector: ([place]) => place,
      maxLength: 120,
    }),
    first: fc.integer({ min: -200, max: length + 10 }),
    excluded: fc.uniqueArray(fc.integer({ min: -10, max: length + 10 }), { maxLength: 30 }),
  })
  .map(({ cells, first, excluded }): Baseline => {
    const kept = cells
      .filter(([place]) => place >= first && !excluded.includes(place))
      .toSorted(([a], [b]) => a - b);
    return {
      counts: {
        offsets: Uint32Array.of(0, kept.length),
        hours: Int32Array.from(kept, ([place]) => window.fromHour + place),
        counts: Uint32Array.from(kept, ([, count]) => count),
      },
      low: 0,
      high: kept.length,
      firstHour: window.fromHour + first,
      excluded: excluded.toSorted((a, b) => a - b).map((place) => window.fromHour + place),
    };
  });

function heldIn({ counts: { hours, counts } }: Baseline, cell: number): number {
  return counts.reduce(
    (sum, count, at) => (window.cells[hours[at]! - window.fromHour] === cell ? sum + count : sum),
    0,
  );
}

describe('measuring a baseline', () => {
  test('counts the hours from the first event on that are not left out', () => {
    fc.assert(
      fc.property(baseline, (own) => {
        const fit = emptyFit();
        fitCells(fit, own, window, new Float64Array(cellCount).fill(1), nbParameters);
        const expected = new Float64Array(cellCount);
        for (let hour = Math.max(own.firstHour, window.fromHour); hour < window.toHour; hour += 1)
          if (!own.excluded.includes(hour)) expected[cellOf(calendar(hour))]! += 1;
        expect(fit.exposure).toEqual(expected);
        expect(fit.hours).toBe(expected.reduce((sum, hours) => sum + hours, 0));
        const each = Float64Array.from({ length: cellCount }, (_, cell) => exposureInCell(own, window, cell));
        expect(each).toEqual(expected);
      }),
    );
  });

  test('knows that a cell holds more than a limit only where the fit would say so', () => {
    const parameters = forSingleActions(nbParameters);
    fc.assert(
      fc.property(
        baseline,
        fc.nat({ max: cellCount - 1 }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (own, cell, limit, busy) => {
          const fit = emptyFit();
          fitCells(fit, own, window, new Float64Array(cellCount).fill(busy), parameters);
          const held = heldIn(own, cell);
          if (held > mostHeld(limit, exposureInCell(own, window, cell), parameters))
            expect(fit.lambda[cell]!).toBeGreaterThan(limit);
          // Without a rhythm there is nothing else in it than what the cell holds.
          else if (busy === 0) expect(fit.lambda[cell]!).toBeLessThanOrEqual(limit * (1 + 1e-12));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('holidays are weekend', () => {
    const noon = Date.parse('2026-08-05T10:00Z') / 3_600_000;
    expect(window.cells[noon - window.fromHour]).toBe(24 + 12);
    expect(window.cells[noon + 24 - window.fromHour]).toBe(12);
  });
});
