// How near or how late something due on a date is, in words; the calendar of campaigns and the overview share them.
import { overdueSteps, type DueEntry } from '#shared/model/campaign-calendar.ts';
import { text } from '../texts/text.ts';

const dayMs = 86_400_000;
const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);

/** @param today the local date of now in the entry's zone */
export function dueDayWords(
  { date, overdueDays, standing }: Pick<DueEntry, 'date' | 'overdueDays' | 'standing'>,
  today: string,
): string {
  if (standing === 'overdue') return text('campaignOversight:calendar.overdueDays', { count: overdueDays });
  const days = dayNumber(date) - dayNumber(today);
  return days <= 0
    ? text('campaignOversight:calendar.isToday')
    : text('campaignOversight:calendar.inDays', { count: days });
}

/** When it was told that this is overdue, and when it will be again; empty while it is not. */
export function tellingWords({ overdueStep }: Pick<DueEntry, 'overdueStep'>): string {
  if (overdueStep === 0) return '';
  const next = overdueSteps.find((step) => step > overdueStep);
  if (next === undefined) return text('campaignOversight:calendar.toldLast', { count: overdueStep });
  return [
    text('campaignOversight:calendar.told', { count: overdueStep }),
    text('campaignOversight:calendar.toldNext', { count: next }),
  ].join(', ');
}
