// What the ledger says about the samples of a campaign, and what follows from it.
import type { z } from 'zod';
import {
  campaignSampledPayload,
  campaignSampleTestedPayload,
  type CampaignSample,
} from '#shared/model/campaign-sample.ts';
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { assessSample } from '../sampling/attribute.ts';
import { drawRecipe } from '../sampling/draw.ts';
import { conclusionOf, derivationOf } from '../work-papers/derivation.ts';

type Tested = z.infer<typeof campaignSampleTestedPayload> & { readonly by: string; readonly at: string };

export type SampleRecord = z.infer<typeof campaignSampledPayload> & {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  /** By key of the item, oldest first; the latest counts. */
  readonly tests: Map<string, Tested[]>;
};

/** Applies an entry about samples to those of its campaign; entries about anything else change nothing. */
export function applySampleEntry(
  samples: SampleRecord[],
  { type, payload, id, actor: by, wall_time: at }: LedgerEntry,
): void {
  if (type === 'campaign-sampled')
    samples.push({ ...campaignSampledPayload.parse(payload), id, by, at, tests: new Map() });
  if (type !== 'campaign-sample-tested') return;
  const test = { ...campaignSampleTestedPayload.parse(payload), by, at };
  const tests = samples.find((sample) => sample.id === test.sample)?.tests;
  tests?.set(test.item, [...(tests.get(test.item) ?? []), test]);
}

/** Takes the keys out of population.jsonl: inside texts every quotation mark has a backslash before it, so no text matches. */
const keysRecipe = `grep -o '"key":"[0-9a-f]\\{32\\}"' population.jsonl | cut -c8-39 > keys.txt`;

/** What a third party types into a shell, in the folder of population.jsonl, to draw the same. */
export const campaignDrawRecipe = (seed: string, size: number): string =>
  [keysRecipe, 'LC_ALL=C sort keys.txt | sha256sum', drawRecipe(seed, size)].join('\n');

/** A sample as it stands. What cannot be tested counts as a deviation. */
export function sampleAsItStands(
  { tests, plan, id, purpose, at: drawnAt, byName: drawnBy }: Omit<SampleRecord, 'campaign'>,
  materiality: CampaignDefinition['materiality'],
): CampaignSample {
  const items = plan.drawn.map((key) => {
    const last = tests.get(key)?.at(-1);
    return {
      key,
      result: last?.result ?? null,
      note: last?.note ?? '',
      by: last?.byName ?? null,
      at: last?.at ?? null,
    };
  });
  const count = (wanted: CampaignSample['items'][number]['result']): number =>
    items.filter(({ result }) => result === wanted).length;
  const counts = {
    pass: count('pass'),
    deviation: count('deviation'),
    notTestable: count('not-testable'),
    untested: count(null),
  };
  const deviations = counts.deviation + counts.notTestable;
  const assessment =
    plan.method.kind === 'attribute' && counts.untested === 0
      ? assessSample(plan.method, plan.populationSize, items.length, deviations)
      : null;
  return {
    id,
    purpose,
    drawnAt,
    drawnBy,
    plan,
    derivation: derivationOf(plan),
    recipe: campaignDrawRecipe(plan.seed, plan.size),
    items,
    counts,
    assessment,
    materiality: materiality && {
      deviations: materiality.deviations,
      isExceeded: deviations > materiality.deviations,
    },
    conclusion: conclusionOf(plan, counts, assessment),
  };
}
