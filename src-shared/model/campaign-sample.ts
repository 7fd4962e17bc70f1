// Samples of a frozen population: as the ledger records them, and as they stand.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { sampleAssessment, samplingMethod, samplingPlan } from './sampling.ts';

const campaign = z.string().min(1);
const key = z.string().regex(/^[0-9a-f]{32}$/);

/** What a campaign-sampled entry holds; the entry's id names the sample. */
export const campaignSampledPayload = z.strictObject({
  campaign,
  /** What is tested, in a sentence. */
  purpose: z.string().trim().min(1).max(1000),
  plan: samplingPlan,
  byName: z.string(),
});

export const sampleResults = ['pass', 'deviation', 'not-testable'] as const;

/** One item of a sample, tested; the latest result of an item counts. */
export const campaignSampleTestedPayload = z.strictObject({
  campaign,
  sample: z.string().min(1),
  item: key,
  result: z.enum(sampleResults),
  /** Needed for everything but a pass. */
  note: z.string().max(4000),
  byName: z.string(),
});

export const campaignSampleWish = z.object({
  method: samplingMethod,
  /** Null takes the hash of the keys, which nobody can choose. */
  seed: samplingPlan.shape.seed.nullable().default(null),
  /** Another size than the method gives. */
  size: z.number().int().min(1).nullable().default(null),
});
export type CampaignSampleWish = z.infer<typeof campaignSampleWish>;

export const campaignSample = z.object({
  id: z.string(),
  purpose: z.string(),
  drawnAt: instant,
  drawnBy: z.string(),
  plan: samplingPlan,
  /** Why it has this size. */
  derivation: z.string(),
  /** What a third party types into a shell, beside population.jsonl, to draw the same. */
  recipe: z.string(),
  /** In the order in which they were drawn; the latest result of each. */
  items: z.array(
    z.object({
      key,
      result: z.enum(sampleResults).nullable(),
      note: z.string(),
      by: z.string().nullable(),
      at: instant.nullable(),
    }),
  ),
  counts: z.object({
    pass: z.number().int(),
    deviation: z.number().int(),
    notTestable: z.number().int(),
    untested: z.number().int(),
  }),
  /** Null for a judgemental sample, and until every item is tested. */
  assessment: sampleAssessment.nullable(),
  /** Deviations up to so many are noted and not reported; null where nobody set a threshold. */
  materiality: z.object({ deviations: z.number().int(), isExceeded: z.boolean() }).nullable(),
  conclusion: z.string(),
});
export type CampaignSample = z.infer<typeof campaignSample>;

export const campaignSamplePreview = campaignSample
  .pick({ derivation: true, recipe: true })
  .extend(samplingPlan.pick({ populationSize: true, populationSha256: true, size: true }).shape);
