// In which local hours somebody was active, over a window of days that slides forward.

/** Weekday and weekend, 24 local hours each: 0–23 are the hours of weekdays, 24–47 those of weekends and holidays. */
export const cellCount = 48;

/** Of each cell, the ones an hour before and after it within the same class of day; 23 and 0 are neighbours. */
export const cellBefore = Uint8Array.from({ length: cellCount }, (_, cell) => within(cell, 23));
export const cellAfter = Uint8Array.from({ length: cellCount }, (_, cell) => within(cell, 1));

function within(cell: number, hoursLater: number): number {
  const first = cell < 24 ? 0 : 24;
  return first + ((cell - first + hoursLater) % 24);
}

/** Events and active hours (hours with at least one event) by cell. */
export class HourProfile {
  readonly #events = new Float64Array(cellCount);
  readonly #hours = new Float64Array(cellCount);
  #total = 0;
  #active = 0;

  get total(): number {
    return this.#total;
  }

  get activeHours(): number {
    return this.#active;
  }

  /** Adds the events of one hour; a negative count takes an hour out again that was added before. */
  add(cell: number, events: number): void {
    const hours = Math.sign(events);
    this.#events[cell]! += events;
    this.#hours[cell]! += hours;
    this.#total += events;
    this.#active += hours;
  }

  /** Events in a cell and its neighbours. */
  eventsNear(cell: number): number {
    return sumOver(this.#events, cell);
  }

  /** Active hours in a cell and its neighbours. */
  hoursNear(cell: number): number {
    return sumOver(this.#hours, cell);
  }

  /** Share of all events near a cell. */
  shareNear(cell: number): number {
    return shareOf(this.eventsNear(cell), this.#total);
  }
}

/** A share of events, with half an event and one event added: nothing seen is not impossible. */
export function shareOf(events: number, total: number): number {
  return (events + 0.5) / (total + 1);
}

/** The sum of a list of 48 over a cell and its neighbours. */
export function sumOver(byCell: Float64Array, cell: number): number {
  return byCell[cellBefore[cell]!]! + byCell[cell]! + byCell[cellAfter[cell]!]!;
}
