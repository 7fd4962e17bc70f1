import { describe, expect, test } from 'vitest';
import { localCalendar } from '../../../src-main/analytics/local-calendar.ts';

const hourOf = (text: string) => Date.parse(text) / 3_600_000;

describe('local calendar', () => {
  test('names an hour as people there did, on both sides of a change of clocks', () => {
    const berlin = localCalendar('Europe/Berlin', new Set());
    expect(berlin(hourOf('2026-10-24T22:00Z'))).toEqual({
      hour: 0,
      isWeekend: true,
      date: '2026-10-25',
      weekday: 6,
    });
    expect([0, 1, 2].map((hour) => berlin(hourOf('2026-10-25T00:00Z') + hour).hour)).toEqual([2, 2, 3]);
    expect(localCalendar('Asia/Kolkata', new Set())(hourOf('2026-10-25T18:00Z'))).toMatchObject({
      hour: 23,
      date: '2026-10-25',
    });
  });

  test('holidays belong to one calendar, whatever others of the zone were asked before and after', () => {
    const noon = hourOf('2026-08-05T10:00Z');
    const plain = localCalendar('Europe/Berlin', new Set());
    expect(plain(noon).isWeekend).toBe(false);
    const festive = localCalendar('Europe/Berlin', new Set(['2026-08-05']));
    expect(festive(noon)).toEqual({ ...plain(noon), isWeekend: true });
    expect(festive(noon + 24).isWeekend).toBe(false);
    expect(localCalendar('Europe/Berlin', new Set(['2026-08-06']))(noon).isWeekend).toBe(false);
    expect(plain(noon).isWeekend).toBe(false);
    expect(localCalendar('UTC', new Set())(noon).hour).toBe(10);
  });

  test('says the same again after more hours than it remembers', () => {
    const calendar = localCalendar('UTC', new Set());
    const first = calendar(0);
    for (let hour = 1; hour <= 100_001; hour += 1) calendar(hour);
    expect(calendar(0)).toEqual(first);
  });
});
