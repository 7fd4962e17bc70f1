// Somebody stands in for a reviewer of record for a while: both are on record with every decision.
import type { Delegation } from '#shared/model/campaign.ts';
import type { campaignDelegatedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { isSamePerson } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { requireOpen } from './decide-items.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

export type DelegateRequest = Omit<Delegation, 'by'> & { readonly campaign: string };

/**
 * Records a delegation. The person who is stood in for sets it, or the owner of the campaign does.
 * @throws Problem `refused`, `invalid-input`
 */
export function delegateReview(ledger: Ledger, request: DelegateRequest): CampaignRecord {
  const { campaign, from, to } = request;
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = requireOpen(campaignOf(state, campaign));
    const { definition } = record;
    const identities = campaignIdentities(state.independence.identities, definition);
    const is = (one: string, other: string) => isSamePerson(identities, one, other);
    if (record.opened === null)
      throw new Problem(
        'refused',
        'Items are delegated where the campaign was opened. Nothing was recorded.',
      );
    for (const id of [from, to])
      if (!definition.people.some((person) => person.id === id))
        throw new Problem(
          'invalid-input',
          'Only people of the campaign stand in for each other. Nothing was recorded.',
        );
    if (is(from, to))
      throw new Problem('invalid-input', 'Nobody stands in for themself. Nothing was recorded.');
    if (parseInstant(request.validFrom) >= parseInstant(request.validTo))
      throw new Problem('invalid-input', 'The delegation ends before it begins. Nothing was recorded.');
    if (!is(reviewer.id, from) && !is(reviewer.id, definition.owner))
      throw new Problem(
        'refused',
        'Only the reviewer themself, or the owner of the campaign, delegates their items. Nothing was recorded.',
      );
    const payload: z.input<typeof campaignDelegatedPayload> = {
      campaign,
      delegation: {
        from,
        to,
        validFrom: formatInstant(parseInstant(request.validFrom)),
        validTo: formatInstant(parseInstant(request.validTo)),
        by: reviewer.id,
        reason: request.reason.toWellFormed(),
      },
      byName: reviewer.name,
    };
    return [{ type: 'campaign-delegated', subject: campaign, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign);
}
