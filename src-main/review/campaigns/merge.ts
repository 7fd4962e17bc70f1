// What becomes of decisions that come back in a file: each is new, known, or refused with a reason. Pure.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { CampaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import { refusalAlone } from './bulk-items.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';
import { reviewersOf, type AssignedItem, type ReviewerOfRecord } from './reviewer-of-record.ts';
import { isInConflict, mayBe } from './standing.ts';
import { suggestionFor } from './suggestion.ts';

/** A decision as the ledger of whoever made it has it. */
export type OfferedDecision = {
  readonly id: string;
  /** As that workspace names its reviewer. */
  readonly actor: string;
  readonly decidedAt: string;
  readonly payload: CampaignDecisionPayload;
};

/** What is looked at of a frozen item; the digest is of exactly what is shown of it. */
export type KnownItem = AssignedItem &
  Pick<CampaignItem, 'entitlement' | 'resource'> & {
    readonly digest: string;
    /** To certify it takes a reason: it is or may be privileged, or a rule suggests something else. */
    readonly needsReason: boolean;
    /** Why it cannot be part of a decision on several items, in a sentence; null where it can. */
    readonly alone: string | null;
  };

/** @param digest of exactly what is shown of it */
export function knownItem(item: CampaignItem, digest: string): KnownItem {
  const { key, subject, manager, owner, entitlement, resource } = item;
  const needsReason = mayBe(item.privileged) || suggestionFor(item) !== null;
  const alone = refusalAlone(item)?.sentence ?? null;
  return { key, subject, manager, owner, entitlement, resource, digest, needsReason, alone };
}

export type MergeScene = {
  readonly record: CampaignRecord;
  readonly identities: Identities;
  /** The items that decisions name, as far as the frozen population has them. */
  readonly items: ReadonlyMap<string, KnownItem>;
  /** The person of the campaign who signed the file, by the id the campaign uses. */
  readonly reviewer: string;
};

export type Fate =
  | {
      readonly fate: 'new';
      readonly decision: OfferedDecision;
      /** The item as it was frozen here, and by which rule it is whose. */
      readonly item: KnownItem;
      readonly ofRecord: string;
      readonly because: string;
    }
  | { readonly fate: 'known'; readonly decision: OfferedDecision }
  | {
      readonly fate: 'refused';
      readonly decision: OfferedDecision;
      readonly isSelfReview: boolean;
      readonly why: string;
    };

/**
 * Judges every decision of a file on its own, in the order of the file. Which file comes first makes no difference: a decision
 * is judged by the frozen item, by who reviews it by rule, and by what its own maker decided before, never by what others did.
 */
export function judgeDecisions(scene: MergeScene, offered: readonly OfferedDecision[]): Fate[] {
  const reviewersAt = reviewersInTime(scene);
  const seen = new Map<string, OfferedDecision>();
  return offered.map((decision): Fate => {
    const earlier = scene.record.decisionsById.get(decision.id);
    if (earlier !== undefined && isSame(scene, earlier, decision)) return { fate: 'known', decision };
    const refused = (why: string, isSelfReview = false): Fate => ({
      fate: 'refused',
      decision,
      isSelfReview,
      why,
    });
    if (earlier !== undefined || seen.has(decision.id))
      return refused('Another decision of this number is on record already, and it says something else.');
    seen.set(decision.id, decision);
    const item = scene.items.get(decision.payload.item);
    if (item === undefined) return refused('The frozen population of the campaign has no such item.');
    if (isOwn(scene, decision, item))
      return refused('The reviewer is the subject of this item; nobody decides about themselves.', true);
    const fault = faultInContent(scene, decision, item) ?? faultInCorrection(scene, decision, seen) ?? null;
    if (fault !== null) return refused(fault);
    const found = reviewersAt(decision)(item, decision.payload.stage);
    if (!mayDecide(scene, found))
      return refused(
        'The item was not theirs to decide at that time: neither by the rule of its stage nor as a delegate.',
      );
    return { fate: 'new', decision, item, ofRecord: found.person!.id, because: found.because };
  });
}

