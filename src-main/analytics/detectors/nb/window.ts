// The baseline window of one judged UTC day, hour by hour in the 48 cells of the local week.
import type { LocalHour } from '../../local-calendar.ts';

/** Weekday hours are cells 0–23, hours of weekends and holidays 24–47. */
export const cellCount = 48;

export function cellOf({ hour, isWeekend }: LocalHour): number {
  return isWeekend ? 24 + hour : hour;
}

export interface Window {
  /** Hours since the epoch, half-open. */
  readonly fromHour: number;
  readonly toHour: number;
  /** Cell of each hour of the window. */
  readonly cells: Uint8Array;
  /** From place p × 48 on: how many hours of each cell lie between hour p of the window and its end. */
  readonly remaining: Uint16Array;
}

/**
 * The window of a judged day: the days before the UTC day that precedes it. So it ends 24 to 48 hours before any hour of
 * the judged day (z3 leaves exactly 24 hours out), is the same for all of them, and what is judged together in a refresh
 * cannot matter.
 */
export function windowOf(day: number, windowDays: number, calendar: (hour: number) => LocalHour): Window {
  const toHour = (day - 1) * 24;
  const fromHour = toHour - windowDays * 24;
  const length = windowDays * 24;
  const cells = Uint8Array.from({ length }, (_, place) => cellOf(calendar(fromHour + place)));
  const remaining = new Uint16Array((length + 1) * cellCount);
  for (let place = length - 1; place >= 0; place -= 1) {
    remaining.copyWithin(place * cellCount, (place + 1) * cellCount, (place + 2) * cellCount);
    remaining[place * cellCount + cells[place]!]! += 1;
  }
  return { fromHour, toHour, cells, remaining };
}
