import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyFit, emptyFits, fitCells, settle } from '../../../../../src-main/analytics/detectors/nb/fit.ts';
import { firstPlaceFrom } from '../../../../../src-main/analytics/detectors/hours/judged-hours.ts';
import { nbParameters } from '../../../../../src-main/analytics/detectors/nb/parameters.ts';
import { SlidingCells } from '../../../../../src-main/analytics/detectors/nb/sliding-cells.ts';
import { cellCount, cellOf, windowOf } from '../../../../../src-main/analytics/detectors/nb/window.ts';
import type { HourlyCounts } from '../../../../../src-main/analytics/history/activity.ts';
import { localCalendar } from '../../../../../src-main/analytics/local-calendar.ts';

const calendar = localCalendar('Europe/Berlin', new Set(['2026-08-05']));
const cellAt = (hour: number) => cellOf(calendar(hour));
const firstDay = Date.parse('2026-08-18T00:00Z') / 86_400_000;
const windowDays = 14;
const days = 20;
const firstHour = (firstDay - 1 - windowDays) * 24;

/** Mostly quiet, a few hours loud, and now and then more than what can be squared and added up exactly. */
const count = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 6, arbitrary: fc.integer({ min: 10, max: 400 }) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 25, 2 ** 31, 2 ** 32 - 1) },
);

const actor = fc.uniqueArray(fc.tuple(fc.nat({ max: (windowDays + days) * 24 }), count), {
  selector: ([hour]) => hour,
  maxLength: 250,
});

function countsOf(drawn: readonly (readonly (readonly [number, number])[])[]): HourlyCounts {
  const sorted = drawn.map((hours) => hours.toSorted(([a], [b]) => a - b));
  const offsets = new Uint32Array(drawn.length + 1);
  for (const [at, hours] of sorted.entries()) offsets[at + 1] = offsets[at]! + hours.length;
  return {
    offsets,
    hours: Int32Array.from(sorted.flat(), ([hour]) => firstHour + hour),
    counts: Uint32Array.from(sorted.flat(), ([, events]) => events),
  };
}

test('sums that slide from window to window give the very fits that adding up every window gives', () => {
  fc.assert(
    fc.property(
      fc.array(actor, { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(fc.nat({ max: days }), { minLength: 1, maxLength: days }),
      fc.integer({ min: -400, max: 400 }),
      (drawn, judged, known) => {
        const counts = countsOf(drawn);
        const sliding = new SlidingCells(counts, cellAt);
        const profile = Float64Array.from({ length: cellCount }, (_, cell) => 0.2 + (cell % 5) / 2);
        for (const day of judged.toSorted((a, b) => a - b)) {
          const window = windowOf(firstDay + day, windowDays, calendar);
          const [found] = emptyFits(2);
          for (const number of drawn.keys()) {
            const baseline = {
              counts,
              low: firstPlaceFrom(counts, number, window.fromHour),
              high: firstPlaceFrom(counts, number, window.toHour),
              firstHour: firstHour + known,
              excluded: [],
            };
            const expected = emptyFit();
            fitCells(expected, baseline, window, profile, nbParameters);
            const total = counts.counts
              .subarray(counts.offsets[number], counts.offsets[number + 1])
              .reduce((sum, events) => sum + events, 0);
            expect(sliding.measure(found!, number, baseline, window)).toBe(total <= 2 ** 26);
            if (total > 2 ** 26) continue;
            settle(found!, baseline, window, profile, nbParameters, sliding.outliersOf(number));
            expect({ ...found, limits: null }).toEqual({ ...expected, limits: null });
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});
