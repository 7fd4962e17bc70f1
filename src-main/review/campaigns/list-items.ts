// Lists the items of a campaign page by page, and one of them with its whole story.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type {
  CampaignBulkPreview,
  CampaignItemDetail,
  CampaignItemPage,
  CampaignItemQuery,
  ListedItem,
} from '#shared/model/campaign-view.ts';
import { Problem } from '#shared/model/problem.ts';
import { countItems, itemPages } from '../../store/cache/campaign-items.ts';
import { isSamePerson } from '../aliases.ts';
import { bulkCap } from '../bulk-preview.ts';
import type { LedgerState } from '../projection.ts';
import { refusalAlone, refusalTogether, type BulkRefusal } from './bulk-items.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { itemDigest, meaningOf } from './item-digest.ts';
import { itemIndexOf, readItems, type ItemStore } from './item-index.ts';
import { deskOf, findPlace, stageOf, type Desk } from './place-to-decide.ts';
import { isOwnItem } from './own-names.ts';
import { currentDecision, standingOf } from './standing.ts';
import { suggestionFor } from './suggestion.ts';
import { walkSteps } from './walk-steps.ts';

export type ListScene = ItemStore & { readonly state: LedgerState; readonly nowMs: number };

const rowsAtOnce = 2_000;

/** One page in the order of keys. @throws Problem as {@link itemIndexOf} */
export async function listItems(scene: ListScene, query: CampaignItemQuery): Promise<CampaignItemPage> {
  const record = campaignOf(scene.state, query.id);
  const desk = deskOf(scene.state, record, scene.nowMs * 1000);
  const index = await itemIndexOf(scene, record);
  const keys: string[] = [];
  const isNarrow = query.state === undefined && query.reviewer === undefined;
  const wanted = { after: query.after ?? '', limit: isNarrow ? query.limit + 1 : rowsAtOnce };
  for (const rows of itemPages(scene.cache, index, query, wanted)) {
    for (const row of rows) if (matches(desk, row, query)) keys.push(row.key);
    if (keys.length > query.limit) break;
    // Others get their turn between the pieces of a long search.
    await new Promise((resolve) => void setImmediate(resolve));
  }
  const page = keys.slice(0, query.limit);
  const items = await readItems(scene, record, page);
  return {
    items: page.flatMap((key) => {
      const item = items.get(key);
      return item ? [listed(desk, item)] : [];
    }),
    next: keys.length > query.limit ? (page.at(-1) ?? null) : null,
    matching: await walkSteps(countItems(scene.cache, index, query)),
  };
}

type Row = Parameters<Desk['reviewerOf']>[0];

function matches(desk: Desk, row: Row, { state, reviewer }: CampaignItemQuery): boolean {
  if (state !== undefined && standingOf(desk.record, row, desk.identities).state !== state) return false;
  if (reviewer === undefined) return true;
  const { person, acting } = desk.reviewerOf(row, stageOf(desk, row));
  return [person, acting].some((one) => one !== null && isSamePerson(desk.identities, one.id, reviewer));
}

function listed(desk: Desk, item: CampaignItem): ListedItem {
  const { record, identities } = desk;
  const { state, outcome } = standingOf(record, item, identities);
  const stage = stageOf(desk, item);
  const { person, acting, because } = desk.reviewerOf(item, stage);
  return {
    ...item,
    digest: itemDigest(record, item),
    state,
    stage,
    outcome,
    ofRecord: person,
    acting,
    because,
    decision: currentDecision(record, item, stage, identities)?.id ?? null,
    suggestion: suggestionFor(item),
  };
}

/** @throws Problem `not-found`, or as {@link itemIndexOf} */
export async function itemDetail(scene: ListScene, id: string, key: string): Promise<CampaignItemDetail> {
  const record = campaignOf(scene.state, id);
  const item = (await readItems(scene, record, [key])).get(key);
  if (item === undefined)
    throw new Problem('not-found', 'The frozen population of this campaign holds no such item.');
  const desk = deskOf(scene.state, record, scene.nowMs * 1000);
  const { decisions } = standingOf(record, item, desk.identities);
  const standing = new Set(decisions.map((decision) => decision?.id));
  const reviewer = scene.state.reviewer?.id;
  return {
    item: listed(desk, item),
    meaning: meaningOf(record.definition, item.entitlement),
    isOwn: reviewer !== undefined && isOwnItem(record, desk.identities, reviewer, item.subject),
    decisions: (record.decisions.get(key) ?? []).map(
      ({ subject: _subject, entitlement: _entitlement, resource: _resource, ...decision }) => ({
        ...decision,
        stands: standing.has(decision.id),
        isOwn: isOwnItem(record, desk.identities, decision.reviewer, item.subject),
      }),
    ),
    earlier: earlierDecisions(scene.state, record, item),
  };
}

/** What became of the same right in other campaigns of this workspace, the newest first. */
export function earlierDecisions(
  state: LedgerState,
  { id: present }: CampaignRecord,
  item: CampaignItem,
): CampaignItemDetail['earlier'] {
  return [...state.campaigns.byId.values()].toReversed().flatMap((record) => {
    if (record.id === present || !record.decisions.has(item.key)) return [];
    const { identities } = deskOf(state, record, 0);
    return standingOf(record, item, identities).decisions.flatMap((decision) =>
      decision === null
        ? []
        : [
            {
              campaign: record.id,
              name: record.definition.name,
              decision: decision.decision,
              reviewerName: decision.reviewerName,
              decidedAt: decision.decidedAt,
              reason: decision.reason,
            },
          ],
    );
  });
}

/** What one decision on these items would cover; the first that can be decided together with others says with which. */
export async function previewItems(
  scene: ListScene,
  id: string,
  keys: readonly string[],
): Promise<CampaignBulkPreview> {
  const record = campaignOf(scene.state, id);
  const items = await readItems(scene, record, keys);
  const desk = deskOf(scene.state, record, scene.nowMs * 1000);
  const reviewer = scene.state.reviewer?.id ?? '';
  const included: CampaignItem[] = [];
  const leftOut: BulkRefusal[] = [];
  for (const key of new Set(keys)) {
    const item = items.get(key);
    const refusal =
      item === undefined
        ? ({ key, why: 'unknown', sentence: 'The population holds no such item.' } as const)
        : (refusalAlone(item) ??
          refusalHere(desk, item, reviewer) ??
          refusalTogether(included[0] ?? item, item, included.length));
    if (refusal !== null) leftOut.push(refusal);
    else if (item !== undefined) included.push(item);
  }
  return { cap: bulkCap, included: included.map(({ key }) => key), leftOut };
}

function refusalHere(desk: Desk, item: CampaignItem, reviewer: string): BulkRefusal | null {
  const { key, subject } = item;
  if (isOwnItem(desk.record, desk.identities, reviewer, subject))
    return { key, why: 'own', sentence: 'This right is your own, so somebody else reviews it.' };
  const place = findPlace(desk, item, reviewer);
  if (place === null) return { key, why: 'not-yours', sentence: 'It is for somebody else to decide.' };
  return place.current === null
    ? null
    : { key, why: 'not-open', sentence: 'It is decided already, so it is corrected by itself.' };
}
