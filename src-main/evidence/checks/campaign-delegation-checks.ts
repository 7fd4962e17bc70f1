// Rules about who stands in for whom in a campaign: on whose word, from when on, and until when.
import type { Delegation } from '#shared/model/campaign.ts';
import { campaignDelegatedPayload, campaignDelegationEndedPayload } from '#shared/model/campaign-entries.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { CampaignRecord } from '../../review/campaigns/campaign-state.ts';
import type { CampaignActScene } from './campaign-act.ts';

/** The clock is read just before an entry is written; a computer may have stood still between the two. */
export const clockStepMicroseconds = 60_000_000;

/** Somebody’s own items, or the owner’s word; from when it counts is judged with the decisions made under it. */
export function delegationFault({ entry, record, identities }: CampaignActScene): string | null {
  const { from, to, by, validFrom, validTo } = campaignDelegatedPayload.parse(entry.payload).delegation;
  const { people, owner } = record.definition;
  if (by !== entry.actor) return 'delegates items on the word of another than whoever recorded it';
  if (![from, owner].some((id) => isSamePerson(identities, id, entry.actor)))
    return 'delegates items on the word of somebody who is neither their reviewer nor the owner';
  if (![from, to].every((id) => people.some((person) => person.id === id)))
    return 'lets somebody stand in who is none of its people, or for somebody who is none';
  if (isSamePerson(identities, from, to)) return 'lets somebody stand in for themself';
  return parseInstant(validFrom) < parseInstant(validTo)
    ? null
    : 'is of a delegation that ends before it begins';
}

/** What was decided under a delegation before it ended stays; so the end lies neither before it was said, nor before that. */
export function delegationEndFault({ entry, record, identities }: CampaignActScene): string | null {
  const { delegation, at } = campaignDelegationEndedPayload.parse(entry.payload);
  const known = record.delegations[record.delegationEntries.indexOf(delegation)];
  if (known === undefined || known.ended) return 'ends a delegation that is none';
  const may = [known.from, known.to, record.definition.owner];
  if (!may.some((id) => isSamePerson(identities, id, entry.actor)))
    return 'ends a delegation on the word of somebody it is not about';
  return parseInstant(at) < parseInstant(entry.wall_time) - clockStepMicroseconds
    ? 'ends a delegation before that was said'
    : null;
}

type Standing = Pick<Delegation, 'from' | 'to'> & {
  /** Microseconds since the epoch; the first belongs to it, the last does not. */
  readonly begins: number;
  readonly ends: number;
};

/**
 * Answers whether somebody stood in for another at a moment, by the delegations on record. Nobody stood in for anybody before that
 * was on record, whatever the entry says it began.
 * @param step how far the clocks of a delegation and of what was done under it may differ, in microseconds; infinite where the order of
 * the ledger tells what came first
 */
export function standInsOf(
  { delegations, delegationTimes }: Pick<CampaignRecord, 'delegations' | 'delegationTimes'>,
  identities: Identities,
  step: number,
): (from: string, to: string, at: number) => boolean {
  const spans = delegations.map(({ from, to, validFrom, validTo }, place): Standing => {
    const recordedAt = (delegationTimes[place] ?? 0) - step;
    return { from, to, begins: Math.max(parseInstant(validFrom), recordedAt), ends: parseInstant(validTo) };
  });
  const is = (one: string, other: string): boolean => isSamePerson(identities, one, other);
  return (from, to, at) =>
    spans.some((one) => is(one.from, from) && is(one.to, to) && one.begins <= at && at < one.ends);
}
