import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { busyHours } from '../../../../../src-main/analytics/detectors/nb/busy-hours.ts';
import { HeldCells } from '../../../../../src-main/analytics/detectors/nb/held-cells.ts';
import { seriesHours } from '../../../../../src-main/analytics/detectors/nb/series-hours.ts';
import { cellOf, windowOf } from '../../../../../src-main/analytics/detectors/nb/window.ts';
import { hourlyCounts, type ActivityDay } from '../../../../../src-main/analytics/history/activity.ts';
import { localCalendar } from '../../../../../src-main/analytics/local-calendar.ts';

const calendar = localCalendar('Europe/Berlin', new Set());
const cellAt = (hour: number) => cellOf(calendar(hour));
const firstDay = Date.parse('2026-10-10T00:00Z') / 86_400_000;
const longAgo = Date.parse('1899-12-20T00:00Z') / 86_400_000;
const seriesCount = 12;
const windowDays = 14;

const day = fc
  .uniqueArray(
    fc.tuple(fc.nat({ max: seriesCount - 1 }), fc.nat({ max: 95 }), fc.constantFrom(1, 2, 3, 50, 2 ** 27)),
    { selector: ([series, slot]) => series * 96 + slot, maxLength: 60 },
  )
  .map((cells) => cells.toSorted(([a, x], [b, y]) => a - b || x - y));

const activity = fc.array(day, { minLength: 1, maxLength: 30 }).map((days): ActivityDay[] =>
  days
    .map((cells, index) => ({
      day: firstDay + index,
      series: Uint32Array.from(cells, ([series]) => series),
      slots: Uint8Array.from(cells, ([, slot]) => slot),
      counts: Uint32Array.from(cells, ([, , count]) => count),
    }))
    .filter(({ series }) => series.length > 3),
);

/** Hours and counts of a series in a window, the plain way. */
function plainHours(days: readonly ActivityDay[], series: number, fromHour: number, toHour: number) {
  const groupOf = Int32Array.from({ length: seriesCount }, (_, at) => (at === series ? 0 : -1));
  const { hours, counts } = hourlyCounts(days, groupOf, 1, fromHour, toHour);
  return [...hours].map((hour, at) => ({ hour, count: counts[at]! }));
}

describe('series in a window', () => {
  test('are found in any order, without the hours that are left out', () => {
    fc.assert(
      fc.property(
        activity,
        fc.array(fc.tuple(fc.nat({ max: seriesCount }), fc.nat({ max: 40 }), fc.nat({ max: 47 })), {
          maxLength: 15,
        }),
        fc.array(fc.nat({ max: 700 }), { maxLength: 5 }),
        (days, asked, leftOut) => {
          const excluded = leftOut.map((hour) => firstDay * 24 + hour);
          const lookUp = seriesHours(days);
          for (const [series, judged, cell] of asked) {
            const window = windowOf(firstDay + judged, windowDays, calendar);
            const expected = plainHours(days, series, window.fromHour, window.toHour).filter(
              ({ hour }) => !excluded.includes(hour),
            );
            const { offsets, hours, counts } = lookUp.within(series, window, excluded);
            expect([...hours].map((hour, at) => ({ hour, count: counts[at]! }))).toEqual(expected);
            expect([...offsets]).toEqual([0, expected.length]);
            const held = expected
              .filter(({ hour }) => cellAt(hour) === cell)
              .reduce((sum, { count }) => sum + count, 0);
            for (const most of [Math.max(0, held - 1), held, held + 1])
              expect(lookUp.holdsMoreThan(most, series, window, cell, excluded)).toBe(held > most);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('hold as much as was added up day by day, or less than is told where it is too much to tell', () => {
    fc.assert(
      fc.property(
        activity,
        fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(firstDay, longAgo),
        (recent, judged, begin) => {
          const days = recent.map((one) => ({ ...one, day: one.day - firstDay + begin }));
          const busyOf = new Map(days.map((one) => [one.day, busyHours(one, 3, -Infinity, Infinity)]));
          const asked = judged.map((at) => begin + at).toSorted((a, b) => a - b);
          const busy = asked.flatMap((at) => busyOf.get(at) ?? []);
          const held = HeldCells.of(days, busy, seriesCount, cellAt)!;
          for (const at of asked) {
            const window = windowOf(at, windowDays, calendar);
            held.slideTo(window);
            const own = busyOf.get(at);
            for (let place = 0; place < (own?.length ?? 0); place += 1) {
              const series = own!.series[place]!;
              const cell = cellAt(own!.hours[place]!);
              const expected = plainHours(days, series, window.fromHour, window.toHour)
                .filter(({ hour }) => cellAt(hour) === cell)
                .reduce((sum, { count }) => sum + count, 0);
              expect(held.heldIn(series, cell)).toBe(expected % 2 ** 32);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
