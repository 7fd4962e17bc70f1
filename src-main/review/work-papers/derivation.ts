// Says in words why a sample has the size it has, and what its tests say about the population.
import type { AttributeMethod, SampleAssessment, SamplingPlan } from '#shared/model/sampling.ts';
import { judgementalSize } from '../sampling/judgemental.ts';
import { methodSize } from '../sampling/plan.ts';

/** `12.5 %`; a limit is never rounded down. */
const percentUp = (share: number): string =>
  `${(Math.ceil(share * 1000 - 1e-9) / 10).toLocaleString('en-GB')} %`;
const percent = (share: number): string => `${(Math.round(share * 10_000) / 100).toLocaleString('en-GB')} %`;

const items = (count: number): string => `${count.toLocaleString('en-GB')} ${count === 1 ? 'item' : 'items'}`;
const deviations = (count: number): string => `${count} ${count === 1 ? 'deviation' : 'deviations'}`;

const frequencyWords = {
  annual: 'once a year',
  quarterly: 'quarterly',
  monthly: 'monthly',
  weekly: 'weekly',
  daily: 'daily',
  'several-a-day': 'several times a day',
  'ad-hoc': 'as the need arises',
} as const;

export type SizedPlan = Pick<SamplingPlan, 'method' | 'populationSize' | 'size'>;

/** @throws Problem as {@link methodSize} */
export function derivationOf({ method, populationSize, size }: SizedPlan): string {
  if (method.kind === 'judgemental') {
    const { usual, least, most } = judgementalSize(method.frequency, populationSize);
    const custom = `Judgemental: a control performed ${frequencyWords[method.frequency]} over ${items(populationSize)} is usually tested on ${usual} (in practice ${least} to ${most}).`;
    return size === usual ? custom : `${custom} ${items(size)} were chosen instead: ${method.reason ?? ''}`;
  }
  const computed = methodSize(method, populationSize);
  const whole = `Attribute: ${percent(method.confidence)} confidence, tolerable rate ${percent(method.tolerableRate)}, ${deviations(method.allowedDeviations)} expected at most, ${modelWords(method)}. The smallest sample that tells is ${items(computed)} of ${populationSize.toLocaleString('en-GB')}.`;
  return size === computed ? whole : `${whole} ${items(size)} were taken, which is more.`;
}

const modelWords = ({ model }: AttributeMethod): string =>
  model === 'binomial'
    ? 'binomial, as if the population were endless'
    : 'hypergeometric, for a population of this size';

export type TestCounts = {
  readonly pass: number;
  readonly deviation: number;
  readonly notTestable: number;
  readonly untested: number;
};

/** What was found, and what follows for the population. */
export function conclusionOf(
  { method, size }: Pick<SamplingPlan, 'method' | 'size'>,
  counts: TestCounts,
  assessment: SampleAssessment | null,
): string {
  const { pass, deviation, notTestable, untested } = counts;
  const found = `${pass} passed, ${deviations(deviation)}, ${notTestable} not testable`;
  if (untested > 0)
    return `${size - untested} of ${items(size)} tested: ${found}. Nothing follows before all are.`;
  if (method.kind === 'judgemental' || assessment === null)
    return `${found}. A judgemental sample says nothing about a rate in the population.`;
  const { upperLimit, isSupported } = assessment;
  const counted = notTestable > 0 ? ' (what cannot be tested counts as a deviation)' : '';
  const limit = `With ${percent(method.confidence)} confidence at most ${percentUp(upperLimit)} of the population deviate${counted}`;
  return isSupported
    ? `${found}. ${limit}: below the tolerable rate of ${percent(method.tolerableRate)}.`
    : `${found}. ${limit}: the tolerable rate of ${percent(method.tolerableRate)} is not shown to be kept.`;
}
