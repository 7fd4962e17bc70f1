// Records decisions on items of a campaign: all rules are checked under the ledger's lock, and all items are recorded or none.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { CampaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import type { OsUser } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import { requireReviewer } from '../decide.ts';
import type { Act, Ledger } from '../ledger.ts';
import { strangeOsUser } from '../os-user.ts';
import type { LedgerState } from '../projection.ts';
import { refusalAlone, refusalTogether } from './bulk-items.ts';
import { campaignOf, type CampaignRecord, type DecidedItem } from './campaign-state.ts';
import { itemDigest } from './item-digest.ts';
import { readItems, type ItemStore } from './item-index.ts';
import { isOwnItem } from './own-names.ts';
import { deskOf, placeToDecide, type Desk } from './place-to-decide.ts';
import { suggestionFor } from './suggestion.ts';
import { mayBe } from './standing.ts';

export type ItemWish = {
  readonly key: string;
  /** Digest of what was shown; another one is refused. */
  readonly shown?: string | undefined;
  /** Id of the decision that stood in this stage when the item was shown, null for none; another one by now is refused. */
  readonly standing?: string | null | undefined;
  readonly dwellMs?: number | undefined;
  /** Parts of the evidence that were opened. */
  readonly opened?: readonly string[] | undefined;
};

export type DecideItemsRequest = {
  readonly campaign: string;
  readonly items: readonly ItemWish[];
  readonly decision: DecisionKind;
  readonly reason?: string | undefined;
  /** The stage meant; without it the one the reviewer has a part in. */
  readonly stage?: number | undefined;
  /** The account this runs under, as the door knows it. */
  readonly osUser?: OsUser | null | undefined;
};

/** Carries the refused item, so that the refusal itself can be put on record. */
class SelfReview extends Error {
  readonly item: CampaignItem;
  constructor(item: CampaignItem) {
    super('self-review');
    this.item = item;
  }
}

/**
 * Decides one item, or several with one decision and reason. A further decision by the same stage supersedes the one before; both stay.
 * @throws Problem when any item may not be decided so; then nothing is recorded but the refusal of a self-review
 */
export async function decideItems(
  store: ItemStore & { readonly ledger: Ledger; readonly nowMs: () => number },
  request: DecideItemsRequest,
): Promise<DecidedItem[]> {
  const { ledger } = store;
  const keys = request.items.map(({ key }) => key);
  if (keys.length === 0 || new Set(keys).size < keys.length)
    throw new Problem('invalid-input', 'No item was given, or one twice. Nothing was recorded.');
  const items = await readItems(store, requireOpen(campaignOf(ledger.state(), request.campaign)), keys);
  try {
    const stored = ledger.append((state) =>
      draftItemDecisions(state, items, request, ledger.newId, store.nowMs() * 1000),
    );
    const { decisionsById } = campaignOf(ledger.state(), request.campaign);
    return stored.map(({ entry }) => decisionsById.get(entry.id)!);
  } catch (error) {
    if (error instanceof SelfReview) refuseSelfReview(ledger, request, error.item);
    throw error;
  }
}

/** @throws Problem `refused` where nothing can be decided (any more) */
export function requireOpen(record: CampaignRecord): CampaignRecord {
  if (record.state === 'open') return record;
  if (record.state === 'draft')
    throw new Problem('refused', 'This campaign is a draft, so there is nothing to decide yet.', {
      next: 'Open it first (countersign campaign open).',
    });
  if (record.state === 'discarded')
    throw new Problem('refused', 'This draft was discarded, so nothing is decided in it.', {
      next: 'Define and open another campaign.',
    });
  throw new Problem(
    'refused',
    'This campaign is closed; what was decided stays as it is. Nothing was recorded.',
    {
      next: 'Decide anew in the next campaign.',
    },
  );
}

/**
 * The entries of a request as it stands now; a pure function of the state, the items and the time.
 * @param items by key, as the frozen file holds them
 * @throws Problem, or what says that the item is about the reviewer themself
 */
