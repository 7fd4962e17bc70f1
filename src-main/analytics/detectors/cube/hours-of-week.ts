// The 168 local hours of a week, holidays as Sundays, by UTC day; remembered from run to run.
import { localCalendar, type LocalHour } from '../../local-calendar.ts';

/** For the 24 hours of a UTC day, which hour of the week each was: 0 is Monday 00:00. From {@link firstWeekendHour} on it is weekend. */
export type HoursOfWeek = (day: number) => Uint8Array;

export const firstWeekendHour = 5 * 24;

interface Remembered {
  readonly key: string;
  readonly hoursOf: HoursOfWeek;
}

/** What the hours of a zone are called depends on nothing else, and finding out costs more than judging them. */
let newest: Remembered | null = null;

/** More days than any history has that is not made to be hostile. */
const mostDays = 20_000;

export function hoursOfWeek(zone: string, holidays: ReadonlySet<string>): HoursOfWeek {
  const key = JSON.stringify([zone, ...[...holidays].toSorted()]);
  if (newest?.key !== key) newest = { key, hoursOf: remembering(zone, new Set(holidays)) };
  return newest.hoursOf;
}

function remembering(zone: string, holidays: ReadonlySet<string>): HoursOfWeek {
  const days = new Map<number, Uint8Array>();
  let calendar: ((hour: number) => LocalHour) | null = null;
  return (day) => {
    const known = days.get(day);
    if (known) return known;
    // It remembers every hour by itself, which is no longer needed once the days are known.
    if (days.size % 400 === 0) calendar = null;
    if (days.size >= mostDays) days.clear();
    const nameOfHour = (calendar ??= localCalendar(zone, holidays));
    const names = Uint8Array.from({ length: 24 }, (_, at) => nameOf(nameOfHour(day * 24 + at)));
    days.set(day, names);
    return names;
  };
}

function nameOf({ weekday, hour, isWeekend }: LocalHour): number {
  return (isWeekend && weekday < 5 ? 6 : weekday) * 24 + hour;
}
