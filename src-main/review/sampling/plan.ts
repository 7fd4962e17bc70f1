// Makes a sampling plan and makes it again: everything in it follows from the population, the method and the seed.
import { Problem } from '#shared/model/problem.ts';
import type { SamplingMethod, SamplingPlan } from '#shared/model/sampling.ts';
import { attributeSampleSize } from './attribute.ts';
import { drawSteps, hashSteps, lastOf } from './draw.ts';
import { judgementalSize } from './judgemental.ts';

export type SamplingRequest = {
  readonly method: SamplingMethod;
  readonly keys: readonly string[];
  /** Null takes the hash of the population, which nobody can choose. */
  readonly seed: string | null;
  /** Another size than the method gives; a judgement, and only ever more where it is computed. */
  readonly size: number | null;
};

/** How many items the method asks for. */
export function methodSize(method: SamplingMethod, populationSize: number): number {
  return method.kind === 'judgemental'
    ? judgementalSize(method.frequency, populationSize).usual
    : attributeSampleSize(method, populationSize);
}

/**
 * How many items a plan takes.
 * @param size null takes what the method gives
 * @throws Problem `invalid-input` or `refused`, as the drawing does
 */
export function plannedSize(method: SamplingMethod, size: number | null, populationSize: number): number {
  if (populationSize === 0)
    throw new Problem('refused', 'There is nothing to draw a sample from: the population is empty.');
  const computed = methodSize(method, populationSize);
  const chosen = Math.min(size ?? computed, populationSize);
  const fault = faultInSize(method, chosen, computed);
  if (fault !== null) throw new Problem('invalid-input', fault);
  return chosen;
}

/** @throws Problem `invalid-input` or `refused`; nothing is drawn then. */
export const makeSamplingPlan = (request: SamplingRequest): SamplingPlan => lastOf(planSteps(request));

/** The same in steps, for hundreds of thousands of keys. */
export function* planSteps({
  method,
  keys,
  seed,
  size,
}: SamplingRequest): Generator<undefined, SamplingPlan> {
  const chosen = plannedSize(method, size, keys.length);
  const populationSha256 = yield* hashSteps(keys);
  const used = seed ?? populationSha256;
  return {
    method,
    populationSize: keys.length,
    populationSha256,
    size: chosen,
    seed: used,
    seedSource: seed === null ? 'population' : 'auditor',
    drawn: yield* drawSteps(keys, used, chosen),
  };
}

function faultInSize(method: SamplingMethod, chosen: number, computed: number): string | null {
  if (chosen < 1) return 'A sample holds at least one item.';
  if (method.kind === 'attribute' && chosen < computed)
    return `The method asks for ${computed} items; with ${chosen} it could not give the stated confidence.`;
  if (method.kind === 'judgemental' && chosen !== computed && method.reason === null)
    return `The usual size is ${computed}; say why ${chosen} is taken instead.`;
  return null;
}

/** Says what about a plan does not follow from the population it names, or null when all of it does. */
export const faultInPlan = (plan: SamplingPlan, keys: readonly string[]): string | null =>
  lastOf(planFaultSteps(plan, keys));

/** The same in steps. */
export function* planFaultSteps(
  plan: SamplingPlan,
  keys: readonly string[],
): Generator<undefined, string | null> {
  if (plan.populationSize !== keys.length || plan.populationSha256 !== (yield* hashSteps(keys)))
    return 'The sample was drawn from another population.';
  if (plan.seedSource === 'population' && plan.seed !== plan.populationSha256)
    return 'The seed is said to be the hash of the population, and is not.';
  const computed = methodSize(plan.method, plan.populationSize);
  const fault = faultInSize(plan.method, plan.size, computed);
  if (fault !== null) return fault;
  const again = yield* drawSteps(keys, plan.seed, plan.size);
  const isSame = again.length === plan.drawn.length && again.every((key, place) => key === plan.drawn[place]);
  return isSame ? null : 'Other items were drawn than the seed gives.';
}
