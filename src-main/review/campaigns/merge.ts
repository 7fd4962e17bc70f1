// What becomes of decisions that come back in a file: each is new, known, or refused with a reason. Pure.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { CampaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import { isAsSigned } from './as-signed.ts';
import { refusalAlone, refusalTogether } from './bulk-items.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';
import { faultInTime, type PossibleTimes } from './possible-times.ts';
import { standInRemark } from './stand-in-remark.ts';
import { reviewersOf, type AssignedItem, type ReviewerOfRecord } from './reviewer-of-record.ts';
import { isInConflict, mayBe, type CountedDecision } from './standing.ts';
import { isOwnItem, withStatedNames, type StatedNames } from './own-names.ts';
import { suggestionFor } from './suggestion.ts';

/** A decision as the ledger of whoever made it has it. */
export type OfferedDecision = {
  readonly id: string;
  /** As that workspace names its reviewer. */
  readonly actor: string;
  readonly decidedAt: string;
  readonly payload: CampaignDecisionPayload;
};

/** As every door limits it, in UTF-16 units. */
const longestReason = 4000;

/** What is looked at of a frozen item; the digest is of exactly what is shown of it. */
export type KnownItem = AssignedItem &
  Pick<CampaignItem, 'entitlement' | 'resource' | 'subjectType'> & {
    readonly digest: string;
    /** To certify it takes a reason: it is or may be privileged, or a rule suggests something else. */
    readonly needsReason: boolean;
    /** Why it cannot be part of a decision on several items, in a sentence; null where it can. */
    readonly alone: string | null;
  };

/** @param digest of exactly what is shown of it */
export function knownItem(item: CampaignItem, digest: string): KnownItem {
  const { key, subject, subjectType, manager, owner, entitlement, resource } = item;
  const needsReason = mayBe(item.privileged) || suggestionFor(item) !== null;
  const alone = refusalAlone(item)?.sentence ?? null;
  return { key, subject, subjectType, manager, owner, entitlement, resource, digest, needsReason, alone };
}

export type MergeScene = {
  readonly record: CampaignRecord;
  readonly identities: Identities;
  /** The person of the campaign who signed the file, by the id the campaign uses. */
  readonly reviewer: string;
  /** Other names the file states to be the reviewer’s. They take items from the reviewer, and never give them any. */
  readonly ownNames: readonly string[];
  /** When decisions of this file can have been made. */
  readonly possible: PossibleTimes;
};

export type Fate =
  | {
      readonly fate: 'new';
      readonly decision: OfferedDecision;
      /** The item as it was frozen here, and by which rule it is whose. */
      readonly item: KnownItem;
      readonly ofRecord: string;
      readonly because: string;
      /** What is to be asked about it although it is taken over, in a sentence; null for nothing. */
      readonly remark: string | null;
    }
  | { readonly fate: 'known'; readonly decision: OfferedDecision }
  | {
      readonly fate: 'refused';
      readonly decision: OfferedDecision;
      readonly isSelfReview: boolean;
      readonly why: string;
    };

/** What is remembered of the decisions of a file: little, because there may be hundreds of thousands. */
type Seen = CountedDecision & { readonly item: string };

/**
 * Judges the decisions of a file one after the other, in its order. Which file comes first makes no difference: a decision is
 * judged by the frozen item, by who reviews it by rule, and by what its own maker decided before, never by what others did.
 * @returns given a decision and the frozen item it names, where the population has it
 */
export function decisionJudge(
  scene: MergeScene,
): (decision: OfferedDecision, item: KnownItem | undefined) => Fate {
  const statedNames = statedBy(scene);
  const isStatedOwn = statedOwn(scene, statedNames);
  const reviewersAt = reviewersInTime(scene, statedNames);
  const remarkOn = standInRemark(scene);
  const seen = new Map<string, Seen>();
  const numbers = new Set<string>();
  const faultTogether = togetherJudge();
  return (decision, item) => {
    const isRepeated = numbers.has(decision.id);
    numbers.add(decision.id);
    const earlier = scene.record.decisionsById.get(decision.id);
    const refused = (why: string, isSelfReview = false): Fate => ({
      fate: 'refused',
      decision,
      isSelfReview,
      why,
    });
    if (isRepeated)
      return refused('The file holds two decisions of this number; the first of them was looked at.');
    const together = faultTogether(decision, item);
    if (earlier !== undefined && isSame(scene, earlier, decision)) {
      if (item === undefined || !isStatedOwn(item)) return { fate: 'known', decision };
      return refused(
        'The reviewer now says to be the subject of this item. It came in an earlier file and stays on record, counts no longer, and the item is open again.',
        true,
      );
    }
    if (earlier !== undefined)
      return refused('Another decision of this number is on record already, and it says something else.');
    seen.set(decision.id, seenOf(decision, scene.reviewer));
    if (item === undefined) return refused('The frozen population of the campaign has no such item.');
    if (isOwn(scene, decision, item) || isStatedOwn(item))
      return refused('The reviewer is the subject of this item; nobody decides about themselves.', true);
    const fault =
      faultInTime(scene.possible, decision.decidedAt) ??
      faultInContent(scene, decision, item) ??
      together ??
      faultInCorrection(scene, decision, seen) ??
      null;
    if (fault !== null) return refused(fault);
    const found = reviewersAt(decision)(item, decision.payload.stage);
    if (!mayDecide(scene, found))
      return refused(
        'The item was not theirs to decide at that time: neither by the rule of its stage nor as a delegate.',
      );
    const ground = { ofRecord: found.person!.id, because: found.because };
    return { fate: 'new', decision, item, ...ground, remark: remarkOn(decision, ground.ofRecord) };
  };
}

