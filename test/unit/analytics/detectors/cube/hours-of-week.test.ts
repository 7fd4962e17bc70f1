import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellCalendar } from '../../../../../src-main/analytics/detectors/cube/cell-calendar.ts';
import { WeekCalendar } from '../../../../../src-main/analytics/detectors/cube/week-calendar.ts';
import { localCalendar } from '../../../../../src-main/analytics/local-calendar.ts';

const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia');
// 25 October 2026 is a Sunday on which clocks go back in Berlin; 28 October a Wednesday.
const holidays = fc.uniqueArray(fc.constantFrom('2026-10-24', '2026-10-26', '2026-10-28', '2026-11-02'));
const october = Date.UTC(2026, 9, 20) / 86_400_000;

test('whatever zone and holidays were asked for before, hours have the names of the local calendar', () => {
  const question = fc.record({ zone: zones, dates: holidays, day: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(fc.array(question, { minLength: 2, maxLength: 6 }), (questions) => {
      for (const { zone, dates, day } of questions) {
        const free: ReadonlySet<string> = new Set(dates);
        const week = new WeekCalendar(zone, free);
        const cells = new CellCalendar(zone, free);
        const local = localCalendar(zone, free);
        for (let hour = (october + day) * 24; hour < (october + day + 2) * 24; hour += 1) {
          const { hour: ofDay, weekday, isWeekend } = local(hour);
          expect(week.hourOfWeek(hour)).toBe(
            (free.has(local(hour).date) && weekday < 5 ? 6 : weekday) * 24 + ofDay,
          );
          expect(cells.cellOfHour(hour)).toBe((isWeekend ? 24 : 0) + ofDay);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('a window has the hours of its days, by cell', () => {
  const cells = new CellCalendar('Europe/Berlin', new Set(['2026-10-28']));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 15 }), (from, length) => {
      const expected = new Float64Array(48);
      for (let hour = (october + from) * 24; hour < (october + from + length) * 24; hour += 1)
        expected[cells.cellOfHour(hour)]! += 1;
      expect(cells.hoursByCell(october + from, october + from + length)).toEqual(expected);
    }),
  );
});

test('a set of holidays that is changed later does not change what was remembered of it', () => {
  const free = new Set<string>();
  const before = new CellCalendar('UTC', free);
  free.add('2026-10-28');
  const wednesday = Date.UTC(2026, 9, 28) / 86_400_000;
  expect(before.isWeekend(wednesday)).toBe(false);
  expect(new CellCalendar('UTC', free).isWeekend(wednesday)).toBe(true);
  expect(new CellCalendar('UTC', new Set()).isWeekend(wednesday)).toBe(false);
});
