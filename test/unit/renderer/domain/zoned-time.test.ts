// Times are absolute in the workspace's zone; the repeated hour of autumn must stay tellable.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clockInZone,
  hourInZone,
  inUtc,
  inZone,
  offsetAt,
  weekdayAt,
} from '../../../../src-renderer/domain/zoned-time.ts';

describe('inZone', () => {
  it('crosses the end of summer time with two equal hours and different offsets', () => {
    const first = '2026-10-25T00:30:00.000Z';
    const second = '2026-10-25T01:30:00.000Z';
    expect(inZone(first, 'Europe/Berlin')).toBe('2026-10-25 02:30');
    expect(inZone(second, 'Europe/Berlin')).toBe('2026-10-25 02:30');
    expect([offsetAt(first, 'Europe/Berlin'), offsetAt(second, 'Europe/Berlin')]).toEqual([
      '+02:00',
      '+01:00',
    ]);
  });

  it('keeps all six digits of an instant when asked', () => {
    expect(inZone('2026-03-01T09:05:07.123456Z', 'UTC', 'microsecond')).toBe('2026-03-01 09:05:07.123456');
    expect(inZone('2026-03-01T09:05:07.120Z', 'UTC', 'microsecond')).toBe('2026-03-01 09:05:07.120');
  });

  it('handles zones with quarter-hour offsets and midnight', () => {
    expect(inZone('2026-03-01T18:15:00.000Z', 'Asia/Kathmandu', 'second')).toBe('2026-03-02 00:00:00');
    expect(offsetAt('2026-03-01T18:15:00.000Z', 'Asia/Kathmandu')).toBe('+05:45');
    expect(weekdayAt('2026-03-01T18:15:00.000Z', 'Asia/Kathmandu')).toBe('Mon');
  });

  it('in UTC is the instant itself', () => {
    const days = fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString();
        expect(inZone(iso, 'UTC', 'second')).toBe(`${iso.slice(0, 10)} ${iso.slice(11, 19)}`);
        expect(inUtc(iso)).toBe(`${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`);
      }),
    );
  });

  it('local time minus its offset is the instant again, in every zone', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'UTC',
    );
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, zones, (date, zone) => {
        const local = inZone(date.toISOString(), zone, 'second').replace(' ', 'T');
        const whole = Math.floor(date.getTime() / 1000) * 1000;
        expect(Date.parse(`${local}${offsetAt(date.toISOString(), zone)}`)).toBe(whole);
      }),
    );
  });
});

describe('hourInZone', () => {
  it('finds the hour on the clocks of the zone, the earlier one where there are two', () => {
    expect(hourInZone('2026-11-13', 15, 'Europe/Berlin')).toBe('2026-11-13T14:00:00.000Z');
    expect(hourInZone('2026-10-25', 2, 'Europe/Berlin')).toBe('2026-10-25T00:00:00.000Z');
    expect(hourInZone('2026-03-02', 0, 'Asia/Kathmandu')).toBe('2026-03-01T18:15:00.000Z');
    expect(hourInZone('2026-01-01', 23, 'America/New_York')).toBe('2026-01-02T04:00:00.000Z');
  });

  it('knows that clocks skip an hour, and that some texts are no date', () => {
    expect(hourInZone('2026-03-29', 2, 'Europe/Berlin')).toBeNull();
    expect(hourInZone('', 2, 'Europe/Berlin')).toBeNull();
    expect(hourInZone('2026-02-30', 2, 'Europe/Berlin')).toBeNull();
  });

  it('reads back as what was asked for', () => {
    const hours = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    );
    fc.assert(
      fc.property(hours, zones, (date, zone) => {
        const clock = inZone(date.toISOString(), zone);
        const found = hourInZone(clock.slice(0, 10), Number(clock.slice(11, 13)), zone);
        if (found !== null) expect(inZone(found, zone)).toBe(`${clock.slice(0, 13)}:00`);
      }),
    );
  });
});

describe('clockInZone', () => {
  it('finds the instant a clock shows, in every zone and at every minute', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
        (date, zone) => {
          const clock = inZone(date.toISOString(), zone);
          const found = clockInZone(clock.replace(' ', 'T'), zone);
          expect(found === null ? null : inZone(found, zone)).toBe(clock);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds nothing where the clocks skip the time, or where there is none', () => {
    expect(clockInZone('2026-03-29T02:30', 'Europe/Berlin')).toBeNull();
    expect(clockInZone('2026-03-29', 'Europe/Berlin')).toBeNull();
    expect(clockInZone('', 'UTC')).toBeNull();
    expect(clockInZone('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });
});
