// The heatmap as maths: nothing is lost in arranging it, colours rank counts, cells are where they are drawn.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatColour, heatTexels, rampPosition } from '../../../../src-renderer/charts/heat-colour.ts';
import {
  cellAtPoint,
  heatLayout,
  movedCell,
  rowHeight,
} from '../../../../src-renderer/charts/heat-geometry.ts';
import { heatGrid, hourOfWeekWords, hoursPerWeek } from '../../../../src-renderer/charts/heat-grid.ts';
import { legendCounts, rampColour, rampPlace, type Rgb } from '../../../../src-shared/charts/heat-scale.ts';
import { coveredHours } from '../../../../src-shared/time/covered-hours.ts';

const row = (actor: string, counts: Record<number, number>) => {
  const all = Array.from({ length: hoursPerWeek }, (_, hour) => counts[hour] ?? 0);
  return { actor, counts: all, total: all.reduce((sum, count) => sum + count, 0) };
};
const rows = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom('', 'ana', 'bo', 'cy'),
      fc.dictionary(fc.integer({ min: 0, max: 167 }).map(String), fc.integer({ min: 1, max: 500 })),
    )
    .map(([actor, counts]) => row(actor, counts)),
  { selector: ({ actor }) => actor },
);

/** Relative luminance of WCAG 2. */
function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('heatGrid', () => {
  it('keeps every count where it was, and ranks the busiest first', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const grid = heatGrid(given);
        expect(grid.total).toBe(given.reduce((sum, { total }) => sum + total, 0));
        expect(grid.highest).toBe(Math.max(0, ...given.flatMap(({ counts }) => counts)));
        expect(grid.rows).toHaveLength(given.length);
        for (const { actor, counts, total } of given)
          expect(grid.rows.find((shown) => shown.actor === actor)).toEqual({
            actor,
            total,
            counts: Float64Array.from(counts),
          });
        const named = grid.rows.filter(({ actor }) => actor !== '').map(({ total }) => total);
        expect(named).toEqual(named.toSorted((left, right) => right - left));
        if (grid.rows.some(({ actor }) => actor === '')) expect(grid.rows.at(-1)?.actor).toBe('');
      }),
    );
  });
});

describe('coveredHours', () => {
  it('marks exactly the hours a short range touches', () => {
    const covered = coveredHours('2026-11-16T08:00:00.000Z', '2026-11-16T10:30:00.000Z', 'UTC');
    expect(covered.flatMap((isCovered, hour) => (isCovered ? [hour] : []))).toEqual([8, 9, 10]);
  });

  it('places them in the zone, not in UTC', () => {
    const covered = coveredHours('2026-11-15T23:00:00.000Z', '2026-11-16T00:00:00.000Z', 'Europe/Berlin');
    expect(covered.indexOf(true)).toBe(0);
    expect(covered.lastIndexOf(true)).toBe(0);
  });

  it('covers everything from a week on, and when a bound is unknown', () => {
    expect(coveredHours('2026-11-01T00:00:00.000Z', '2026-11-08T00:00:00.000Z', 'UTC')).not.toContain(false);
    expect(
      coveredHours('2020-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'Asia/Kathmandu'),
    ).not.toContain(false);
    expect(coveredHours(null, null, 'UTC')).not.toContain(false);
  });
});

describe('heatColour', () => {
  it.each(['light', 'dark'] as const)('changes lightness in one direction only in the %s theme', (theme) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100_000 }), fc.nat(), fc.nat(), (highest, a, b) => {
        const colour = heatColour(theme, highest);
        const [less, more] = [a % (highest + 1), b % (highest + 1)].toSorted((x, y) => x - y);
        const change = luminance(colour(more ?? 0)) - luminance(colour(less ?? 0));
        // Rounding to whole channel values may move a close pair by a hair.
        expect(theme === 'dark' ? change : -change).toBeGreaterThanOrEqual(-0.004);
      }),
    );
  });

  it.each(['light', 'dark'] as const)('sets one event apart from none in the %s theme', (theme) => {
    const colour = heatColour(theme, 1000);
    const [zero, one] = [luminance(colour(0)), luminance(colour(1))].toSorted((x, y) => x - y);
    expect(((one ?? 0) + 0.05) / ((zero ?? 0) + 0.05)).toBeGreaterThan(1.25);
  });

  it('is the colour an exported picture has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('light' as const, 'dark' as const),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (theme, highest, count) => {
          expect(rampPlace(count, highest)).toBeCloseTo(rampPosition(highest)(count), 9);
          const onScreen = heatColour(theme, highest)(count);
          rampColour(theme, highest, count).forEach((channel, index) => {
            // The two round a half in their own ways.
            expect(Math.abs(channel - (onScreen[index] ?? -9))).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  it('reaches both ends of the ramp', () => {
    const position = rampPosition(500);
    expect([position(1), position(500)]).toEqual([0, 1]);
    expect(position(5000)).toBe(1);
  });

  it('prints a rising legend that ends at the highest count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (highest) => {
        const counts = legendCounts(highest);
        expect(counts).toEqual([...new Set(counts)].toSorted((left, right) => left - right));
        expect(counts.at(-1)).toBe(highest);
      }),
    );
    expect(legendCounts(0)).toEqual([]);
  });
});

