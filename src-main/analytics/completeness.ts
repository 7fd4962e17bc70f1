// Holds the database's own counts against the mirror's, day by day.
import { formatInstant, microsecondsPerDay, parseInstant } from '#shared/time/instant.ts';
import type { DayCount, FullCount } from '../store/cache/runs.ts';

/** Events by UTC day since the epoch. */
export type Days = ReadonlyMap<number, number>;

/** A count that takes no longer is made every time; it is the surest. */
const cheapCountMs = 250;

/**
 * Whether all days must be counted again. They are: the first time, when counting is quick, at least once a day, and whenever
 * the database's counters of changes show more than what was read since: something came late, or went away.
 */
export function isFullCountDue(
  last: FullCount | null,
  now: {
    readonly serverMicroseconds: number;
    readonly modifications: number | null;
    readonly storage: string | null;
    readonly added: number;
  },
): boolean {
  if (last === null || last.ms <= cheapCountMs) return true;
  if (now.serverMicroseconds - parseInstant(last.at) >= microsecondsPerDay) return true;
  if (now.storage !== last.storage) return true;
  if (now.modifications === null || last.modifications === null) return false;
  return (
    now.modifications < last.modifications || now.modifications - last.modifications > last.added + now.added
  );
}

/**
 * The database's count of every day, where only what lies after an instant was counted this time: earlier days stand as they
 * were counted last, and so does the difference found then on the day of the instant.
 */
export function carryForward(
  before: readonly DayCount[],
  counted: Days,
  mirroredBefore: Days,
  fromMicroseconds: number,
): Map<number, number> {
  const fromDay = Math.floor(fromMicroseconds / microsecondsPerDay);
  const server = new Map(counted);
  for (const count of before) {
    const day = dayNumber(count.day);
    if (day < fromDay) server.set(day, count.server);
    if (day === fromDay)
      server.set(
        day,
        (counted.get(day) ?? 0) + (mirroredBefore.get(day) ?? 0) + count.server - count.mirrored,
      );
  }
  return server;
}

/** How many events of the first the second lacks, as far as counts of days can tell. */
export function missing(first: Days, second: Days): number {
  return sum([...first].map(([day, count]) => Math.max(0, count - (second.get(day) ?? 0))));
}

/**
 * Days whose counts differ: something arrived later than the overlap reaches back, or went away, or both at once.
 * A day that differs just as it did after the last refresh holds nothing new.
 */
export function doubtfulDays(server: Days, mirrored: Days, before: readonly DayCount[]): number[] {
  const settled = new Map(before.map((day) => [dayNumber(day.day), day]));
  return [...server]
    .filter(([day, count]) => {
      const ours = mirrored.get(day) ?? 0;
      const last = settled.get(day);
      return ours !== count && !(last?.mirrored === ours && last.server === count);
    })
    .map(([day]) => day)
    .toSorted((a, b) => a - b);
}

export function compareDays(server: Days, mirrored: Days): { vanished: number; countsByDay: DayCount[] } {
  const days = [...new Set([...mirrored.keys(), ...server.keys()])].toSorted((a, b) => a - b);
  const countsByDay = days.map((day) => ({
    day: formatInstant(day * microsecondsPerDay).slice(0, 10),
    mirrored: mirrored.get(day) ?? 0,
    server: server.get(day) ?? 0,
  }));
  return { vanished: missing(mirrored, server), countsByDay };
}

export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
