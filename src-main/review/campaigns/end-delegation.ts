// The early end of a delegation: from then on the reviewer of record decides again, or whoever else stands in.
import type { campaignDelegationEndedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { isSamePerson, type Identities } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { mayActAs } from './act-as.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { requireOpen } from './decide-items.ts';
import { requireOpenedHere } from './delegate.ts';
import { requireReason } from './discard-draft.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

export type EndDelegationRequest = {
  readonly campaign: string;
  /** The id of the entry that put it on record. */
  readonly delegation: string;
  readonly reason: string;
  readonly nowMs: number;
};

/**
 * Ends a delegation before its time. Either of the two may, and the owner; what was decided under it stays.
 * @throws Problem `not-found`, `refused`, `invalid-input`
 */
export function endDelegation(ledger: Ledger, request: EndDelegationRequest): CampaignRecord {
  const { campaign, delegation, nowMs } = request;
  const reason = requireReason(request.reason);
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = requireOpenedHere(requireOpen(campaignOf(state, campaign)));
    const known = record.delegations[record.delegationEntries.indexOf(delegation)];
    if (known === undefined)
      throw new Problem('not-found', 'The campaign has no such delegation. Nothing was recorded.', {
        next: 'See which there are (countersign campaign status CAMPAIGN --json).',
      });
    if (known.ended || parseInstant(known.validTo) <= nowMs * 1000)
      throw new Problem('refused', 'That delegation is over already. Nothing was recorded.');
    const identities = campaignIdentities(state.independence.identities, record.definition);
    if (
      ![known.from, known.to, record.definition.owner].some((id) =>
        mayActAs(state.keys, identities, { person: id, reviewer: reviewer.id }),
      )
    )
      throw new Problem(
        'refused',
        'Only the two of them, or the owner of the campaign, end a delegation. Nothing was recorded.',
      );
    const at = formatInstant(Math.max(nowMs * 1000, afterDecisions(record, identities, known)));
    const payload: z.input<typeof campaignDelegationEndedPayload> = {
      campaign,
      delegation,
      at,
      reason,
      byName: reviewer.name,
    };
    return [{ type: 'campaign-delegation-ended', subject: campaign, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign);
}

/** Just after the last decision that was made under it and is here; another computer’s clock may be ahead. */
function afterDecisions(
  { decisionsById }: CampaignRecord,
  identities: Identities,
  { from, to }: { readonly from: string; readonly to: string },
): number {
  let last = 0;
  for (const { ofRecord, reviewer, decidedAt } of decisionsById.values())
    if (isSamePerson(identities, ofRecord, from) && isSamePerson(identities, reviewer, to))
      last = Math.max(last, parseInstant(decidedAt) + 1);
  return last;
}
