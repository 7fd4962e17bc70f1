import { describe, expect, test } from 'vitest';
import { assertZone, hourOfWeekIn, microsecondsPerSlot } from '../../../src-shared/time/hour-of-week.ts';
import { parseInstant } from '../../../src-shared/time/instant.ts';

const at = (zone: string, iso: string) =>
  hourOfWeekIn(zone)(Math.floor(parseInstant(iso) / microsecondsPerSlot));

describe('hour of week', () => {
  test('starts on Monday 00:00', () => {
    expect(at('UTC', '2026-11-16T00:00:00Z')).toBe(0);
    expect(at('UTC', '2026-11-15T23:59:59Z')).toBe(167);
    expect(at('UTC', '2026-11-18T13:20:00Z')).toBe(2 * 24 + 13);
  });

  test('follows daylight saving time of the named zone', () => {
    // Berlin left summer time on Sunday 25 October 2026 at 01:00 UTC: 02:00 happened twice.
    expect(at('Europe/Berlin', '2026-10-25T00:30:00Z')).toBe(6 * 24 + 2);
    expect(at('Europe/Berlin', '2026-10-25T01:30:00Z')).toBe(6 * 24 + 2);
    expect(at('Europe/Berlin', '2026-10-25T02:30:00Z')).toBe(6 * 24 + 3);
    expect(at('America/New_York', '2026-11-01T05:30:00Z')).toBe(6 * 24 + 1);
    expect(at('America/New_York', '2026-11-01T06:30:00Z')).toBe(6 * 24 + 1);
  });

  test('splits a UTC hour where the zone starts its hours on the half', () => {
    expect(at('Asia/Kolkata', '2026-11-16T03:15:00Z')).toBe(8);
    expect(at('Asia/Kolkata', '2026-11-16T03:30:00Z')).toBe(9);
  });

  test('refuses a zone nobody knows', () => {
    expect(() => assertZone('Mars/Olympus')).toThrow(/not a time zone/);
    expect(assertZone('Europe/Berlin')).toBe('Europe/Berlin');
  });
});