function seenOf({ id, decidedAt, payload }: OfferedDecision, reviewer: string): Seen {
  const { item, stage, decision, supersedes } = payload;
  return { id, item, stage, decision, supersedes, decidedAt, reviewer };
}

/** The same decision as it is on record, in everything that was signed of it. */
const isSame = (
  { reviewer, identities }: MergeScene,
  known: DecidedItem,
  offered: OfferedDecision,
): boolean => isSamePerson(identities, known.reviewer, reviewer) && isAsSigned(known, offered);

function isOwn(
  { identities, reviewer }: MergeScene,
  { actor }: OfferedDecision,
  { subject }: KnownItem,
): boolean {
  return [reviewer, actor].some((id) => isSamePerson(identities, id, subject));
}

/** What is on record of names, and what this file adds. */
const statedBy = ({ record, reviewer, ownNames }: MergeScene): StatedNames =>
  withStatedNames(record.statedNames, reviewer, ownNames);

/** What is theirs by their own word, and by nothing this workspace knew. */
const statedOwn =
  ({ identities, reviewer }: MergeScene, statedNames: StatedNames) =>
  ({ subject }: KnownItem): boolean =>
    !isSamePerson(identities, reviewer, subject) && isOwnItem({ statedNames }, identities, reviewer, subject);

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
  if ((payload.reason ?? '').length > longestReason)
    return 'Its reason is longer than any that can be given.';
  return null;
}

/** Goes along with the decisions of a file: those made together are on items that are alike, and not too many. */
function togetherJudge() {
  const batches = new Map<string, { readonly first: KnownItem; included: number }>();
  return ({ payload }: OfferedDecision, item: KnownItem | undefined): string | null => {
    if (payload.batch === null || item === undefined) return null;
    const batch = batches.get(payload.batch) ?? { first: item, included: 0 };
    batches.set(payload.batch, batch);
    const refusal = refusalTogether(batch.first, item, batch.included);
    batch.included += 1;
    return refusal && `It was decided together with others. ${refusal.sentence}`;
  };
}

/** Nobody takes back what somebody else decided. */
function faultInCorrection(
  { record, identities, reviewer }: MergeScene,
  { id, payload }: OfferedDecision,
  seen: ReadonlyMap<string, Seen>,
): string | null {
  if (payload.supersedes === null) return null;
  if (payload.supersedes === id) return 'It corrects itself.';
  const here = record.decisionsById.get(payload.supersedes);
  const inFile = seen.get(payload.supersedes);
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
function reviewersInTime({ record, identities }: MergeScene, statedNames: StatedNames) {
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
    const question = { definition, identities, delegations, statedNames, atMicroseconds };
    const found = known.get(inForce) ?? reviewersOf(question);
    known.set(inForce, found);
    return found;
  };
}

/** Finds the items of a file that people have decided differently, with what is on record when it is asked. */
export type DisputeFinder = {
  /** To be told of every decision of the file whose item there is. */
  readonly add: (fate: Fate, item: KnownItem) => void;
  /** The keys of these items. */
  readonly keys: () => Iterable<string>;
  readonly isDisputed: (key: string) => boolean;
};

export function disputeFinder(scene: MergeScene): DisputeFinder {
  const { record, identities, reviewer } = scene;
  const statedNames = statedBy(scene);
  const added = new Map<string, { readonly subject: string; readonly decisions: CountedDecision[] }>();
  const decisionsOf = (key: string): readonly CountedDecision[] => [
    ...(record.decisions.get(key) ?? []),
    ...(added.get(key)?.decisions ?? []),
  ];
  return {
    add: (fate, { key, subject }) => {
      const known = added.get(key) ?? { subject, decisions: [] };
      added.set(key, known);
      if (fate.fate === 'new') known.decisions.push(seenOf(fate.decision, reviewer));
    },
    keys: () => added.keys(),
    isDisputed: (key) => {
      const subject = added.get(key)?.subject;
      if (subject === undefined || decisionsOf(key).length < 2) return false;
      const { definition, conflictClosings } = record;
      const merged = { definition, conflictClosings, statedNames, decisions: { get: decisionsOf } };
      return definition.stages.some((_, stage) => isInConflict(merged, { key, subject }, stage, identities));
    },
  };
}
