// In which stage somebody may decide an item, and on whose behalf.
import type { CampaignItem, CampaignPerson, Delegation } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import type { LedgerState } from '../projection.ts';
import { mayActAs, notShownToBe } from './act-as.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';
import { isOwnItem } from './own-names.ts';
import {
  campaignIdentities,
  reviewersOf,
  type AssignedItem,
  type ReviewerOfRecord,
} from './reviewer-of-record.ts';
import { currentDecision, standingOf } from './standing.ts';

/** A campaign with what is needed to tell who decides what in it, at one moment. */
export type Desk = {
  readonly record: CampaignRecord;
  readonly identities: Identities;
  readonly reviewerOf: (item: AssignedItem, stage: number) => ReviewerOfRecord;
  /** Whether a reviewer of this workspace may act as somebody of the campaign. */
  readonly mayActAs: (person: string, reviewer: string) => boolean;
};

/** @param nowMicroseconds since the epoch; it decides which delegations are in force */
export function deskOf(
  { independence, keys }: Pick<LedgerState, 'independence' | 'keys'>,
  record: CampaignRecord,
  nowMicroseconds: number,
): Desk {
  const { definition, delegations, statedNames } = record;
  const identities = campaignIdentities(independence.identities, definition);
  const question = { definition, identities, delegations, statedNames, atMicroseconds: nowMicroseconds };
  const reviewerOf = reviewersOf(question);
  const actsAs = (person: string, reviewer: string) => mayActAs(keys, identities, { person, reviewer });
  return { record, identities, reviewerOf, mayActAs: actsAs };
}

export type Place = {
  readonly stage: number;
  readonly ofRecord: CampaignPerson;
  readonly because: string;
  /** What stands in this stage, and would be superseded. */
  readonly current: DecidedItem | null;
};

/**
 * The stage a person may decide an item in: the one it is in, where they are its reviewer of record or stand in for them; else the
 * latest one before it in which they are, for a correction.
 * @param stage The one meant; null of both where they have a part in none.
 * @throws Problem `refused`
 */
export function placeToDecide(desk: Desk, item: CampaignItem, person: string, stage?: number): Place {
  const { record } = desk;
  const place = findPlace(desk, item, person, stage);
  if (place !== null) return place;
  if (stage !== undefined && record.definition.stages[stage] === undefined)
    throw new Problem('invalid-input', 'The campaign has no such stage. Nothing was recorded.');
  const { person: ofRecord, acting, because } = desk.reviewerOf(item, stage ?? stageOf(desk, item));
  const said = [ofRecord, acting].find(
    (one) => one !== null && isSamePerson(desk.identities, one.id, person),
  );
  if (said) throw notShownToBe({ person: said.id, name: said.name });
  const delegation = ofRecord && delegationTo(desk, ofRecord, person);
  if (delegation) throw notStandingIn(delegation, ofRecord);
  throw new Problem(
    'refused',
    ofRecord === null
      ? 'Nobody of this campaign may review this item, because it is about all of them. Nothing was recorded.'
      : `This item is for ${ofRecord.name} to decide (${because}), or not yet in the stage you review. Nothing was recorded.`,
    { next: 'Leave it to them; or let them, or the owner, delegate their items to you.' },
  );
}

const notStandingIn = ({ validFrom, validTo }: Delegation, { name }: CampaignPerson): Problem =>
  new Problem(
    'refused',
    `You do not stand in for ${name} now: that was from ${validFrom} to ${validTo}, or somebody else does. Nothing was recorded.`,
    {
      next: 'Ask the owner of the campaign to delegate anew, and for a new file where the items came as one.',
    },
  );

/** The same without a word; null where the person may not decide it. */
export function findPlace(desk: Desk, item: CampaignItem, person: string, stage?: number): Place | null {
  const { record, identities } = desk;
  if (isOwnItem(record, identities, person, item.subject)) return null;
  const reached = stageOf(desk, item);
  const candidates = stage === undefined ? stagesDownFrom(record, reached) : [stage];
  for (const candidate of candidates) {
    if (record.definition.stages[candidate] === undefined || !isReached(record, candidate, reached)) continue;
    const { person: ofRecord, acting, because } = desk.reviewerOf(item, candidate);
    if (ofRecord === null) continue;
    const mine =
      [ofRecord, acting].some((one) => one !== null && desk.mayActAs(one.id, person)) ||
      (isHandedTo(desk, person) && delegationTo(desk, ofRecord, person) === null);
    if (!mine) continue;
    return {
      stage: candidate,
      ofRecord,
      because,
      current: currentDecision(record, item, candidate, identities),
    };
  }
  return null;
}

/** The newest delegation by which somebody stands in for another, in force or not; null where there is none. */
function delegationTo({ record, identities }: Desk, from: CampaignPerson, person: string): Delegation | null {
  const is = (one: string, other: string) => isSamePerson(identities, one, other);
  return record.delegations.findLast((one) => is(one.from, from.id) && is(one.to, person)) ?? null;
}

/** Items that came as a file are for whoever they were handed to: elsewhere not everybody’s other names are known. */
function isHandedTo({ record, mayActAs: actsAs }: Desk, person: string): boolean {
  const taken = record.opened === null ? record.taken.at(-1) : undefined;
  return taken !== undefined && actsAs(taken.to, person);
}

/** The stage an item is in; where items came as a file, the one they came for. */
export function stageOf({ record, identities }: Desk, item: Pick<CampaignItem, 'key' | 'subject'>): number {
  const taken = record.opened === null ? record.taken.at(-1) : undefined;
  return taken?.stage ?? standingOf(record, item, identities).stage;
}

/** Elsewhere nobody knows what the other stages decided. */
const isReached = (record: CampaignRecord, stage: number, reached: number): boolean =>
  record.opened === null ? stage === reached : stage <= reached;

const stagesDownFrom = (record: CampaignRecord, reached: number): number[] =>
  record.opened === null ? [reached] : Array.from({ length: reached + 1 }, (_, index) => reached - index);
