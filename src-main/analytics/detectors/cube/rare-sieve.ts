// Finds the days on which actors did anything in an hour that holds a small share of their events, counting all of them at once.
import type { RareTimeParameters } from './rare-time-parameters.ts';
import type { CellCalendar } from './cell-calendar.ts';
import { endOf, type DayRows } from './day-rows.ts';
import { cellAfter, cellBefore, cellCount, shareOf } from './hour-profile.ts';

export interface SieveQuestion {
  readonly days: readonly number[];
  /** Group of each actor, or −1 to leave it out. */
  readonly groupOf: Int32Array;
  readonly groups: number;
  /** Hours from this one on are not looked at. */
  readonly endedHour: number;
}

/**
 * Of each group the days, ascending, on which an hour's share is small enough; the other conditions are not looked at.
 * @param active days with their actors, ascending; far enough back for the first day's window.
 */
export function daysWithRareShare(
  active: readonly DayRows[],
  question: SieveQuestion,
  calendar: CellCalendar,
  parameters: RareTimeParameters,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const window = new ShareWindow(question, calendar);
  let low = 0;
  let high = 0;
  for (const day of question.days) {
    for (; high < active.length && active[high]!.day < day; high += 1) window.add(active[high]!, 1);
    for (; low < high && active[low]!.day < day - parameters.windowDays; low += 1)
      window.add(active[low]!, -1);
    const rows = active[high];
    if (rows?.day !== day) continue;
    for (const group of window.groupsWithRareShare(rows, parameters)) {
      const days = found.get(group);
      if (days) days.push(day);
      else found.set(group, [day]);
    }
  }
  return found;
}

/** Events of each group by cell, over a window that slides forward. Sums of whole numbers: leaving undoes entering exactly. */
class ShareWindow {
  readonly #question: SieveQuestion;
  readonly #calendar: CellCalendar;
  readonly #events: Uint32Array;
  readonly #totals: Float64Array;

  constructor(question: SieveQuestion, calendar: CellCalendar) {
    this.#question = question;
    this.#calendar = calendar;
    this.#events = new Uint32Array(question.groups * cellCount);
    this.#totals = new Float64Array(question.groups);
  }

  add({ day, members, offsets, hours, counts, totals }: DayRows, sign: 1 | -1): void {
    const { groupOf } = this.#question;
    const events = this.#events;
    const cells = this.#calendar.cellsOfDay(day);
    for (let row = 0; row < members.length; row += 1) {
      const group = groupOf[members[row]!]!;
      if (group < 0) continue;
      this.#totals[group]! += sign * totals[row]!;
      const first = group * cellCount;
      const end = offsets[row + 1]!;
      for (let place = offsets[row]!; place < end; place += 1)
        events[first + cells[hours[place]!]!]! += sign * counts[place]!;
    }
  }

  groupsWithRareShare(rows: DayRows, { share, minimumEvents }: RareTimeParameters): number[] {
    const { groupOf, endedHour } = this.#question;
    const cells = this.#calendar.cellsOfDay(rows.day);
    const found: number[] = [];
    for (let row = 0; row < rows.members.length; row += 1) {
      const group = groupOf[rows.members[row]!]!;
      if (group < 0 || this.#totals[group]! < minimumEvents) continue;
      const end = endOf(rows, row, endedHour);
      for (let place = rows.offsets[row]!; place < end; place += 1) {
        const near = this.#eventsNear(group, cells[rows.hours[place]!]!);
        if (shareOf(near, this.#totals[group]!) > share) continue;
        found.push(group);
        break;
      }
    }
    return found;
  }

  #eventsNear(group: number, cell: number): number {
    const first = group * cellCount;
    const events = this.#events;
    return events[first + cellBefore[cell]!]! + events[first + cell]! + events[first + cellAfter[cell]!]!;
  }
}
