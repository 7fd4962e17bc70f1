// How long is left until a day of a campaign ends, in the zone of the campaign.
import { formatInstant, microsecondsPerDay, parseInstant } from '#shared/time/instant.ts';
import { localDaysOf } from '#shared/time/local-days.ts';

export type DueStanding = {
  /** Whole days: 0 on the day itself, negative once it is over. */
  daysLeft: number;
  /** The first moment after it. */
  endsAt: string;
};

const dayNumber = (date: string): number => parseInstant(`${date}T00:00:00Z`) / microsecondsPerDay;

/** @param nowMs milliseconds since 1970 */
export function dueStanding(dueOn: string, zone: string, nowMs: number): DueStanding {
  const days = localDaysOf(zone);
  const dayAfter = formatInstant((dayNumber(dueOn) + 1) * microsecondsPerDay).slice(0, 10);
  return {
    daysLeft: dayNumber(dueOn) - dayNumber(days.dateAt(nowMs * 1000)),
    endsAt: formatInstant(days.startOf(dayAfter)),
  };
}
