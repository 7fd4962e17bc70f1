// Where local days begin: in a zone whose clocks change, not every day has 24 hours, and not every one begins at 00:00.
import { microsecondsPerDay } from './instant.ts';

export type LocalDays = {
  /** YYYY-MM-DD in the zone. */
  readonly dateAt: (microseconds: number) => string;
  /** The first moment of a local date. */
  readonly startOf: (date: string) => number;
};

const minuteMicroseconds = 60_000_000;
const zones = new Map<string, LocalDays>();

/** Local days of an IANA zone the runtime knows. */
export function localDaysOf(zone: string): LocalDays {
  const known = zones.get(zone);
  if (known) return known;
  const made = makeLocalDays(zone);
  zones.set(zone, made);
  return made;
}

function makeLocalDays(zone: string): LocalDays {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const starts = new Map<string, number>();
  /** Local time minus UTC. */
  const offsetAt = (microseconds: number): number => {
    const parts = new Map(format.formatToParts(microseconds / 1000).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return local * 1000 - Math.floor(microseconds / 1_000_000) * 1_000_000;
  };
  const dateAt = (microseconds: number) => dateText(microseconds + offsetAt(microseconds));
  const startOf = (date: string): number => {
    const known = starts.get(date);
    if (known !== undefined) return known;
    const midnight = Date.parse(`${date}T00:00:00Z`) * 1000;
    let start = midnight - offsetAt(midnight);
    start = midnight - offsetAt(start);
    // Where midnight is skipped, the day begins when the clocks go forward; where it comes twice, with the first.
    while (dateAt(start) < date) start += 15 * minuteMicroseconds;
    while (dateAt(start - 1) >= date) start -= 15 * minuteMicroseconds;
    starts.set(date, start);
    return start;
  };
  return { dateAt, startOf };
}

function dateText(microseconds: number): string {
  return new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, 10);
}

/** The date so many days later, or earlier. */
export function dateAfter(date: string, days: number): string {
  return dateText(Date.parse(`${date}T00:00:00Z`) * 1000 + days * microsecondsPerDay);
}
