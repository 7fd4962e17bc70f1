// Counts instants by local hour of the week.
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';

/** 168 counts, Monday 00:00 first. */
export type HoursOfWeek = readonly number[];

export type HourCounter = {
  readonly add: (instant: string) => void;
  readonly counts: () => HoursOfWeek | null;
};

function hourIn(zone: string): ((slot: number) => number) | null {
  try {
    return hourOfWeekIn(zone);
  } catch (cause) {
    // Computers know different zones; a report made elsewhere must still be readable here.
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** @param zone IANA name; where this computer does not know it, nothing is counted. */
export function countHoursOfWeek(zone: string): HourCounter {
  const hourOf = hourIn(zone);
  const counts = Array.from({ length: 168 }, () => 0);
  return {
    add: (instant) => {
      if (hourOf === null) return;
      const hour = hourOf(Math.floor(parseInstant(instant) / microsecondsPerSlot));
      counts[hour] = (counts[hour] ?? 0) + 1;
    },
    counts: () => (hourOf === null ? null : [...counts]),
  };
}
