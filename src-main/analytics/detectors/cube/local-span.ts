// Prints spans of several hours, and instants, both as people there knew them and in UTC.
import { hoursLocal } from '../../local-time.ts';

const hourMs = 3_600_000;

/**
 * “on Mon 2 Nov 2026, 02:00–05:00 (Europe/Berlin; 01:00–04:00 UTC)”; with both dates where the span ends on another one.
 * Hours since the epoch, half-open.
 */
export function spanLocal(fromHour: number, toHour: number, zone: string): string {
  if (toHour - fromHour <= 1) return hoursLocal(fromHour, zone);
  const from = fromHour * hourMs;
  const to = toHour * hourMs;
  const isOneDay = day(from, zone) === day(to - 1, zone);
  const local = isOneDay
    ? `on ${day(from, zone)}, ${clock(from, zone)}–${clock(to, zone)}`
    : `from ${day(from, zone)}, ${clock(from, zone)} to ${day(to, zone)}, ${clock(to, zone)}`;
  if (zone === 'UTC') return `${local} UTC`;
  return `${local} (${zone}; ${clock(from, 'UTC')}–${clock(to, 'UTC')} UTC)`;
}

/** “Mon 2 Nov 2026, 14:07 (Europe/Berlin; 13:07 UTC)”. */
export function instantLocal(microseconds: number, zone: string): string {
  const at = microseconds / 1000;
  const local = `${day(at, zone)}, ${clock(at, zone)}`;
  return zone === 'UTC' ? `${local} UTC` : `${local} (${zone}; ${clock(at, 'UTC')} UTC)`;
}

/** “Mon 2 Nov 2026 (UTC)”: the UTC day, in days since the epoch. */
export function dayText(dayNumber: number): string {
  return `${day(dayNumber * 24 * hourMs, 'UTC')} (UTC)`;
}

/** YYYY-MM-DD of a UTC day. */
export function isoDay(dayNumber: number): string {
  return new Date(dayNumber * 24 * hourMs).toISOString().slice(0, 10);
}

const formats = new Map<string, { readonly day: Intl.DateTimeFormat; readonly clock: Intl.DateTimeFormat }>();

function formatsOf(timeZone: string) {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = {
    day: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
    clock: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  };
  formats.set(timeZone, made);
  return made;
}

function day(milliseconds: number, zone: string): string {
  return formatsOf(zone).day.format(milliseconds).replace(',', '');
}

function clock(milliseconds: number, zone: string): string {
  return formatsOf(zone).clock.format(milliseconds);
}
