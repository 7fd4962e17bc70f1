import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seriesDefaults } from '../../../../src-main/analytics/series/series-method.ts';
import { SortedWindow } from '../../../../src-main/analytics/series/sorted-window.ts';
import { deviationAt, tailSurprise } from '../../../../src-main/analytics/series/tail-surprise.ts';

function windowOf(values: Iterable<number>): SortedWindow {
  const window = new SortedWindow(seriesDefaults.historyPoints);
  for (const value of values) window.add(value);
  return window;
}

const range = (length: number) => Array.from({ length }, (_, at) => at + 1);

describe('by hand', () => {
  test('says nothing before it has learnt', () => {
    expect(tailSurprise(windowOf(range(149)), 1e9, seriesDefaults)).toMatchObject({
      surprise: 0,
      known: 149,
    });
  });

  test('inside the known range the chance is the rank', () => {
    // 1 to 200: 101 of them are as large as 100 or larger.
    const { surprise, tailIndex } = tailSurprise(windowOf(range(200)), 100, seriesDefaults);
    expect(surprise).toBeCloseTo(-Math.log10(102 / 201), 12);
    expect(tailIndex).toBe(0);
  });

  test('in the tail it is Hill’s estimate, drawn towards the prior', () => {
    // Of 1 to 1000 the largest 20 are the tail; it starts at 980.
    const found = tailSurprise(windowOf(range(1000)), 1960, seriesDefaults);
    const logs = range(20).reduce((sum, one) => sum + Math.log((980 + one) / 980), 0);
    const index = (logs + 50 * 0.3) / (20 + 50);
    expect(found).toMatchObject({ known: 1000, tailStart: 980, tailCount: 20 });
    expect(found.tailIndex).toBeCloseTo(index, 12);
    expect(found.surprise).toBeCloseTo(Math.log10(1000 / 20) + Math.log10(2) / index, 12);
  });

  test('where most deviations are zero, the others are the tail', () => {
    const zeros = range(500).map(() => 0);
    const found = tailSurprise(windowOf([...zeros, 2, 4]), 8, seriesDefaults);
    const index = (Math.log(2) + 50 * 0.3) / (2 + 50);
    expect(found).toMatchObject({ known: 502, tailStart: 2, tailCount: 2 });
    expect(found.surprise).toBeCloseTo(Math.log10(502 / 2) + Math.log10(4) / index, 12);
  });

  test('the first deviation of what was always the same is ten times rarer than one in n', () => {
    const window = windowOf(range(1000).map(() => 0));
    expect(tailSurprise(window, 1e-9, seriesDefaults).surprise).toBe(4);
    expect(tailSurprise(window, 0, seriesDefaults).surprise).toBe(0);
  });
});

const deviations = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 150, maxLength: 400 });
const deviation = fc.integer({ min: 0, max: 1_000_000 });

describe('for all', () => {
  test('a larger deviation is never less surprising', () => {
    fc.assert(
      fc.property(deviations, deviation, deviation, (earlier, one, other) => {
        const window = windowOf(earlier);
        const [small, large] = [one, other].map(
          (size) => tailSurprise(window, size, seriesDefaults).surprise,
        );
        if (one <= other) expect(large!).toBeGreaterThanOrEqual(small! - 1e-9);
      }),
    );
  });

  test('the unit does not matter', () => {
    fc.assert(
      fc.property(deviations, deviation, (earlier, size) => {
        const metres = tailSurprise(windowOf(earlier), size, seriesDefaults).surprise;
        const other = tailSurprise(windowOf(earlier.map((one) => one * 1024)), size * 1024, seriesDefaults);
        expect(other.surprise).toBeCloseTo(metres, 9);
      }),
    );
  });

  test('the deviation that reaches a surprise reaches it', () => {
    fc.assert(
      fc.property(deviations, fc.double({ min: 2, max: 8, noNaN: true }), (earlier, wanted) => {
        const window = windowOf(earlier.map((one) => one + 1));
        const found = tailSurprise(window, 10_000, seriesDefaults);
        const reach = deviationAt(wanted, found);
        expect(tailSurprise(window, reach * (1 + 1e-9), seriesDefaults).surprise).toBeGreaterThanOrEqual(
          wanted - 1e-6,
        );
      }),
    );
  });

  test('no size, however extreme, makes it less than a number', () => {
    for (const size of [Number.MIN_VALUE, 1e-300, 1e300, Number.MAX_VALUE])
      for (const unit of [Number.MIN_VALUE, 1, Number.MAX_VALUE / 2000])
        expect(
          Number.isFinite(
            tailSurprise(windowOf(range(300).map((one) => one * unit)), size, seriesDefaults).surprise,
          ),
        ).toBe(true);
  });
});
