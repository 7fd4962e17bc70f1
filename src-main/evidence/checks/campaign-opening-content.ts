// Whether the opening of a campaign answers to its definition: what every filter left out is told, and it is due when it said.
import type { CampaignDefinition, CampaignIpe } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { assertZone } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';

/** What of an opening does not follow from the definition, as the end of “Ledger entry 7 …”; null where all does. */
export function openingContentFault(
  { scope, zone, dueDays }: CampaignDefinition,
  { excluded }: Pick<CampaignIpe, 'excluded'>,
  { dueOn, at }: { readonly dueOn: string; readonly at: string },
): string | null {
  const filters = scope.from === 'activity' ? [] : scope.filters;
  if (filters.some(({ reason }) => !excluded.some((group) => group.reason === reason)))
    return 'does not tell what every filter left out';
  if (!isZoneHere(zone)) return null;
  const today = localDaysOf(zone).dateAt(parseInstant(at));
  // The day is taken when the population is frozen, which may be shortly before midnight.
  const isInTime = [dateAfter(today, dueDays), dateAfter(today, dueDays - 1)].includes(dueOn);
  return isInTime ? null : 'is due on another day than its definition says';
}

/** Whoever verifies may have a computer that knows fewer zones: then nothing is said. */
export function isZoneHere(zone: string): boolean {
  try {
    assertZone(zone);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
