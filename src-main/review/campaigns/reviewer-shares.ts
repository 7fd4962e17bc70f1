// Who still has what: how many items of each stage are open, decided or in conflict, by the person who is to decide them now.
import type { ReviewerShare } from '#shared/model/campaign-file-views.ts';
import { itemPages } from '../../store/cache/campaign-items.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { itemIndexOf } from './item-index.ts';
import type { ListScene } from './list-items.ts';
import { deskOf, stageOf, type Desk } from './place-to-decide.ts';
import { isInConflict, standingOf } from './standing.ts';

const rowsAtOnce = 2_000;

type Row = Parameters<Desk['reviewerOf']>[0];
type Shares = Map<string, ReviewerShare>;
type Counted = { readonly as: string; readonly shares: Promise<ReviewerShare[]> };

/** Of each campaign the last count, and as of what it was made. */
const counted = new WeakMap<CampaignRecord, Counted>();

/**
 * By stage, then in the order of the campaign’s people.
 * @throws Problem as itemIndexOf
 */
export function reviewerShares(scene: ListScene, id: string): Promise<ReviewerShare[]> {
  const record = campaignOf(scene.state, id);
  const as = asOf(scene, record);
  const known = counted.get(record);
  if (known?.as === as) return known.shares;
  const shares = countShares(scene, record);
  counted.set(record, { as, shares });
  // What failed is tried anew.
  shares.catch(() => counted.delete(record));
  return shares;
}

/** Everything the count depends on: entries about the campaign, who is whom, and which delegations are in force. */
function asOf({ state, nowMs }: ListScene, { revision, delegations }: CampaignRecord): string {
  const inForce = delegations.map(
    ({ validFrom, validTo }) => Date.parse(validFrom) <= nowMs && nowMs < Date.parse(validTo),
  );
  return JSON.stringify([revision, state.campaigns.peopleRevision, inForce]);
}

async function countShares(scene: ListScene, record: CampaignRecord): Promise<ReviewerShare[]> {
  const desk = deskOf(scene.state, record, scene.nowMs * 1000);
  const index = await itemIndexOf(scene, record);
  const shares: Shares = new Map();
  for (const rows of itemPages(scene.cache, index, {}, { after: '', limit: rowsAtOnce })) {
    for (const row of rows) countItem(desk, row, shares);
    // Others get their turn between the pieces.
    await new Promise((resolve) => void setImmediate(resolve));
  }
  const order = record.definition.people.map(({ id }) => id);
  const placeOf = ({ person }: ReviewerShare) => (person === null ? order.length : order.indexOf(person));
  return [...shares.values()].toSorted((a, b) => a.stage - b.stage || placeOf(a) - placeOf(b));
}

function countItem(desk: Desk, row: Row, shares: Shares): void {
  const { record, identities } = desk;
  const standing = standingOf(record, row, identities);
  const reached = stageOf(desk, row);
  // Elsewhere nobody knows what the other stages decided.
  for (let stage = record.opened === null ? reached : 0; stage <= reached; stage += 1) {
    const share = shareOf(shares, desk.reviewerOf(row, stage).acting?.id ?? null, stage);
    if (!record.decisions.has(row.key)) share.open += 1;
    else if (isInConflict(record, row, stage, identities)) share.inConflict += 1;
    else if (standing.decisions[stage] === null) share.open += 1;
    else share.decided += 1;
  }
}

function shareOf(shares: Shares, person: string | null, stage: number): ReviewerShare {
  const place = `${stage} ${person ?? ''}`;
  const share = shares.get(place) ?? { person, stage, open: 0, decided: 0, inConflict: 0 };
  shares.set(place, share);
  return share;
}
