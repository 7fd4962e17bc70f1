// Names the local day and hour of a quarter hour, quickly over years of them.
import { microsecondsPerSlot } from './hour-of-week.ts';

export type LocalHour = {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** 0–23. */
  readonly hour: number;
};

const slotMs = microsecondsPerSlot / 1000;
const slotsPerDay = 96;

/**
 * Returns a function from slot number (floor of microseconds / {@link microsecondsPerSlot}) to the local hour it lies in.
 * An hour that a clock change repeats has one name for both; one that it leaves out has none.
 */
export function localHourIn(zone: string): (slot: number) => LocalHour {
  const offsetMsAt = zoneOffset(zone);
  // Where the offset is the same at both ends of a UTC day, it was so all day: clocks change once a day at most.
  const offsetOfDay = new Map<number, number | null>();
  const offsetMsOf = (slot: number): number => {
    const day = Math.floor(slot / slotsPerDay);
    let steady = offsetOfDay.get(day);
    if (steady === undefined) {
      const first = offsetMsAt(day * slotsPerDay * slotMs);
      steady = offsetMsAt((day + 1) * slotsPerDay * slotMs) === first ? first : null;
      offsetOfDay.set(day, steady);
    }
    return steady ?? offsetMsAt(slot * slotMs);
  };
  return (slot) => {
    const local = new Date(slot * slotMs + offsetMsOf(slot));
    return { date: local.toISOString().slice(0, 10), hour: local.getUTCHours() };
  };
}

/** How far the zone’s clocks are ahead of UTC at a moment, in milliseconds. */
function zoneOffset(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  return (atMs) => {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
    return local - Math.floor(atMs / 60_000) * 60_000;
  };
}

/** The local hours of [fromSlot, toSlot), each date with those of its 24 hours that the range reaches. */
export function localDaysBetween(fromSlot: number, toSlot: number, zone: string): Map<string, boolean[]> {
  const hourOf = localHourIn(zone);
  const days = new Map<string, boolean[]>();
  for (let slot = fromSlot; slot < toSlot; slot += 1) {
    const { date, hour } = hourOf(slot);
    const reached = days.get(date) ?? Array.from({ length: hoursPerDay }, () => false);
    reached[hour] = true;
    days.set(date, reached);
  }
  return days;
}

export const hoursPerDay = 24;
