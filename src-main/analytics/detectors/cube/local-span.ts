// Prints spans of several hours, and instants, both as people there knew them and in UTC.
import { clockIn, dayIn, hoursLocal } from '../../local-time.ts';

const hourMs = 3_600_000;

/**
 * “on Mon 2 Nov 2026, 02:00–05:00 (Europe/Berlin; 01:00–04:00 UTC)”; with both dates where the span ends on another one.
 * Hours since the epoch, half-open.
 */
export function spanLocal(fromHour: number, toHour: number, zone: string): string {
  if (toHour - fromHour <= 1) return hoursLocal(fromHour, zone);
  const from = fromHour * hourMs;
  const to = toHour * hourMs;
  const isOneDay = dayIn(from, zone) === dayIn(to - 1, zone);
  const local = isOneDay
    ? `on ${dayIn(from, zone)}, ${clockIn(from, zone)}–${clockIn(to, zone)}`
    : `from ${dayIn(from, zone)}, ${clockIn(from, zone)} to ${dayIn(to, zone)}, ${clockIn(to, zone)}`;
  if (zone === 'UTC') return `${local} UTC`;
  return `${local} (${zone}; ${clockIn(from, 'UTC')}–${clockIn(to, 'UTC')} UTC)`;
}

/** “Mon 2 Nov 2026, 14:07 (Europe/Berlin; 13:07 UTC)”. */
export function instantLocal(microseconds: number, zone: string): string {
  const at = microseconds / 1000;
  const local = `${dayIn(at, zone)}, ${clockIn(at, zone)}`;
  return zone === 'UTC' ? `${local} UTC` : `${local} (${zone}; ${clockIn(at, 'UTC')} UTC)`;
}

/** “Mon 2 Nov 2026 (UTC)”: the UTC day, in days since the epoch. */
export function dayText(dayNumber: number): string {
  return `${dayIn(dayNumber * 24 * hourMs, 'UTC')} (UTC)`;
}

/** YYYY-MM-DD of a UTC day. */
export function isoDay(dayNumber: number): string {
  return new Date(dayNumber * 24 * hourMs).toISOString().slice(0, 10);
}
