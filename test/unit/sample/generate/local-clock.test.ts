import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atLocal,
  localTime,
  millisecondsPerHour,
  offsetMinutes,
} from '../../../../src-main/sample/generate/local-clock.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata'] as const;
const time = integer({ min: Date.UTC(2015, 0), max: Date.UTC(2026, 11, 31) });

/** What the runtime's own time-zone database says. */
function wallClock(zone: string, milliseconds: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(milliseconds);
}

describe('local clocks', () => {
  it('agree with the time-zone database', () => {
    assert(
      property(constantFrom(...zones), time, (zone, at) => {
        const wall = new Date(at + offsetMinutes(zone, at) * 60_000).toISOString();
        expect(wall.slice(0, 19).replace('T', ' ')).toBe(wallClock(zone, at));
      }),
      { numRuns: 2000 },
    );
  });

  it('change on the right second', () => {
    const berlin = Date.UTC(2026, 9, 25, 1);
    const newYork = Date.UTC(2026, 10, 1, 6);
    expect([offsetMinutes('Europe/Berlin', berlin - 1), offsetMinutes('Europe/Berlin', berlin)]).toEqual([
      120, 60,
    ]);
    expect([
      offsetMinutes('America/New_York', newYork - 1),
      offsetMinutes('America/New_York', newYork),
    ]).toEqual([-240, -300]);
  });

  it('are read and set alike', () => {
    assert(
      property(constantFrom(...zones), time, (zone, at) => {
        const { date, hour } = localTime(zone, at);
        const back = Math.round(atLocal(zone, date, hour));
        // The repeated hour of autumn has one wall time for two instants, an hour apart.
        expect([at - millisecondsPerHour, at, at + millisecondsPerHour]).toContain(back);
        expect(wallClock(zone, back)).toBe(wallClock(zone, at));
      }),
      { numRuns: 2000 },
    );
  });

  it('know the weekday', () => {
    expect(localTime('America/New_York', Date.parse('2026-11-16T00:00Z'))).toEqual({
      date: '2026-11-15',
      weekday: 6,
      hour: 19,
    });
    expect(localTime('Asia/Kolkata', Date.parse('2026-11-16T00:00Z'))).toEqual({
      date: '2026-11-16',
      weekday: 0,
      hour: 5.5,
    });
  });
});
