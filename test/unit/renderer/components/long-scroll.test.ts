// Long lists: every row can be reached, the ends are the ends, and what is chosen comes into sight.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isScaled,
  lastTop,
  rowsInSight,
  scrollAt,
  scrolledHeight,
  topAt,
  topShowing,
} from '../../../../src-renderer/components/long-scroll.ts';

const lists = fc.record({
  rows: fc.integer({ min: 1, max: 5_000_000 }),
  rowHeight: fc.constantFrom(26, 32),
  viewport: fc.integer({ min: 60, max: 2000 }),
});

describe('the place of the scroll bar', () => {
  it('reaches the first row at one end and the last one at the other, however long the list', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(topAt(0, list)).toBe(0);
        const bottom = scrolledHeight(list) - list.viewport;
        expect(topAt(bottom, list)).toBeCloseTo(lastTop(list), 6);
        expect(rowsInSight(lastTop(list), list).end).toBe(list.rows);
        expect(scrolledHeight(list)).toBeLessThanOrEqual(Math.max(8_000_000, list.viewport));
      }),
    );
  });

  it('goes there and back to the same row', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const top = share * lastTop(list);
        expect(topAt(scrollAt(top, list), list)).toBeCloseTo(top, 4);
      }),
    );
  });

  it('is a pixel for a pixel while the list is short enough', () => {
    const list = { rows: 10_000, rowHeight: 32, viewport: 640 };
    expect(isScaled(list)).toBe(false);
    expect(topAt(3200, list)).toBe(100);
    expect(isScaled({ ...list, rows: 1_000_000 })).toBe(true);
  });
});

describe('topShowing', () => {
  it('brings the whole row into sight, and moves nothing that is in sight', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (list, any, share) => {
        const row = any % list.rows;
        const top = share * lastTop(list);
        const shown = topShowing(row, top, list);
        const seen = list.viewport / list.rowHeight;
        expect(shown).toBeGreaterThanOrEqual(0);
        expect(shown).toBeLessThanOrEqual(lastTop(list));
        expect(row).toBeGreaterThanOrEqual(shown - 1e-6);
        expect(row + 1).toBeLessThanOrEqual(shown + seen + 1e-6);
        if (row >= top && row + 1 <= top + seen) expect(shown).toBe(top);
      }),
    );
  });

  it('takes one row more for the next one, and puts a far one in the middle', () => {
    const list = { rows: 1000, rowHeight: 32, viewport: 320 };
    expect(topShowing(10, 0, list)).toBe(1);
    expect(topShowing(500, 0, list)).toBe(495);
  });
});
