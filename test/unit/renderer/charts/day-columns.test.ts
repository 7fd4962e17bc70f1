// Days as columns.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayColumns } from '../../../../src-renderer/charts/day-columns-layout.ts';

const box = { width: 360, height: 48 };
const anyDays = fc
  .array(fc.option(fc.tuple(fc.nat(500), fc.nat(500))), { minLength: 1, maxLength: 90 })
  .map((days) =>
    days.map((counts, index) => ({
      day: String(index),
      all: counts === null ? null : counts[0] + counts[1],
      same: counts === null ? null : counts[1],
    })),
  );

it('keeps columns in the box and side by side, the part within the whole', () => {
  fc.assert(
    fc.property(anyDays, (days) => {
      const { columns, top } = dayColumns(days, box);
      expect(top).toBe(Math.max(0, ...days.map(({ all }) => all ?? 0)));
      columns.forEach((column, index) => {
        expect(column.allHeight).toBeLessThanOrEqual(box.height + 1e-9);
        expect(column.sameHeight).toBeLessThanOrEqual(column.allHeight);
        const next = columns[index + 1];
        if (next !== undefined) expect(column.x + column.width).toBeLessThanOrEqual(next.x + 1e-9);
      });
    }),
    { numRuns: 50 },
  );
});

it('tells a day with one event from one with none', () => {
  const { columns } = dayColumns(
    [
      { day: 'a', all: 1, same: 0 },
      { day: 'b', all: 0, same: 0 },
      { day: 'c', all: 10_000, same: 1 },
    ],
    box,
  );
  expect(columns.map(({ allHeight }) => allHeight > 0)).toEqual([true, false, true]);
  expect(columns[2]?.sameHeight).toBeGreaterThan(1);
});
