// Whether decisions of a campaign were for whoever made them to make, by the rule of the stage or as a delegate at that time, and with
// the reason each needs.
import type { CampaignItem } from '#shared/model/campaign.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { campaignIdentities, reviewersOf } from '../../review/campaigns/reviewer-of-record.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';
import { mayBe } from '../../review/campaigns/standing.ts';
import { suggestionFor } from '../../review/campaigns/suggestion.ts';
import { toleratedClockMicroseconds } from '../../review/campaigns/clock-difference.ts';
import { standInsOf } from './campaign-delegation-checks.ts';
import type { KnownPeople } from './known-people.ts';

type IsLawful = (item: CampaignItem, decision: DecidedItem) => boolean;

/** By who was known to be whom when it was recorded: what people say of themselves later makes nobody’s decision another’s. */
export function lawfulReviewer(
  record: OpenedCampaign,
  knownAt: (decision: DecidedItem) => KnownPeople,
): IsLawful {
  const known = new Map<KnownPeople, IsLawful>();
  return (item, decision) => {
    const people = knownAt(decision);
    const isLawful = known.get(people) ?? lawfulAmong(record, people);
    known.set(people, isLawful);
    return isLawful(item, decision);
  };
}

function lawfulAmong(record: OpenedCampaign, { identities: known, statedNames }: KnownPeople): IsLawful {
  const { definition } = record;
  const identities = campaignIdentities(known, definition);
  const byRule = reviewersOf({ definition, identities, statedNames, delegations: [], atMicroseconds: 0 });
  const standsIn = standInsOf(record, identities, toleratedClockMicroseconds);
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

/** By more than clocks are apart: whoever decides right after the opening may have one that is behind. */
export const isOlderThanPopulation = (
  { at }: Pick<OpenedCampaign['opened'], 'at'>,
  decidedAt: string,
): boolean => parseInstant(decidedAt) < parseInstant(at) - toleratedClockMicroseconds;
