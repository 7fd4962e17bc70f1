// Whether decisions of a campaign were for whoever made them to make: by the rule of the stage, or as a delegate at that time.
import type { CampaignItem } from '#shared/model/campaign.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { reviewersOf } from '../../review/campaigns/reviewer-of-record.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';

/**
 * By what is known at the end of the ledger, which may be more than was known then: so this tells of doubts, and of no forgery.
 * @param identities of the campaign
 */
export function lawfulReviewer(
  { definition, delegations, statedNames }: OpenedCampaign,
  identities: Identities,
): (item: CampaignItem, decision: DecidedItem) => boolean {
  const byRule = reviewersOf({ definition, identities, statedNames, delegations: [], atMicroseconds: 0 });
  const spans = delegations.map(({ from, to, validFrom, validTo }) => ({
    from,
    to,
    begins: parseInstant(validFrom),
    ends: parseInstant(validTo),
  }));
  const is = (one: string, other: string): boolean => isSamePerson(identities, one, other);
  return (item, { stage, reviewer, ofRecord, decidedAt }) => {
    const { person } = byRule(item, stage);
    if (person === null || !is(person.id, ofRecord)) return false;
    if (is(person.id, reviewer)) return true;
    const at = parseInstant(decidedAt);
    return spans.some(
      ({ from, to, begins, ends }) => is(from, person.id) && is(to, reviewer) && begins <= at && at < ends,
    );
  };
}
