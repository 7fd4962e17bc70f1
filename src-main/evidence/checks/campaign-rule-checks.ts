// Whether decisions of a campaign were for whoever made them to make, by the rule of the stage or as a delegate at that time, and with
// the reason each needs.
import type { CampaignItem } from '#shared/model/campaign.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { reviewersOf } from '../../review/campaigns/reviewer-of-record.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';
import { mayBe } from '../../review/campaigns/standing.ts';
import { suggestionFor } from '../../review/campaigns/suggestion.ts';
import { clocksApartMicroseconds, standInsOf } from './campaign-delegation-checks.ts';

/**
 * By what is known at the end of the ledger, which may be more than was known then: so this tells of doubts, and of no forgery.
 * @param identities of the campaign
 */
export function lawfulReviewer(
  record: OpenedCampaign,
  identities: Identities,
): (item: CampaignItem, decision: DecidedItem) => boolean {
  const { definition, statedNames } = record;
  const byRule = reviewersOf({ definition, identities, statedNames, delegations: [], atMicroseconds: 0 });
  const standsIn = standInsOf(record, identities, clocksApartMicroseconds);
  const is = (one: string, other: string): boolean => isSamePerson(identities, one, other);
  return (item, { stage, reviewer, ofRecord, decidedAt }) => {
    const { person } = byRule(item, stage);
    if (person === null || !is(person.id, ofRecord)) return false;
    if (is(person.id, reviewer)) return true;
    return standsIn(person.id, reviewer, parseInstant(decidedAt));
  };
}

/**
 * Whether a decision was made as lightly as the program never lets it be: to certify a right that is or may be privileged, or that a
 * rule suggests to revoke, without a reason; or together with others where the item has to be decided by itself.
 */
export function isTooLight(item: CampaignItem, { decision, reason, batch }: DecidedItem): boolean {
  const isDelicate = mayBe(item.privileged) || suggestionFor(item) !== null;
  if (decision === 'certify' && isDelicate && (reason ?? '').trim() === '') return true;
  return batch !== null && (mayBe(item.privileged) || item.flags.some(({ is }) => is === 'yes'));
}
