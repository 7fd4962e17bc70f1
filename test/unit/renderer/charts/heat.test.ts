// The heatmap as maths: nothing is lost in arranging it, colours rank counts, cells are where they are drawn.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeGrid, changePaint, mostDoublings } from '../../../../src-renderer/charts/heat-change.ts';
import { heatPaint, heatScales, heatTexels } from '../../../../src-renderer/charts/heat-colour.ts';
import {
  cellAtPoint,
  clampZoom,
  heatLayout,
  movedCell,
  zoomHeights,
} from '../../../../src-renderer/charts/heat-geometry.ts';
import { dayGrid, gridOf, hasGaps, highestOf, weekGrid } from '../../../../src-renderer/charts/heat-grid.ts';
import { heatOrders, inOrder } from '../../../../src-renderer/charts/heat-order.ts';
import {
  hourOfWeekWords,
  hoursOfWeekWords,
  hoursPerWeek,
} from '../../../../src-renderer/charts/hours-of-week.ts';
import { legendCounts, rampColour, rampPlace, type Rgb } from '../../../../src-shared/charts/heat-scale.ts';
import { coveredHours } from '../../../../src-shared/time/covered-hours.ts';

const everyHour = Array.from({ length: hoursPerWeek }, () => true);
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

describe('weekGrid', () => {
  it('keeps every count where it was, and ranks the busiest first', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const grid = weekGrid(given, everyHour);
        expect(grid.total).toBe(given.reduce((sum, { total }) => sum + total, 0));
        expect(grid.highest).toBe(Math.max(0, ...given.flatMap(({ counts }) => counts)));
        expect(grid.rows).toHaveLength(given.length);
        for (const { actor, counts, total } of given)
          expect(grid.rows.find((shown) => shown.id === actor)).toEqual({
            id: actor,
            total,
            counts: Float64Array.from(counts),
          });
        const named = grid.rows.filter(({ id }) => id !== '').map(({ total }) => total);
        expect(named).toEqual(named.toSorted((left, right) => right - left));
        if (grid.rows.some(({ id }) => id === '')) expect(grid.rows.at(-1)?.id).toBe('');
        expect(hasGaps(grid)).toBe(false);
      }),
    );
  });

  it('knows no count of an hour that was not covered', () => {
    const covered = everyHour.map((_, hour) => hour !== 5);
    const [ana] = weekGrid([row('ana', { 4: 2 })], covered).rows;
    expect([ana?.counts[4], ana?.counts[5], ana?.counts[6]]).toEqual([2, Number.NaN, 0]);
  });
});

describe('dayGrid', () => {
  it('puts the newest day first, and tells nothing from not observed', () => {
    const hours = (counts: (number | null)[]) => [
      ...counts,
      ...Array.from({ length: 24 - counts.length }, () => 0),
    ];
    const grid = dayGrid([
      { date: '2026-11-01', counts: hours([null, 0, 3]) },
      { date: '2026-11-02', counts: hours([1]) },
    ]);
    expect(grid).toMatchObject({ columns: 24, highest: 3, total: 4 });
    expect(grid.rows.map(({ id, total }) => [id, total])).toEqual([
      ['2026-11-02', 1],
      ['2026-11-01', 3],
    ]);
    expect([...(grid.rows[1]?.counts.slice(0, 3) ?? [])]).toEqual([Number.NaN, 0, 3]);
  });
});

describe('the order of rows', () => {
  it.each(heatOrders)('by “%s” loses none and leaves the unattributed last', (order) => {
    fc.assert(
      fc.property(rows, (given) => {
        const grid = weekGrid(given, everyHour);
        const ordered = inOrder(grid, order, ({ id }) => id);
        expect(new Set(ordered.rows)).toEqual(new Set(grid.rows));
        expect(ordered.rows).toHaveLength(grid.rows.length);
        if (grid.rows.some(({ id }) => id === '')) expect(ordered.rows.at(-1)?.id).toBe('');
      }),
    );
  });

  it('puts rows of like hours beside each other, however busy each is', () => {
    const during = (first: number, count: number) =>
      Object.fromEntries(Array.from({ length: 8 }, (_, hour) => [first + hour, count]));
    const night = ['n1', 'n2', 'n3'].map((actor, place) => row(actor, during(22, 10 ** place)));
    const day = ['d1', 'd2', 'd3'].map((actor, place) => row(actor, during(32, 10 ** place + 1)));
    const weekend = ['w1', 'w2'].map((actor, place) => row(actor, during(130, 7 ** place)));
    const grid = weekGrid([...night, ...day, ...weekend], everyHour);
    const kinds = inOrder(grid, 'alike', ({ id }) => id).rows.map(({ id }) => id[0]);
    const changes = kinds.filter((kind, place) => place > 0 && kind !== kinds[place - 1]);
    expect(changes).toHaveLength(2);
  });
});

