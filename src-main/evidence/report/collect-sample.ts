// The sample of a pack and what was decided about the items that were drawn.
import { decisionKinds, type DecisionKind } from '#shared/model/review.ts';
import type { SampleAssessment, SamplingPlan } from '#shared/model/sampling.ts';
import { assessSample } from '../../review/sampling/attribute.ts';
import { numberColumn } from '../column.ts';
import { keyIndex } from '../key-index.ts';
import { firstOf, type Listed } from './collect-first.ts';

export type DrawnRow = { readonly review: string; readonly decision: DecisionKind | null };

export type SampleRows = {
  readonly plan: SamplingPlan;
  readonly drawn: Listed<DrawnRow>;
  /** Of the items drawn. */
  readonly byDecision: ReadonlyMap<DecisionKind | null, number>;
  /** Drawn items whose access was found wrong: decided “revoke” or “modify”. */
  readonly deviations: number;
  /** Drawn items without a decision, abstained from, or escalated: no result yet. */
  readonly unsettled: number;
  /** Null where the method states no confidence, or some items have no result. */
  readonly assessment: SampleAssessment | null;
};

const listedDrawn = 200;
const noDecision = decisionKinds.length;

/** Keeps some 40 bytes an item, because the sample comes after the items. */
export function collectSample() {
  const items = keyIndex();
  const decisions = numberColumn();
  const decisionOf = (review: string): DecisionKind | null =>
    decisionKinds[decisions.get(items.find(review))] ?? null;
  let sample: SampleRows | null = null;
  return {
    addItem: (review: string, decision: DecisionKind | null): void =>
      decisions.set(items.add(review), decision === null ? noDecision : decisionKinds.indexOf(decision)),
    addPlan: (plan: SamplingPlan | null): void => {
      sample = plan === null ? null : sampleOf(plan, decisionOf, items.size());
    },
    sample: (): SampleRows | null => sample,
  };
}

function sampleOf(
  plan: SamplingPlan,
  decisionOf: (review: string) => DecisionKind | null,
  populationSize: number,
): SampleRows {
  const drawn = firstOf<DrawnRow>(listedDrawn);
  const byDecision = new Map<DecisionKind | null, number>([...decisionKinds, null].map((kind) => [kind, 0]));
  for (const review of plan.drawn) {
    const decision = decisionOf(review);
    drawn.add({ review, decision });
    byDecision.set(decision, (byDecision.get(decision) ?? 0) + 1);
  }
  const count = (...kinds: (DecisionKind | null)[]): number =>
    kinds.reduce((sum, kind) => sum + (byDecision.get(kind) ?? 0), 0);
  const deviations = count('revoke', 'modify');
  const unsettled = count(null, 'abstain', 'escalate');
  // A plan that does not fit its population is found by the check of the sample; nothing is computed from it.
  const fits = plan.populationSize === populationSize && plan.drawn.length <= populationSize;
  return {
    plan,
    byDecision,
    deviations,
    unsettled,
    drawn: drawn.listed(),
    assessment:
      plan.method.kind === 'attribute' && unsettled === 0 && fits
        ? assessSample(plan.method, populationSize, plan.drawn.length, deviations)
        : null,
  };
}
