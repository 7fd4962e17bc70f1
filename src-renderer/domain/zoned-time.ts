// Writes instants in the workspace's zone, always absolute, with UTC beside them for whoever needs certainty.
import { parseInstant } from '#shared/time/instant.ts';

export type TimePrecision = 'minute' | 'second' | 'microsecond';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const created = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
    weekday: 'short',
  });
  formats.set(zone, created);
  return created;
}

function partsOf(instant: string, zone: string): Record<string, string> {
  const milliseconds = Math.floor(parseInstant(instant) / 1000);
  const parts = formatFor(zone).formatToParts(milliseconds);
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

/** `2026-03-29 03:00`, with seconds or microseconds when asked. */
export function inZone(instant: string, zone: string, precision: TimePrecision = 'minute'): string {
  const part = partsOf(instant, zone);
  const minute = `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}`;
  if (precision === 'minute') return minute;
  const second = `${minute}:${part['second']}`;
  return precision === 'second' ? second : `${second}.${fractionOf(instant)}`;
}

/** The offset from UTC at that instant, `+02:00`: it tells the two equal hours at the end of summer time apart. */
export function offsetAt(instant: string, zone: string): string {
  const name = partsOf(instant, zone)['timeZoneName'] ?? 'GMT';
  return name === 'GMT' ? '+00:00' : name.replace('GMT', '');
}

export function weekdayAt(instant: string, zone: string): string {
  return partsOf(instant, zone)['weekday'] ?? '';
}

/** The instant in UTC as a person reads it: `2026-03-29 01:00:00 UTC`. */
export function inUtc(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

function fractionOf(instant: string): string {
  const fraction = /\.(\d+)Z$/.exec(instant)?.[1] ?? '';
  return fraction.padEnd(3, '0');
}

/**
 * The instant at which an hour begins on the clocks of a zone, the earlier one where the clock shows it twice.
 * @param date `2026-03-29`
 * @returns null where the clocks skip that hour, or the date is none
 */
export function hourInZone(date: string, hour: number, zone: string): string | null {
  const clock = `${date}T${String(hour).padStart(2, '0')}:00`;
  const asUtcMs = Date.parse(`${clock}:00Z`);
  if (Number.isNaN(asUtcMs)) return null;
  // An offset in use that day is one of those a day earlier and a day later.
  const candidates = [-24, 24].map((shift) => {
    const [, sign, hours, minutes] =
      /^([+-])(\d{2}):(\d{2})/.exec(offsetAt(new Date(asUtcMs + shift * 3_600_000).toISOString(), zone)) ??
      [];
    const offsetMs = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
    return asUtcMs - (sign === '-' ? -offsetMs : offsetMs);
  });
  const found = candidates
    .toSorted((a, b) => a - b)
    .map((ms) => new Date(ms).toISOString())
    .find((instant) => inZone(instant, zone) === clock.replace('T', ' '));
  return found ?? null;
}

/**
 * The instant at which a clock of a zone shows that day and time, the earlier one where it shows it twice.
 * @param clock `2026-03-29T14:05`
 * @returns null where the clocks skip that time, or it is none
 */
export function clockInZone(clock: string, zone: string): string | null {
  const [date = '', time = ''] = clock.split('T');
  const [hour, minute] = time.split(':').map(Number);
  const start = hour === undefined ? null : hourInZone(date, hour, zone);
  if (start === null || minute === undefined || Number.isNaN(minute)) return null;
  return new Date(Date.parse(start) + minute * 60_000).toISOString();
}
