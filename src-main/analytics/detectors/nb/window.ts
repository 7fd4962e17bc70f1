// The baseline window of one judged UTC day, hour by hour in the 48 cells of the local week.
import type { LocalHour } from '../../local-calendar.ts';

/** Weekday hours are cells 0–23, hours of weekends and holidays 24–47. */
export const cellCount = 48;

/** Which clock names the hours: as they were lived, or as they would have been with the judged day's clock all along. */
export type Clock = 'wall' | 'steady';

/** From hours since the epoch to what they are called. */
export type Calendar = (hour: number) => LocalHour;

export function cellOf({ hour, isWeekend }: Pick<LocalHour, 'hour' | 'isWeekend'>): number {
  return isWeekend ? 24 + hour : hour;
}

/**
 * The calendar as it would be if clocks stood for ever as they do in one hour: by it, what follows the sun of UTC all year
 * stays in its cell when the wall clock is put back.
 * @param holidays local dates that count as weekend.
 */
export function steadyCalendar(
  calendar: Calendar,
  holidays: ReadonlySet<string>,
  asOfHour: number,
): Calendar {
  const offset = offsetAt(calendar, asOfHour);
  return (hour) => {
    const day = Math.floor((hour + offset) / 24);
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    const weekday = (((day + 3) % 7) + 7) % 7;
    return { hour: hour + offset - day * 24, date, weekday, isWeekend: weekday >= 5 || holidays.has(date) };
  };
}

/** Whether clocks were changed between the start of a window and an hour after it. */
export function clocksChanged({ fromHour }: Window, asOfHour: number, calendar: Calendar): boolean {
  const offset = offsetAt(calendar, asOfHour);
  for (let hour = fromHour; hour < asOfHour; hour += 24) if (offsetAt(calendar, hour) !== offset) return true;
  return false;
}

/** Whole hours the name of an hour is ahead of UTC. */
function offsetAt(calendar: Calendar, hour: number): number {
  const local = calendar(hour);
  return Date.parse(`${local.date}T00:00Z`) / 3_600_000 + local.hour - hour;
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
export function windowOf(day: number, windowDays: number, calendar: Calendar): Window {
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
