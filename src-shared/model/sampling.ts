// A sample of a population: by which method, how many and why so many, drawn by what seed, and what testing it showed.
import { z } from 'zod';

/** How often a control is performed; judgement then says how many occurrences are tested. */
export const controlFrequencies = [
  'annual',
  'quarterly',
  'monthly',
  'weekly',
  'daily',
  'several-a-day',
  'ad-hoc',
] as const;
export type ControlFrequency = (typeof controlFrequencies)[number];

/** A share between 0 and 1 with at most four decimals, so that a part of a population is a whole number or not, beyond rounding. */
const share = z
  .number()
  .gt(0)
  .lt(1)
  .refine((value) => Math.abs(value * 10_000 - Math.round(value * 10_000)) < 1e-9, {
    message: 'A rate has at most four decimals.',
  });

export const judgementalMethod = z.strictObject({
  kind: z.literal('judgemental'),
  frequency: z.enum(controlFrequencies),
  /** Where somebody chose another size than the usual one, why. */
  reason: z.string().min(1).nullable(),
});

export const attributeMethod = z.strictObject({
  kind: z.literal('attribute'),
  /** How sure one wants to be, such as 0.95. */
  confidence: share,
  /** The share of deviations that would just be too many, such as 0.05. */
  tolerableRate: share,
  /** So many deviations may turn up in the sample before the population fails. */
  allowedDeviations: z.number().int().min(0).max(1000),
  /** Finite populations need fewer: hypergeometric; binomial takes the population for endless. */
  model: z.enum(['binomial', 'hypergeometric']),
});

export const samplingMethod = z.discriminatedUnion('kind', [judgementalMethod, attributeMethod]);
export type SamplingMethod = z.infer<typeof samplingMethod>;
export type AttributeMethod = z.infer<typeof attributeMethod>;

export const samplingPlan = z.strictObject({
  method: samplingMethod,
  populationSize: z.number().int().min(1),
  /** SHA-256 over the keys of the population, sorted by their bytes, each followed by a line feed. */
  populationSha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().min(1),
  /** One line of printable characters. */
  seed: z
    .string()
    .regex(
      /^[\x20-\x7e]{1,256}$/,
      'has to be 1 to 256 letters, digits and signs of ASCII, without line ends',
    ),
  /** Whether nobody could choose the seed, or an auditor gave it. */
  seedSource: z.enum(['population', 'auditor']),
  /** Keys of what was drawn, in the order of their hashes. */
  drawn: z.array(z.string()),
});
export type SamplingPlan = z.infer<typeof samplingPlan>;

export const sampleAssessment = z.strictObject({
  tested: z.number().int().min(0),
  deviations: z.number().int().min(0),
  /** With the stated confidence there are no more deviations in the population than this share. */
  upperLimit: z.number().min(0).max(1),
  /** Whether the upper limit stays below the tolerable rate. */
  isSupported: z.boolean(),
});
export type SampleAssessment = z.infer<typeof sampleAssessment>;
