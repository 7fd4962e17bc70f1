// Wall clocks of the three offices, from their rules, so that the sample never depends on a time-zone database.

export type Zone = 'Europe/Berlin' | 'America/New_York' | 'Asia/Kolkata';

export const millisecondsPerHour = 3_600_000;
export const millisecondsPerDay = 24 * millisecondsPerHour;

/** Day of the month of the n-th Sunday of a month; 0 means the last one. */
function sunday(year: number, month: number, nth: number): number {
  if (nth === 0) {
    const last = new Date(Date.UTC(year, month, 0));
    return last.getUTCDate() - last.getUTCDay();
  }
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return 1 + ((7 - first) % 7) + (nth - 1) * 7;
}

function isEuropeanSummer(milliseconds: number, year: number): boolean {
  const begins = Date.UTC(year, 2, sunday(year, 3, 0), 1);
  const ends = Date.UTC(year, 9, sunday(year, 10, 0), 1);
  return milliseconds >= begins && milliseconds < ends;
}

function isAmericanSummer(milliseconds: number, year: number): boolean {
  const begins = Date.UTC(year, 2, sunday(year, 3, 2), 7);
  const ends = Date.UTC(year, 10, sunday(year, 11, 1), 6);
  return milliseconds >= begins && milliseconds < ends;
}

/** Minutes a zone's clock is ahead of UTC. */
export function offsetMinutes(zone: Zone, milliseconds: number): number {
  const year = new Date(milliseconds).getUTCFullYear();
  if (zone === 'Asia/Kolkata') return 330;
  if (zone === 'Europe/Berlin') return isEuropeanSummer(milliseconds, year) ? 120 : 60;
  return isAmericanSummer(milliseconds, year) ? -240 : -300;
}

export interface LocalTime {
  /** YYYY-MM-DD on the wall. */
  date: string;
  /** 0 = Monday. */
  weekday: number;
  /** Hours since local midnight, with a fraction. */
  hour: number;
}

export function localTime(zone: Zone, milliseconds: number): LocalTime {
  const wall = milliseconds + offsetMinutes(zone, milliseconds) * 60_000;
  const day = Math.floor(wall / millisecondsPerDay);
  return {
    date: new Date(wall).toISOString().slice(0, 10),
    // 1970-01-01 was a Thursday.
    weekday: (day + 3) % 7,
    hour: (wall - day * millisecondsPerDay) / millisecondsPerHour,
  };
}

/** The UTC milliseconds at which a wall shows this time; for the hour a clock repeats, one of the two. */
export function atLocal(zone: Zone, date: string, hour: number): number {
  const wall = Date.parse(`${date}T00:00Z`) + hour * millisecondsPerHour;
  const guess = wall - offsetMinutes(zone, wall) * 60_000;
  return wall - offsetMinutes(zone, guess) * 60_000;
}

/** The local date so many days after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * millisecondsPerDay).toISOString().slice(0, 10);
}
