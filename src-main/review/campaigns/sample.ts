// Samples of a campaign's frozen population: drawn so that anybody can draw them again, and tested item by item.
import type { z } from 'zod';
import {
  campaignSampledPayload,
  type campaignSampleTestedPayload,
  type campaignSamplePreview,
  type CampaignSample,
  type CampaignSampleWish,
} from '#shared/model/campaign-sample.ts';
import { Problem } from '#shared/model/problem.ts';
import type { SamplingPlan } from '#shared/model/sampling.ts';
import { isSamePerson } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { planSteps } from '../sampling/plan.ts';
import { derivationOf } from '../work-papers/derivation.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { frozenFileOf, readFrozenKeys } from './frozen-file.ts';
import { readItems, type ItemStore } from './item-index.ts';
import { isOwnItem } from './own-names.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { campaignDrawRecipe, sampleAsItStands } from './sample-record.ts';
import { walkSteps } from './walk-steps.ts';

export type SamplingScene = { readonly ledger: Ledger; readonly workspace: string };

/** Draws without recording. @throws Problem `refused`, `invalid-input`, or as {@link readFrozenKeys} */
export async function planSample(
  workspace: string,
  record: CampaignRecord,
  wish: CampaignSampleWish,
): Promise<SamplingPlan> {
  if (record.opened === null)
    throw new Problem(
      'refused',
      'Only some items of this campaign came here, or it is a draft, so no sample can be drawn. Nothing was recorded.',
      {
        next: 'Draw it where the whole population was frozen.',
      },
    );
  const keys: string[] = [];
  for await (const some of readFrozenKeys(frozenFileOf(workspace, record))) keys.push(...some);
  const plan = await walkSteps(planSteps({ ...wish, keys }));
  if (plan.populationSha256 === record.opened.ipe.keysSha256) return plan;
  throw new Problem(
    'store-damaged',
    'The keys of the frozen population are not those the ledger names. No sample was drawn.',
    {
      next: 'Check the ledger (countersign ledger verify).',
    },
  );
}

export async function previewCampaignSample(
  { ledger, workspace }: SamplingScene,
  campaign: string,
  wish: CampaignSampleWish,
): Promise<z.infer<typeof campaignSamplePreview>> {
  const plan = await planSample(workspace, campaignOf(ledger.state(), campaign), wish);
  const { populationSize, populationSha256, size, seed } = plan;
  const recipe = campaignDrawRecipe(seed, size);
  return { populationSize, populationSha256, size, derivation: derivationOf(plan), recipe };
}

/** Draws a sample and puts it on record. @throws Problem as {@link planSample} */
export async function drawCampaignSample(
  { ledger, workspace }: SamplingScene,
  request: { readonly campaign: string; readonly purpose: string; readonly wish: CampaignSampleWish },
): Promise<CampaignSample> {
  const { campaign } = request;
  const purpose = request.purpose.toWellFormed().trim();
  if (purpose === '')
    throw new Problem('invalid-input', 'A sample needs a purpose: what is tested. Nothing was recorded.');
  const plan = await planSample(workspace, campaignOf(ledger.state(), campaign), request.wish);
  const [entry] = ledger.append((state) => {
    const { id, name } = requireReviewer(state);
    const payload = campaignSampledPayload.parse({ campaign, purpose, plan, byName: name });
    return [{ type: 'campaign-sampled', subject: campaign, actor: id, payload }];
  });
  return campaignSampleOf(campaignOf(ledger.state(), campaign), entry?.entry.id ?? '');
}

/** The newest last. */
export const campaignSamples = ({ samples, definition }: CampaignRecord): CampaignSample[] =>
  samples.map((sample) => sampleAsItStands(sample, definition.materiality));

/** @throws Problem `not-found` */
export function campaignSampleOf(record: CampaignRecord, id: string): CampaignSample {
  const found = campaignSamples(record).find((sample) => sample.id === id);
  if (found) return found;
  throw new Problem('not-found', 'This campaign has no such sample. Nothing was recorded.', {
    next: 'See which there are (countersign campaign samples CAMPAIGN).',
  });
}

export type SampleTest = {
  readonly campaign: string;
  readonly sample: string;
  readonly item: string;
  readonly result: z.infer<typeof campaignSampleTestedPayload>['result'];
  readonly note: string;
};

/**
 * Puts on record what testing one item of a sample showed; said again, the latest counts.
 * @throws Problem `refused` for the item's subject and for whoever decided it, `invalid-input` where a note is missing, `not-found`
 */
export async function testCampaignSample(
  { ledger, ...store }: ItemStore & { readonly ledger: Ledger },
  test: SampleTest,
): Promise<CampaignSample> {
  const note = test.note.toWellFormed().trim();
  if (test.result !== 'pass' && note === '')
    throw new Problem(
      'invalid-input',
      'A deviation, and an item that cannot be tested, need a note. Nothing was recorded.',
      {
        next: 'Say in a sentence what was found, or why it could not be tested.',
      },
    );
  const before = campaignOf(ledger.state(), test.campaign);
  const item = (await readItems(store, before, [test.item])).get(test.item);
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = campaignOf(state, test.campaign);
    if (item === undefined || !campaignSampleOf(record, test.sample).plan.drawn.includes(test.item))
      throw new Problem('not-found', 'This item was not drawn into the sample. Nothing was recorded.');
    const identities = campaignIdentities(state.independence.identities, record.definition);
    const involved = (record.decisions.get(test.item) ?? []).map(({ reviewer: by }) => by);
    const isOwn = isOwnItem(record, identities, reviewer.id, item.subject);
    if (isOwn || involved.some((id) => isSamePerson(identities, id, reviewer.id)))
      throw new Problem(
        'refused',
        'You are the subject of this item, or decided it, so somebody else tests it. Nothing was recorded.',
        {
          next: 'Let somebody test it who had no part in it.',
        },
      );
    const payload = { ...test, note, byName: reviewer.name };
    return [{ type: 'campaign-sample-tested', subject: test.campaign, actor: reviewer.id, payload }];
  });
  return campaignSampleOf(campaignOf(ledger.state(), test.campaign), test.sample);
}
