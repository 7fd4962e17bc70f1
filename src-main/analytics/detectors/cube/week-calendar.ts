// Names the 168 local hours of a week, with holidays as Sundays.
import { hoursOfWeek, type HoursOfWeek } from './hours-of-week.ts';

export class WeekCalendar {
  readonly #namesOf: HoursOfWeek;

  constructor(zone: string, holidays: ReadonlySet<string>) {
    this.#namesOf = hoursOfWeek(zone, holidays);
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
}