/** The same decision as it is on record: whose reviewer it was by rule, the workspace of the campaign says. */
function isSame({ reviewer, identities }: MergeScene, known: DecidedItem, offered: OfferedDecision): boolean {
  const { payload, decidedAt } = offered;
  return (
    isSamePerson(identities, known.reviewer, reviewer) &&
    known.decidedAt === decidedAt &&
    known.item === payload.item &&
    known.stage === payload.stage &&
    known.decision === payload.decision &&
    known.reason === payload.reason &&
    known.digest === payload.digest &&
    known.supersedes === payload.supersedes &&
    known.batch === payload.batch
  );
}

function isOwn(
  { identities, reviewer }: MergeScene,
  { actor }: OfferedDecision,
  { subject }: KnownItem,
): boolean {
  return [reviewer, actor].some((id) => isSamePerson(identities, id, subject));
}

function faultInContent(
  { record }: MergeScene,
  { payload }: OfferedDecision,
  item: KnownItem,
): string | null {
  if (payload.stage >= record.definition.stages.length) return 'The campaign has no such stage.';
  if (payload.digest !== item.digest)
    return 'What was shown when it was decided is not what was frozen; the item has to be looked at again.';
  if (
    payload.subject !== item.subject ||
    payload.entitlement !== item.entitlement ||
    payload.resource !== item.resource
  )
    return 'It names another subject or right than the item has.';
  if (payload.batch !== null && item.alone !== null)
    return `It was decided together with others. ${item.alone}`;
  const needsReason = payload.decision !== 'certify' || payload.batch !== null || item.needsReason;
  if (needsReason && (payload.reason ?? '').trim() === '') return 'It needs a reason, and has none.';
  return null;
}

/** Nobody takes back what somebody else decided. */
function faultInCorrection(
  { record, identities, reviewer }: MergeScene,
  { payload }: OfferedDecision,
  seen: ReadonlyMap<string, OfferedDecision>,
): string | null {
  if (payload.supersedes === null) return null;
  const here = record.decisionsById.get(payload.supersedes);
  const inFile = seen.get(payload.supersedes)?.payload;
  const corrected = here ?? inFile;
  if (corrected === undefined) return 'It corrects a decision that is neither in this file nor here.';
  if (here !== undefined && !isSamePerson(identities, here.reviewer, reviewer))
    return 'It corrects a decision of somebody else.';
  if (corrected.item !== payload.item || corrected.stage !== payload.stage)
    return 'It corrects a decision on another item or stage.';
  return null;
}

function mayDecide({ identities, reviewer }: MergeScene, { person, acting }: ReviewerOfRecord): boolean {
  return [person, acting].some((one) => one !== null && isSamePerson(identities, one.id, reviewer));
}

/** Who reviews at the time of a decision; worked out anew only where other delegations are in force. */
function reviewersInTime({ record, identities }: MergeScene) {
  const { definition, delegations } = record;
  const bounds = delegations.map(
    ({ validFrom, validTo }) => [parseInstant(validFrom), parseInstant(validTo)] as const,
  );
  const known = new Map<string, ReturnType<typeof reviewersOf>>();
  return ({ decidedAt }: OfferedDecision) => {
    const atMicroseconds = parseInstant(decidedAt);
    const inForce = bounds
      .map(([from, to]) => (from <= atMicroseconds && atMicroseconds < to ? '1' : '0'))
      .join('');
    const found = known.get(inForce) ?? reviewersOf({ definition, identities, delegations, atMicroseconds });
    known.set(inForce, found);
    return found;
  };
}

/** How many items of a file people have decided differently, once its new decisions are on record. */
export function conflictsAfter(scene: MergeScene, added: readonly DecidedItem[]): number {
  const decisions = new Map<string, DecidedItem[]>();
  for (const decision of added) {
    const before = decisions.get(decision.item) ?? [...(scene.record.decisions.get(decision.item) ?? [])];
    decisions.set(decision.item, [...before, decision]);
  }
  const record = { ...scene.record, decisions };
  return [...scene.items.values()].filter(({ key, subject }) =>
    scene.record.definition.stages.some((_, stage) =>
      isInConflict(record, { key, subject }, stage, scene.identities),
    ),
  ).length;
}
