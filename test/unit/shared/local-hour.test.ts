// Local days and hours against the runtime’s own calendar.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microsecondsPerSlot } from '../../../src-shared/time/hour-of-week.ts';
import { parseInstant } from '../../../src-shared/time/instant.ts';
import { localDaysBetween, localHourIn } from '../../../src-shared/time/local-hour.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
];
const slotAt = (iso: string) => Math.floor(parseInstant(iso) / microsecondsPerSlot);
/** 2015 to 2035. */
const slots = fc.integer({ min: slotAt('2015-01-01T00:00:00Z'), max: slotAt('2035-01-01T00:00:00Z') });

function namedByIntl(zone: string, slot: number) {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const [date = '', clock = ''] = format.format((slot * microsecondsPerSlot) / 1000).split(' ');
  return { date, hour: Number(clock.slice(0, 2)) };
}

describe('a local hour', () => {
  test.each(zones)('in %s has the name the calendar gives it', (zone) => {
    const hourOf = localHourIn(zone);
    fc.assert(
      fc.property(slots, (slot) => {
        expect(hourOf(slot)).toEqual(namedByIntl(zone, slot));
      }),
    );
  });

  test('is found on the days the clocks change, quarter by quarter', () => {
    for (const [zone, day] of [
      ['Europe/Berlin', '2026-03-29'],
      ['Europe/Berlin', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-04-05'],
    ] as const) {
      const hourOf = localHourIn(zone);
      const first = slotAt(`${day}T00:00:00Z`) - 96;
      for (let slot = first; slot < first + 288; slot += 1)
        expect(hourOf(slot)).toEqual(namedByIntl(zone, slot));
    }
  });
});

describe('the days of a range', () => {
  test('leave out the hour that spring leaves out, and what the range does not reach', () => {
    const days = localDaysBetween(
      slotAt('2026-03-28T22:00:00Z'),
      slotAt('2026-03-29T10:15:00Z'),
      'Europe/Berlin',
    );
    expect([...days.keys()]).toEqual(['2026-03-28', '2026-03-29']);
    const reached = (date: string) =>
      [...(days.get(date) ?? []).keys()].filter((hour) => days.get(date)?.[hour] === true);
    expect(reached('2026-03-28')).toEqual([23]);
    expect(reached('2026-03-29')).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});
