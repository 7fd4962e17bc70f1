import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldIntoWeek } from '../../../src-main/analytics/heatmap.ts';

const slices = fc.array(
  fc.record({
    actor: fc.constantFrom('', 'a', 'b'),
    action: fc.constantFrom('x', 'y'),
    slot: fc.integer({ min: 1_950_000, max: 2_000_000 }),
    count: fc.integer({ min: 1, max: 50 }),
  }),
);

test.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'])(
  'folding into the week of %s loses no event',
  (zone) => {
    fc.assert(
      fc.property(slices, (input) => {
        const cells = foldIntoWeek(input, zone);
        const total = (rows: { count: number }[]) => rows.reduce((sum, row) => sum + row.count, 0);
        expect(total(cells)).toBe(total(input));
        expect(
          new Set(cells.map((cell) => JSON.stringify([cell.actor, cell.action, cell.hourOfWeek]))).size,
        ).toBe(cells.length);
      }),
      { numRuns: 30 },
    );
  },
);
