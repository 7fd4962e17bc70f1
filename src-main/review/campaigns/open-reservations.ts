// What an opened campaign says of its population beside the counts: that there is nothing in it, or that more is to come. Pure.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { localDaysOf } from '#shared/time/local-days.ts';

/** In sentences. @param frozenAt in microseconds since the epoch, of the server, or here where there is none */
export function openReservations(
  { scope, period, zone }: Pick<CampaignDefinition, 'scope' | 'period' | 'zone'>,
  items: number,
  frozenAt: number,
): string[] {
  return [
    ...(items === 0
      ? [
          'The population is empty: there is nothing in it to decide about. Look whether scope and filters are meant so.',
        ]
      : []),
    ...(scope.from === 'activity' && localDaysOf(zone).dateAt(frozenAt) <= period.to
      ? [
          `The period was not over when the population was frozen: what happens later, until the end of ${period.to}, is not part of it.`,
        ]
      : []),
  ];
}
