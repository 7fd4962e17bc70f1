// Which of the 48 cells each hour of a day belongs to, and how many hours of each cell a window has.
import { cellCount } from './hour-profile.ts';
import { firstWeekendHour, hoursOfWeek, type HoursOfWeek } from './hours-of-week.ts';

/** Remembers days: the same few weeks are asked for many times. */
export class CellCalendar {
  readonly #namesOf: HoursOfWeek;
  readonly #days = new Map<number, Uint8Array>();
  /** By the day after a window, then by its first. */
  readonly #windows = new Map<number, Map<number, Float64Array>>();
  /** The day asked for last: hours are mostly asked for in order. */
  #day = NaN;
  #cells: Uint8Array = new Uint8Array(0);

  constructor(zone: string, holidays: ReadonlySet<string>) {
    this.#namesOf = hoursOfWeek(zone, holidays);
  }

  cellOfHour(hour: number): number {
    const day = Math.floor(hour / 24);
    if (day !== this.#day) {
      this.#cells = this.cellsOfDay(day);
      this.#day = day;
    }
    return this.#cells[hour - day * 24]!;
  }

  /** Whether most of a UTC day was a weekend or holiday there: the local date at noon UTC decides. */
  isWeekend(day: number): boolean {
    return this.cellsOfDay(day)[12]! >= 24;
  }

  /** Hours of each cell in [fromDay, toDay). */
  hoursByCell(fromDay: number, toDay: number): Float64Array {
    let windows = this.#windows.get(toDay);
    if (!windows) this.#windows.set(toDay, (windows = new Map()));
    const known = windows.get(fromDay);
    if (known) return known;
    const hours = new Float64Array(cellCount);
    for (let day = fromDay; day < toDay; day += 1) for (const cell of this.cellsOfDay(day)) hours[cell]! += 1;
    windows.set(fromDay, hours);
    return hours;
  }

  /** Cells of the 24 hours of a UTC day. */
  cellsOfDay(day: number): Uint8Array {
    const known = this.#days.get(day);
    if (known) return known;
    const cells = this.#namesOf(day).map((name) => (name >= firstWeekendHour ? 24 : 0) + (name % 24));
    this.#days.set(day, cells);
    return cells;
  }
}