describe('the change between two periods', () => {
  const periodOf = (given: ReturnType<typeof row>[], weeks: number) => ({
    grid: weekGrid(given, everyHour),
    weeks,
  });

  it('is none where the same happened every week, and opposite the other way round', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const there = changeGrid(periodOf(one, 2), periodOf(other, 2));
        const back = changeGrid(periodOf(other, 2), periodOf(one, 2));
        for (const { id, counts } of there.rows) {
          const reverse = back.rows.find((candidate) => candidate.id === id);
          counts.forEach((change, hour) => expect(reverse?.counts[hour]).toBeCloseTo(-change, 9));
        }
        const same = changeGrid(periodOf(one, 3), periodOf(one, 3));
        expect(same.rows.every(({ counts }) => counts.every((change) => Math.abs(change) < 1e-12))).toBe(
          true,
        );
      }),
    );
  });

  it('counts a week against a week, names who is gone, and knows nothing where nobody looked', () => {
    const now = periodOf([row('ana', { 3: 20 }), row('', { 9: 4 })], 1);
    const before = periodOf([row('ana', { 3: 20 }), row('bo', { 7: 100 })], 4);
    before.grid.rows[0]!.counts[8] = Number.NaN;
    const { rows: changed } = changeGrid(now, before);
    expect(changed.map(({ id }) => id)).toEqual(['bo', 'ana', '']);
    expect(changed[1]?.counts[3]).toBeCloseTo(2, 9);
    expect(changed[0]?.counts[7]).toBeCloseTo(Math.log2(0.5 / (100.5 / 4)), 9);
    expect(changed[0]?.counts[8]).toBeNaN();
    expect(changed[2]?.counts[9]).toBeCloseTo(Math.log2(4.5 / (0.5 / 4)), 9);
  });

  it.each(['light', 'dark'] as const)('is painted apart from none both ways in the %s theme', (theme) => {
    const paint = changePaint(theme);
    const none = luminance(paint(0, 0));
    for (const change of [-mostDoublings, mostDoublings]) {
      const [less, more] = [none, luminance(paint(change, 0))].toSorted((x, y) => x - y);
      expect(((more ?? 0) + 0.05) / ((less ?? 0) + 0.05)).toBeGreaterThan(3);
      expect(paint(change * 5, 0)).toEqual(paint(change, 0));
    }
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

describe('heatPaint', () => {
  const themes = ['light', 'dark'] as const;
  const cases = themes.flatMap((theme) => heatScales.map((scale) => ({ theme, scale })));

  it.each(cases)('of $scale scale changes lightness one way only in the $theme theme', ({ theme, scale }) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100_000 }), fc.nat(), fc.nat(), (highest, a, b) => {
        const paint = heatPaint(theme, scale, highest);
        const [less, more] = [a % (highest + 1), b % (highest + 1)].toSorted((x, y) => x - y);
        const change = luminance(paint(more ?? 0, highest)) - luminance(paint(less ?? 0, highest));
        // Rounding to whole channel values may move a close pair by a hair.
        expect(theme === 'dark' ? change : -change).toBeGreaterThanOrEqual(-0.004);
      }),
    );
  });

  it.each(cases)('of $scale scale sets one event apart from none in the $theme theme', ({ theme, scale }) => {
    const paint = heatPaint(theme, scale, 1000);
    const [zero, one] = [luminance(paint(0, 1000)), luminance(paint(1, 1000))].toSorted((x, y) => x - y);
    expect(((one ?? 0) + 0.05) / ((zero ?? 0) + 0.05)).toBeGreaterThan(1.25);
  });

  it('by row reaches full strength at the highest of each row', () => {
    const paint = heatPaint('light', 'row', 9999);
    expect(paint(3, 3)).toEqual(paint(9999, 9999));
    expect(paint(1, 3)).not.toEqual(paint(3, 3));
    expect(heatPaint('light', 'linear', 9999)(3, 3)).not.toEqual(paint(3, 3));
  });

  it('by logarithm is the colour an exported picture has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...themes),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (theme, highest, count) => {
          expect(heatPaint(theme, 'log', highest)(count, 0)).toEqual(rampColour(theme, highest, count));
        },
      ),
    );
    expect([rampPlace(1, 500), rampPlace(500, 500), rampPlace(5000, 500)]).toEqual([0, 1, 1]);
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
  it('paints each cell at its own texel, by its own row, and leaves gaps transparent', () => {
    const covered = everyHour.map((_, hour) => hour !== 5);
    const grid = weekGrid([row('ana', { 3: 9, 4: 2 }), row('bo', { 167: 1 })], covered);
    const texels = heatTexels(grid, (count, rowHighest) => [count, rowHighest, 0]);
    const at = (place: number, hour: number) =>
      Array.from(texels.subarray((place * hoursPerWeek + hour) * 4).slice(0, 4));
    expect(at(0, 3)).toEqual([9, 9, 0, 255]);
    expect(at(0, 4)).toEqual([2, 9, 0, 255]);
    expect(at(1, 4)).toEqual([0, 1, 0, 255]);
    expect(at(1, 167)).toEqual([1, 1, 0, 255]);
    expect(at(0, 5)).toEqual([0, 0, 0, 0]);
    expect(texels).toHaveLength(2 * hoursPerWeek * 4);
  });
});

