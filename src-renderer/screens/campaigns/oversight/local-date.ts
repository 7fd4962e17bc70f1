// Dates without a time, as the calendar shows them.
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { spokenLanguage } from '../../../texts/text.ts';

/** The local date that begins at a moment, or the last one before it. */
export function dayOf(instant: string, zone: string, edge: 'first' | 'last' = 'first'): string {
  return localDaysOf(zone).dateAt(parseInstant(instant) - (edge === 'last' ? 1 : 0));
}

const formatOf = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(spokenLanguage(), { ...options, timeZone: 'UTC' });

const midday = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** `November 2026`. */
export const monthName = (month: string): string =>
  formatOf({ month: 'long', year: 'numeric' }).format(midday(`${month}-01`));

/** `Mon`. */
export const weekdayName = (date: string): string => formatOf({ weekday: 'short' }).format(midday(date));

/** Monday to Sunday, in full. */
export const weekdayNames = (): string[] =>
  Array.from({ length: 7 }, (_, place) =>
    formatOf({ weekday: 'long' }).format(midday(dateAfter('2026-11-16', place))),
  );

/** `2026-11` of `2026-11-16`. */
export const monthOf = (date: string): string => date.slice(0, 7);

export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The whole weeks, Monday first, that a month touches. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const start = dateAfter(first, -((midday(first).getUTCDay() + 6) % 7));
  const weeks: string[][] = [];
  for (let day = start; day < `${monthAfter(month, 1)}-01`; day = dateAfter(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, place) => dateAfter(day, place)));
  return weeks;
}

/** Whole days from one date to another; negative backwards. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((midday(to).getTime() - midday(from).getTime()) / 86_400_000);
