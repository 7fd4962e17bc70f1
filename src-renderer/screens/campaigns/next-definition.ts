// The definition of the campaign after this one: the same, for the next period.
import { ownSeries, type CampaignDefinition } from '#shared/model/campaign.ts';

const monthsOf: Readonly<Record<NonNullable<CampaignDefinition['recurrence']>['every'], number>> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
};

const msPerDay = 86_400_000;
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / msPerDay;
const dateOf = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10);

/**
 * Where it does not recur, the next period is as long as this one and begins the day after it.
 * @param id of the campaign it goes on from, which is the first of the series where its definition names none
 */
export function nextDefinition(before: CampaignDefinition, id: string): CampaignDefinition {
  const { from, to } = before.period;
  const isFirst = before.series === undefined || before.series === ownSeries;
  const definition = { ...before, series: isFirst ? id : before.series };
  if (definition.recurrence === null) {
    const days = dayNumber(to) - dayNumber(from) + 1;
    const moved = (date: string) => dateOf(dayNumber(date) + days);
    return { ...definition, period: { from: moved(from), to: moved(to) } };
  }
  const months = monthsOf[definition.recurrence.every];
  return { ...definition, period: { from: monthsLater(from, months), to: monthsLater(to, months) } };
}

/** The last day of a month stays the last one; a day a month does not have is its last. */
export function monthsLater(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastOf = (index: number) => new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  const index = month - 1 + months;
  const isLast = day === lastOf(month - 1);
  return new Date(Date.UTC(year, index, isLast ? lastOf(index) : Math.min(day, lastOf(index))))
    .toISOString()
    .slice(0, 10);
}