const gridSized = (rowCount: number, columns: number) =>
  gridOf(
    columns,
    Array.from({ length: rowCount }, (_, place) => ({
      id: String(place),
      total: 0,
      counts: new Float64Array(columns),
    })),
  );

describe('geometry', () => {
  it('finds the cell under every point drawn for it, at every zoom', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 3000 }),
        fc.constantFrom(24, 168),
        fc.integer({ min: -2, max: 9 }),
        fc.nat({ max: 59 }),
        fc.nat({ max: 167 }),
        (available, columns, zoom, row, hour) => {
          const layout = heatLayout(available, columns, zoom);
          const column = hour % columns;
          const point = [(column + 0.5) * layout.cellWidth, (row + 0.5) * layout.rowHeight] as const;
          expect(cellAtPoint(...point, layout, gridSized(60, columns))).toEqual({ row, column });
        },
      ),
    );
    const layout = heatLayout(1240, 168);
    const grid = gridSized(10, 168);
    expect(cellAtPoint(-1, 5, layout, grid)).toBeNull();
    expect(cellAtPoint(168 * layout.cellWidth, 5, layout, grid)).toBeNull();
    expect(cellAtPoint(5, 10 * layout.rowHeight, layout, grid)).toBeNull();
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
        fc.constantFrom(24, 168),
        (pressed, rowCount, columns) => {
          const grid = gridSized(rowCount, columns);
          let at = movedCell(null, 'ArrowDown', grid);
          for (const key of pressed) at = movedCell(at, key, grid);
          expect(at?.row).toBeGreaterThanOrEqual(0);
          expect(at?.row).toBeLessThan(rowCount);
          expect(at?.column).toBeGreaterThanOrEqual(0);
          expect(at?.column).toBeLessThan(columns);
        },
      ),
    );
    expect(movedCell({ row: 0, column: 0 }, 'x', gridSized(5, 168))).toBeNull();
    expect(movedCell(null, 'ArrowDown', gridSized(0, 168))).toBeNull();
  });

  it('makes whole-pixel cells and gives the rest to the labels', () => {
    expect(heatLayout(1240, 168)).toEqual({ cellWidth: 6, rowHeight: 14, labelWidth: 232 });
    expect(heatLayout(300, 168).cellWidth).toBe(4);
    expect(heatLayout(9000, 168)).toEqual({ cellWidth: 14, rowHeight: 14, labelWidth: 260 });
  });

  it('zooms between the whole and the one, and stops there', () => {
    expect(heatLayout(1240, 168, -5).rowHeight).toBe(zoomHeights[0]);
    expect(heatLayout(1240, 168, 99)).toMatchObject({ cellWidth: 28, rowHeight: zoomHeights.at(-1) });
    expect([clampZoom(-1), clampZoom(99)]).toEqual([0, zoomHeights.length - 1]);
  });

  it('names the hours of the week', () => {
    expect(hourOfWeekWords(0)).toBe('Monday 00:00–01:00');
    expect(hourOfWeekWords(167)).toBe('Sunday 23:00–00:00');
    expect(hoursOfWeekWords(26, 28)).toBe('Tuesday 02:00 to Tuesday 05:00');
    expect(hoursOfWeekWords(3, 3)).toBe(hourOfWeekWords(3));
  });

  it('knows the highest count of a row with gaps', () => {
    expect(highestOf({ counts: Float64Array.from([Number.NaN, 2, 1]) })).toBe(2);
    expect(highestOf({ counts: Float64Array.from([Number.NaN]) })).toBe(0);
  });
});
