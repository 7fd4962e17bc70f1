// Where an item stands: which decisions count, what they come to, and which stage is to decide next.
import type { CampaignItem, TriState } from '#shared/model/campaign.ts';
import { finalDecisionKinds, type DecisionKind } from '#shared/model/review.ts';
import type { Identities } from '../aliases.ts';
import { stagePlace, type CampaignRecord, type DecidedItem } from './campaign-state.ts';
import { isOwnItem } from './own-names.ts';

/**
 * decided: what it comes to is final · open: nobody decided the stage it is in · undecided: its last stage abstained or escalated ·
 * disagreed: its stages did not come to the same · conflict: two people decided one stage differently, and nobody said which stands.
 */
export type ItemState = 'decided' | 'open' | 'undecided' | 'disagreed' | 'conflict';

export type ItemStanding = {
  readonly state: ItemState;
  /** The stage to decide next, or the last one that did. */
  readonly stage: number;
  readonly outcome: DecisionKind | null;
  /** What stands of each stage, by its number; null where nothing does. */
  readonly decisions: readonly (DecidedItem | null)[];
  /** Decisions that do not count, because whoever made them is the item's subject. */
  readonly own: readonly DecidedItem[];
};

/** What of a decision says whether it counts. */
export type CountedDecision = Pick<
  DecidedItem,
  'id' | 'stage' | 'decision' | 'reviewer' | 'decidedAt' | 'supersedes'
>;

/** What of a campaign says where its items stand. */
export type JudgedCampaign<Decision extends CountedDecision = DecidedItem> = Pick<
  CampaignRecord,
  'conflictClosings' | 'statedNames'
> & {
  readonly decisions: { readonly get: (item: string) => readonly Decision[] | undefined };
  readonly definition: Pick<CampaignRecord['definition'], 'stages' | 'policy'>;
};

export type ReviewedItem = Pick<CampaignItem, 'key' | 'subject'>;

/**
 * Everything in a stage that nothing corrects and that counts: one, or several where people decided it apart from each other.
 * Ordered by when they were decided, then by id.
 */
export function standingDecisions<Decision extends CountedDecision>(
  record: JudgedCampaign<Decision>,
  item: ReviewedItem,
  stage: number,
  identities: Identities,
): Decision[] {
  const all = record.decisions.get(item.key) ?? [];
  const ofStage = all.filter(
    (decision) => decision.stage === stage && !isOwnItem(record, identities, decision.reviewer, item.subject),
  );
  const corrected = new Set(ofStage.map(({ supersedes }) => supersedes));
  return ofStage
    .filter(({ id }) => !corrected.has(id))
    .toSorted((a, b) => (a.decidedAt === b.decidedAt ? order(a.id, b.id) : order(a.decidedAt, b.decidedAt)));
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * What stands of a stage, or null. Where several do: the one a person said stands; else the first final one, else the first.
 * Whether that leaves a conflict to be closed is {@link isInConflict}.
 */
export function currentDecision(
  record: JudgedCampaign,
  item: ReviewedItem,
  stage: number,
  identities: Identities,
): DecidedItem | null {
  const standing = standingDecisions(record, item, stage, identities);
  const chosen = record.conflictClosings.get(stagePlace(item.key, stage))?.stands;
  return (
    standing.find(({ id }) => id === chosen) ??
    standing.find(({ decision }) => finalDecisionKinds.includes(decision)) ??
    standing[0] ??
    null
  );
}

/** True where people decided one stage of an item differently, and nobody said which decision stands. */
export function isInConflict(
  record: JudgedCampaign<CountedDecision>,
  item: ReviewedItem,
  stage: number,
  identities: Identities,
): boolean {
  const standing = standingDecisions(record, item, stage, identities);
  const chosen = record.conflictClosings.get(stagePlace(item.key, stage))?.stands;
  if (standing.some(({ id }) => id === chosen)) return false;
  return new Set(standing.map(({ decision }) => decision)).size > 1;
}

/**
 * Goes through the stages in order. Under “first-final” the first stage with a final decision decides the item; a stage that
 * abstained or escalated hands it on to the next. Under “all-agree” every stage has to decide, and all to the same.
 */
export function standingOf(record: JudgedCampaign, item: ReviewedItem, identities: Identities): ItemStanding {
  const { stages, policy } = record.definition;
  const all = record.decisions.get(item.key);
  if (all === undefined)
    return { state: 'open', stage: 0, outcome: null, decisions: stages.map(() => null), own: [] };
  const own = all.filter(({ reviewer }) => isOwnItem(record, identities, reviewer, item.subject));
  const decisions = stages.map((_, stage) => currentDecision(record, item, stage, identities));
  const inConflict = stages.findIndex((_, stage) => isInConflict(record, item, stage, identities));
  const come = policy === 'first-final' ? firstFinal(decisions) : allAgree(decisions);
  if (inConflict !== -1 && inConflict <= come.stage)
    return { state: 'conflict', stage: inConflict, outcome: null, decisions, own };
  return { ...come, decisions, own };
}

type Come = Pick<ItemStanding, 'state' | 'stage' | 'outcome'>;
type Decisions = readonly (DecidedItem | null)[];

const isFinal = (decision: DecidedItem): boolean => finalDecisionKinds.includes(decision.decision);

function firstFinal(decisions: Decisions): Come {
  for (const [stage, decision] of decisions.entries()) {
    if (decision === null) return { state: 'open', stage, outcome: null };
    if (isFinal(decision)) return { state: 'decided', stage, outcome: decision.decision };
  }
  return { state: 'undecided', stage: decisions.length - 1, outcome: null };
}

function allAgree(decisions: Decisions): Come {
  const kinds = new Set<DecisionKind>();
  for (const [stage, decision] of decisions.entries()) {
    if (decision === null) return { state: 'open', stage, outcome: null };
    if (!isFinal(decision)) return { state: 'undecided', stage, outcome: null };
    kinds.add(decision.decision);
  }
  const [outcome = null] = kinds;
  const stage = decisions.length - 1;
  return kinds.size === 1
    ? { state: 'decided', stage, outcome }
    : { state: 'disagreed', stage, outcome: null };
}

/** True unless it is known not to be so: what nobody knows is never taken for harmless. */
export const mayBe = (value: TriState): boolean => value !== 'no';