describe('heatTexels', () => {
  it('paints each cell at its own texel and leaves gaps transparent', () => {
    const grid = heatGrid([row('ana', { 3: 9 }), row('bo', { 167: 1 })]);
    const covered = Array.from({ length: hoursPerWeek }, (_, hour) => hour !== 5);
    const texels = heatTexels(grid, covered, (count) => [count, 0, 0]);
    const at = (row: number, hour: number) =>
      Array.from(texels.subarray((row * hoursPerWeek + hour) * 4).slice(0, 4));
    expect(at(0, 3)).toEqual([9, 0, 0, 255]);
    expect(at(0, 4)).toEqual([0, 0, 0, 255]);
    expect(at(1, 167)).toEqual([1, 0, 0, 255]);
    expect(at(0, 5)).toEqual([0, 0, 0, 0]);
    expect(texels).toHaveLength(2 * hoursPerWeek * 4);
  });
});

describe('geometry', () => {
  it('finds the cell under every point drawn for it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 9 }),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 167 }),
        (width, row, hour) => {
          const x = (hour + 0.5) * width;
          const y = (row + 0.5) * rowHeight;
          expect(cellAtPoint(x, y, width, 60)).toEqual({ row, hour });
        },
      ),
    );
    expect(cellAtPoint(-1, 5, 6, 10)).toBeNull();
    expect(cellAtPoint(6 * hoursPerWeek, 5, 6, 10)).toBeNull();
    expect(cellAtPoint(5, 10 * rowHeight, 6, 10)).toBeNull();
  });

  it('keeps the cursor inside whatever key is pressed', () => {
    const keys = fc.constantFrom(
      'ArrowUp',
      'ArrowDown',
      'ArrowLeft',
      'ArrowRight',
      'PageUp',
      'PageDown',
      'Home',
      'End',
    );
    fc.assert(
      fc.property(
        fc.array(keys, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (pressed, rows) => {
          let at = movedCell(null, 'ArrowDown', rows);
          for (const key of pressed) at = movedCell(at, key, rows);
          expect(at?.row).toBeGreaterThanOrEqual(0);
          expect(at?.row).toBeLessThan(rows);
          expect(at?.hour).toBeGreaterThanOrEqual(0);
          expect(at?.hour).toBeLessThan(hoursPerWeek);
        },
      ),
    );
    expect(movedCell({ row: 0, hour: 0 }, 'x', 5)).toBeNull();
    expect(movedCell(null, 'ArrowDown', 0)).toBeNull();
  });

  it('makes whole-pixel cells and gives the rest to the labels', () => {
    expect(heatLayout(1240)).toEqual({ cellWidth: 6, labelWidth: 232 });
    expect(heatLayout(300).cellWidth).toBe(4);
    expect(heatLayout(9000)).toEqual({ cellWidth: 14, labelWidth: 260 });
  });

  it('names the hour of the week', () => {
    expect(hourOfWeekWords(0)).toBe('Monday 00:00–01:00');
    expect(hourOfWeekWords(167)).toBe('Sunday 23:00–00:00');
  });
});
