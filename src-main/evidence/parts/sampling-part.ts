// data/sampling.json: the sample of items that was drawn from the population, or that none was.
import { z } from 'zod';
import { samplingPlan, type SamplingPlan } from '#shared/model/sampling.ts';
import { makeSamplingPlan } from '../../review/sampling/plan.ts';
import type { PackSource } from '../pack-source.ts';
import { definePart, type PayloadPart } from '../payload-part.ts';

export const noSampleText =
  'No sample was drawn. Every item of the population is in this pack with its decision, or marked as undecided.';
export const sampleText =
  'Drawn from the ids of all items in data/population.jsonl: those whose SHA-256(seed followed by id) is smallest. Every item of the population is in this pack all the same.';

export const samplingFile = z.strictObject({
  /** Null when no sample was drawn. */
  plan: samplingPlan.nullable(),
  meaning: z.string(),
});
export type SamplingFile = z.infer<typeof samplingFile>;

function planOf({ sampling, items }: PackSource): SamplingPlan | null {
  if (sampling === undefined) return null;
  const keys = Array.from(items(), ({ item }) => item.id);
  return makeSamplingPlan({ ...sampling, keys, size: sampling.size ?? null });
}

export const samplingPart: PayloadPart<SamplingFile> = definePart({
  name: 'data/sampling.json',
  line: samplingFile,
  isSingle: true,
  isOptional: true,
  from: (source) => {
    const plan = planOf(source);
    return [{ plan, meaning: plan === null ? noSampleText : sampleText }];
  },
});
