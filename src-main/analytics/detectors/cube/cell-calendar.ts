// Which of the 48 cells each hour of a day belongs to, and how many hours of each cell a window has.
import { localCalendar } from '../../local-calendar.ts';
import { cellCount, cellOf } from './hour-profile.ts';

/** Remembers days: the same few weeks are asked for many times. */
export class CellCalendar {
  readonly #calendar: ReturnType<typeof localCalendar>;
  readonly #days = new Map<number, Uint8Array>();
  readonly #windows = new Map<string, Float64Array>();

  constructor(zone: string, holidays: ReadonlySet<string>) {
    this.#calendar = localCalendar(zone, holidays);
  }

  cellOfHour(hour: number): number {
    const day = Math.floor(hour / 24);
    return this.#cellsOfDay(day)[hour - day * 24]!;
  }

  /** Whether most of a UTC day was a weekend or holiday there: the local date at noon UTC decides. */
  isWeekend(day: number): boolean {
    return this.cellOfHour(day * 24 + 12) >= 24;
  }

  /** Hours of each cell in [fromDay, toDay). */
  hoursByCell(fromDay: number, toDay: number): Float64Array {
    const key = `${fromDay} ${toDay}`;
    const known = this.#windows.get(key);
    if (known) return known;
    const hours = new Float64Array(cellCount);
    for (let day = fromDay; day < toDay; day += 1)
      for (const cell of this.#cellsOfDay(day)) hours[cell]! += 1;
    this.#windows.set(key, hours);
    return hours;
  }

  #cellsOfDay(day: number): Uint8Array {
    const known = this.#days.get(day);
    if (known) return known;
    const cells = Uint8Array.from({ length: 24 }, (_, hour) => cellOf(this.#calendar(day * 24 + hour)));
    this.#days.set(day, cells);
    return cells;
  }
}
