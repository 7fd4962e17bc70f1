// Somebody stands in for a reviewer of record for a while: both are on record with every decision.
import type { Delegation } from '#shared/model/campaign.ts';
import type { campaignDelegatedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { isSamePerson, type Identities } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { mayActAs } from './act-as.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { requireOpen } from './decide-items.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

export type DelegateRequest = Omit<Delegation, 'by' | 'ended'> & {
  readonly campaign: string;
  /** A delegation counts from here on at the earliest: nobody stood in for anybody before it was on record. */
  readonly nowMs: number;
};

/**
 * Records a delegation. The person who is stood in for sets it, or the owner of the campaign does. What begins before now begins now.
 * @throws Problem `refused`, `invalid-input`
 */
export function delegateReview(ledger: Ledger, request: DelegateRequest): CampaignRecord {
  const { campaign, from, to } = request;
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = requireOpenedHere(requireOpen(campaignOf(state, campaign)));
    const { definition } = record;
    const identities = campaignIdentities(state.independence.identities, definition);
    const is = (reviewerId: string, person: string) =>
      mayActAs(state.keys, identities, { person, reviewer: reviewerId });
    assertPeople(record, identities, request);
    const span = spanOf(request);
    assertAnew(record, identities, { from, to, ...span });
    if (!is(reviewer.id, from) && !is(reviewer.id, definition.owner))
      throw new Problem(
        'refused',
        'Only the reviewer themself, or the owner of the campaign, delegates their items. Nothing was recorded.',
      );
    const reason = request.reason.toWellFormed();
    const payload: z.input<typeof campaignDelegatedPayload> = {
      campaign,
      delegation: { from, to, ...span, by: reviewer.id, reason },
      byName: reviewer.name,
    };
    return [{ type: 'campaign-delegated', subject: campaign, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign);
}

/** @throws Problem `refused` where only some items came, as a file */
export function requireOpenedHere(record: CampaignRecord): CampaignRecord {
  if (record.opened !== null) return record;
  throw new Problem('refused', 'Items are delegated where the campaign was opened. Nothing was recorded.');
}

function assertPeople(
  { definition: { people } }: CampaignRecord,
  identities: Identities,
  { from, to }: Pick<Delegation, 'from' | 'to'>,
): void {
  for (const id of [from, to])
    if (!people.some((person) => person.id === id))
      throw new Problem(
        'invalid-input',
        'Only people of the campaign stand in for each other. Nothing was recorded.',
      );
  if (isSamePerson(identities, from, to))
    throw new Problem('invalid-input', 'Nobody stands in for themself. Nothing was recorded.');
}

type Span = Pick<Delegation, 'validFrom' | 'validTo'>;

function spanOf({ validFrom, validTo, nowMs }: DelegateRequest): Span {
  const [begins, ends, now] = [parseInstant(validFrom), parseInstant(validTo), nowMs * 1000];
  if (begins >= ends)
    throw new Problem('invalid-input', 'The delegation ends before it begins. Nothing was recorded.');
  if (ends <= now)
    throw new Problem('invalid-input', 'The delegation would be over already. Nothing was recorded.', {
      next: 'A delegation counts from when it is recorded; choose an end that is still to come.',
    });
  return { validFrom: formatInstant(Math.max(begins, now)), validTo: formatInstant(ends) };
}

/** Two people may be told to stand in at once, of whom the latest does; the same one twice is a mistake. */
function assertAnew(
  { delegations }: CampaignRecord,
  identities: Identities,
  { from, to, validFrom, validTo }: Pick<Delegation, 'from' | 'to'> & Span,
): void {
  const same = delegations.find(
    (one) =>
      isSamePerson(identities, one.from, from) &&
      isSamePerson(identities, one.to, to) &&
      // One that was ended before it began was never in force.
      one.validFrom !== one.validTo &&
      parseInstant(one.validFrom) < parseInstant(validTo) &&
      parseInstant(validFrom) < parseInstant(one.validTo),
  );
  if (same === undefined) return;
  throw new Problem(
    'refused',
    `They stand in for them already from ${same.validFrom} to ${same.validTo}. Nothing was recorded.`,
    { next: 'Let it begin when that one ends, or end that one first.' },
  );
}
