// Places UTC time into the 168 local hours of a week; hour 0 is Monday 00:00.
import { Problem } from '../model/problem.ts';

/** Fifteen minutes: every zone offset in use since 1972 is a multiple of it, so a slot never straddles two local hours. */
export const microsecondsPerSlot = 900_000_000;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Refuses a zone name the runtime's IANA tables do not know.
 * @throws Problem `invalid-input`
 */
export function assertZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone && zone;
  } catch (cause) {
    throw new Problem('invalid-input', `“${zone.slice(0, 60)}” is not a time zone this computer knows.`, {
      next: 'Use an IANA name such as Europe/Berlin, America/New_York or UTC.',
      cause,
    });
  }
}

/** Returns a function from slot number (floor of microseconds / {@link microsecondsPerSlot}) to local hour of week 0–167. */
export function hourOfWeekIn(zone: string): (slot: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const known = new Map<number, number>();
  return (slot) => {
    const cached = known.get(slot);
    if (cached !== undefined) return cached;
    let weekday = 0;
    let hour = 0;
    for (const part of format.formatToParts((slot * microsecondsPerSlot) / 1000)) {
      if (part.type === 'weekday') weekday = weekdays.indexOf(part.value);
      if (part.type === 'hour') hour = Number(part.value);
    }
    const result = weekday * 24 + hour;
    known.set(slot, result);
    return result;
  };
}
