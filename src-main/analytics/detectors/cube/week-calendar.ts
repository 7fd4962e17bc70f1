// Names the 168 local hours of a week, with holidays as Sundays.
import { localCalendar, type LocalHour } from '../../local-calendar.ts';

/** Remembers days: the same few weeks are asked for many times. */
export class WeekCalendar {
  readonly #calendar: (hour: number) => LocalHour;
  readonly #days = new Map<number, Uint8Array>();

  constructor(zone: string, holidays: ReadonlySet<string>) {
    this.#calendar = localCalendar(zone, holidays);
  }

  /** 0 is Monday 00:00. */
  hourOfWeek(hour: number): number {
    const day = Math.floor(hour / 24);
    return this.#namesOf(day)[hour - day * 24]!;
  }

  /** Adds one to `byHourOfWeek` for every hour in [fromHour, toHour). */
  countHours(fromHour: number, toHour: number, byHourOfWeek: Float64Array): void {
    for (let day = Math.floor(fromHour / 24); day * 24 < toHour; day += 1) {
      const names = this.#namesOf(day);
      const last = Math.min(24, toHour - day * 24);
      for (let at = Math.max(0, fromHour - day * 24); at < last; at += 1) byHourOfWeek[names[at]!]! += 1;
    }
  }

  #namesOf(day: number): Uint8Array {
    const known = this.#days.get(day);
    if (known) return known;
    const names = Uint8Array.from({ length: 24 }, (_, at) => nameOf(this.#calendar(day * 24 + at)));
    this.#days.set(day, names);
    return names;
  }
}

function nameOf({ weekday, hour, isWeekend }: LocalHour): number {
  return (isWeekend && weekday < 5 ? 6 : weekday) * 24 + hour;
}
