// The local hour of the day of an instant.
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';

/** Microseconds since the epoch to 0–23 in a zone; to be made once, because it remembers what it worked out. */
export type LocalHour = (microseconds: number) => number;

export function localHourIn(zone: string): LocalHour {
  const hourOfWeek = hourOfWeekIn(zone);
  return (microseconds) => hourOfWeek(Math.floor(microseconds / microsecondsPerSlot)) % 24;
}