export function draftItemDecisions(
  state: LedgerState,
  items: ReadonlyMap<string, CampaignItem>,
  request: DecideItemsRequest,
  newId: () => string,
  nowMicroseconds: number,
): Act[] {
  const record = requireOpen(campaignOf(state, request.campaign));
  const reviewer = requireReviewer(state);
  const desk = deskOf(state, record, nowMicroseconds);
  const reason = request.reason?.toWellFormed().trim() || null;
  const wanted = request.items.map((wish) => ({
    wish,
    item: requireShown(record, desk, reviewer, items, wish),
  }));
  const isBulk = wanted.length > 1;
  if (isBulk) assertBulk(wanted.map(({ item }) => item));
  for (const { item } of wanted) assertReason(request.decision, reason, item, isBulk);
  const batch = isBulk ? newId() : null;
  const osUser = strangeOsUser(state.independence, request.osUser);
  return wanted.map(({ wish, item }) => {
    const place = placeToDecide(desk, item, reviewer.id, request.stage);
    if (isBulk && place.current !== null) throw decidedAlready();
    if (wish.standing !== undefined && wish.standing !== (place.current?.id ?? null))
      throw decidedMeanwhile();
    const payload: CampaignDecisionPayload = {
      campaign: record.id,
      item: item.key,
      stage: place.stage,
      decision: request.decision,
      reason,
      reviewerName: reviewer.name,
      ofRecord: place.ofRecord.id,
      digest: itemDigest(record, item),
      dwellMs: wish.dwellMs ?? null,
      opened: [...(wish.opened ?? [])],
      batch,
      supersedes: place.current?.id ?? null,
      subject: item.subject,
      entitlement: item.entitlement,
      resource: item.resource,
      because: place.because,
      ...(osUser === null ? {} : { osUser }),
    };
    return { type: 'campaign-decision', subject: item.key, actor: reviewer.id, payload };
  });
}

function requireShown(
  record: CampaignRecord,
  { identities }: Desk,
  reviewer: Reviewer,
  items: ReadonlyMap<string, CampaignItem>,
  { key, shown }: ItemWish,
): CampaignItem {
  const item = items.get(key);
  if (item === undefined)
    throw new Problem(
      'not-found',
      'The frozen population of this campaign holds no such item. Nothing was recorded.',
    );
  if (isOwnItem(record, identities, reviewer.id, item.subject)) throw new SelfReview(item);
  if (shown !== undefined && shown !== itemDigest(record, item))
    throw new Problem('conflict', 'This is not the item as it was shown to you. Nothing was recorded.', {
      next: 'Look at it again, then decide.',
    });
  return item;
}

function assertReason(
  decision: DecisionKind,
  reason: string | null,
  item: CampaignItem,
  isBulk: boolean,
): void {
  if (reason !== null) return;
  const why = reasonNeeded(decision, item, isBulk);
  if (why === null) return;
  throw new Problem('invalid-input', `${why} Nothing was recorded.`, {
    next: 'Say in a sentence why; it is kept with the decision.',
  });
}

/** Why a decision needs a reason, in a sentence; null where it needs none. */
export function reasonNeeded(decision: DecisionKind, item: CampaignItem, isBulk: boolean): string | null {
  if (isBulk) return 'A decision on several items needs a reason.';
  if (decision !== 'certify') return `A decision to ${decision} needs a reason.`;
  if (mayBe(item.privileged))
    return item.privileged === 'yes'
      ? 'To certify a privileged right needs a reason.'
      : 'Nobody knows whether this right is privileged, so to certify it needs a reason.';
  const suggestion = suggestionFor(item);
  return suggestion === null || suggestion.decision === decision
    ? null
    : `To decide otherwise than the rule “${suggestion.rule}” suggests needs a reason.`;
}

function assertBulk(items: readonly CampaignItem[]): void {
  for (const [included, item] of items.entries()) {
    const refusal = refusalAlone(item) ?? refusalTogether(items[0]!, item, included);
    if (refusal !== null)
      throw new Problem(
        'refused',
        `These items cannot be decided together. ${refusal.sentence} Nothing was recorded.`,
        {
          next: 'Decide that item by itself. Together go items of one entitlement and one type of subject that are neither flagged nor privileged; list those of one entitlement (countersign campaign items CAMPAIGN --entitlement E --privileged no).',
        },
      );
  }
}

function decidedAlready(): Problem {
  return new Problem(
    'refused',
    'One of these items is decided already; corrections are made one by one. Nothing was recorded.',
  );
}

function decidedMeanwhile(): Problem {
  return new Problem(
    'conflict',
    'What stands of this item changed after it was shown to you. Nothing was recorded.',
    {
      next: 'See what stands now, then decide again if you still want to.',
    },
  );
}

function refuseSelfReview(
  ledger: Ledger,
  { campaign, osUser: present }: DecideItemsRequest,
  item: CampaignItem,
): never {
  ledger.append((state) => {
    const osUser = strangeOsUser(state.independence, present);
    const payload = {
      campaign,
      item: item.key,
      action: item.entitlement,
      ...(osUser === null ? {} : { osUser }),
    };
    return [{ type: 'self-review-refused', subject: null, actor: requireReviewer(state).id, payload }];
  });
  throw new Problem(
    'refused',
    'This right is your own, so somebody else has to review it. The attempt was put on record, no decision was.',
    { next: 'Leave it to another reviewer.' },
  );
}
