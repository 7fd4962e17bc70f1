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

/** So long before its date a campaign may be opened and count for it; whatever is opened earlier is late for the date before. */
export const mostDaysEarly = 14;

/** Number of the last date that is reached: before this day, or within {@link mostDaysEarly} days of it; 0 before the first. */
function reachedAt(recurrence: Recurrence, day: string): number {
  let index = 0;
  while (daysBetween(day, recurrenceDate(recurrence, index + 1)) <= mostDaysEarly) index += 1;
  return index;
}

/** Number of the last date up to a day and with it; -1 before the first. */
function lastUntil(recurrence: Recurrence, day: string): number {
  let index = -1;
  while (recurrenceDate(recurrence, index + 1) <= day) index += 1;
  return index;
}

/**
 * Number of the date an opening counts for: the last one reached; where the campaign before it in its series counts for that, the
 * next one if it is nearer. A late opening so never takes the place of the review that follows.
 * @param before the date which the campaign before it in its series counts for; null for the first
 */
export function countedIndex(recurrence: Recurrence, opened: string, before: string | null): number {
  const reached = reachedAt(recurrence, opened);
  const covered = before === null ? -1 : lastUntil(recurrence, before);
  if (covered < reached) return reached;
  const daysTo = (index: number) => Math.abs(daysBetween(recurrenceDate(recurrence, index), opened));
  return daysTo(covered + 1) < daysTo(covered) ? covered + 1 : covered;
}

/** Number of the date a draft is to be opened for: one that no campaign of its series counts for. */
export const wantedIndex = (recurrence: Recurrence, defined: string, before: string | null): number =>
  Math.max(reachedAt(recurrence, defined), before === null ? 0 : lastUntil(recurrence, before) + 1);

/** Dates from number `index` on, up to a day and with it. */
export function recurrenceDates(recurrence: Recurrence, index: number, until: string): string[] {
  const dates: string[] = [];
  for (let at = index; recurrenceDate(recurrence, at) <= until; at += 1)
    dates.push(recurrenceDate(recurrence, at));
  return dates;
}
