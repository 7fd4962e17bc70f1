// The dates of a recurrence: months counted from the first, so that the 31st comes back after a shorter month.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { parseInstant, microsecondsPerDay } from '#shared/time/instant.ts';

export type Recurrence = NonNullable<CampaignDefinition['recurrence']>;

const months: Readonly<Record<Recurrence['every'], number>> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
};

/** Date number `index`, from 0; a day a month does not have is its last. */
export function recurrenceDate({ every, first }: Recurrence, index: number): string {
  const [year = 0, month = 0, day = 0] = first.split('-').map(Number);
  const counted = year * 12 + (month - 1) + index * months[every];
  const [toYear, toMonth] = [Math.floor(counted / 12), counted % 12];
  const lastDay = new Date(Date.UTC(toYear, toMonth + 1, 0)).getUTCDate();
  return new Date(Date.UTC(toYear, toMonth, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative backwards. */
export const daysBetween = (from: string, to: string): number =>
  (parseInstant(`${to}T00:00:00Z`) - parseInstant(`${from}T00:00:00Z`)) / microsecondsPerDay;

/** Number of the date an opening counts for: the nearest one, of two as near the earlier. */
export function recurrenceIndexAt(recurrence: Recurrence, date: string): number {
  let index = 0;
  const distance = (at: number) => Math.abs(daysBetween(recurrenceDate(recurrence, at), date));
  while (distance(index + 1) < distance(index)) index += 1;
  return index;
}

/** Dates from number `index` on, up to a day and with it. */
export function recurrenceDates(recurrence: Recurrence, index: number, until: string): string[] {
  const dates: string[] = [];
  for (let at = index; recurrenceDate(recurrence, at) <= until; at += 1)
    dates.push(recurrenceDate(recurrence, at));
  return dates;
}
