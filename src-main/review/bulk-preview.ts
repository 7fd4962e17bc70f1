// What one decision on several items would cover: only what is alike, and only what nobody has to look at by itself.
import type { DecisionKind, Review } from '#shared/model/review.ts';
import type { BulkPreview } from '#shared/model/triage.ts';
import { rulesForDecision } from './four-eyes.ts';
import { isOwnAction } from './independence.ts';
import type { LedgerState } from './projection.ts';

/** The most items one decision may cover; `reviews.decide` takes no more. */
export const bulkCap = 100;

type Refusal = BulkPreview['leftOut'][number];

export type BulkScene = {
  readonly state: LedgerState;
  /** The item of an id as the queue lists it. */
  readonly reviewOf: (id: string) => Review | undefined;
  /** As the event states it; null where it states none or is not mirrored. */
  readonly actorTypeOf: (review: Review) => string | null;
  /** Whether an open finding cites the event. */
  readonly isCited: (review: Review) => boolean;
};

/** Without a decision it says what could be decided together at all. */
export function previewBulk(
  scene: BulkScene,
  ids: readonly string[],
  decision: DecisionKind | undefined,
): BulkPreview {
  const { state } = scene;
  const included: Review[] = [];
  const leftOut: Refusal[] = [];
  let group: BulkPreview['group'] = null;
  for (const id of new Set(ids)) {
    const review = scene.reviewOf(id);
    const alone = refusalAlone(scene, id, review);
    if (alone !== null || review === undefined) {
      if (alone !== null) leftOut.push(alone);
      continue;
    }
    group ??= { action: review.action, actorType: scene.actorTypeOf(review) };
    const together = refusalTogether(scene, review, group, included.length);
    if (together === null) included.push(review);
    else leftOut.push(together);
  }
  const needing = (review: Review) =>
    decision !== undefined &&
    rulesForDecision(state.independence.fourEyes, { ...review, decision }).length > 0;
  return {
    group,
    cap: bulkCap,
    included,
    leftOut,
    actors: actorsIn(included),
    needsReason: included.length > 1 || (decision !== undefined && decision !== 'certify'),
    awaitSecond: included.filter(needing).length,
  };
}

function refusalAlone(scene: BulkScene, id: string, review: Review | undefined): Refusal | null {
  const { reviewer } = scene.state;
  if (review === undefined) return { id, why: 'unknown', sentence: 'There is no such item in the queue.' };
  if (review.status !== 'pending')
    return { id, why: 'not-open', sentence: 'It is not open any more, so it is decided by itself.' };
  if (reviewer !== null && isOwnAction(scene.state, review.actor, reviewer.id))
    return { id, why: 'own-action', sentence: 'You took this action yourself, so somebody else reviews it.' };
  if (review.undecidable !== undefined) return { id, why: 'undecidable', sentence: review.undecidable };
  if (scene.isCited(review))
    return { id, why: 'finding', sentence: 'An open finding is about it, so it is decided by itself.' };
  return null;
}

function refusalTogether(
  scene: BulkScene,
  review: Review,
  group: NonNullable<BulkPreview['group']>,
  included: number,
): Refusal | null {
  const { id } = review;
  if (review.action !== group.action)
    return { id, why: 'other-action', sentence: 'It is another action than the first item.' };
  if (scene.actorTypeOf(review) !== group.actorType)
    return { id, why: 'other-actor-type', sentence: 'Another type of actor took it than the first item’s.' };
  if (included >= bulkCap)
    return { id, why: 'beyond-cap', sentence: `At most ${bulkCap} items are decided together.` };
  return null;
}

function actorsIn(included: readonly Review[]): BulkPreview['actors'] {
  return [...Map.groupBy(included, ({ actor }) => actor ?? '')]
    .map(([actor, items]) => ({ actor, actorName: items[0]!.actorName, items: items.length }))
    .toSorted((a, b) => b.items - a.items || (a.actor < b.actor ? -1 : 1));
}
