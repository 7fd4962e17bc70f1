// What a pack says about access reviews: every campaign as the ledger tells it, and every item of its frozen population with what stands.
import { z } from 'zod';
import {
  attestation,
  campaignDefinition,
  campaignIpe,
  campaignItem,
  campaignStates,
  delegation,
  remediation,
} from '#shared/model/campaign.ts';
import {
  campaignClosedPayload,
  campaignOpenedPayload,
  closingCounts,
} from '#shared/model/campaign-entries.ts';
import { reviewerIndicators } from '#shared/model/campaign-indicators.ts';
import { recheckStates } from '#shared/model/campaign-follow-up.ts';
import { sampleResults } from '#shared/model/campaign-sample.ts';
import { itemStates } from '#shared/model/campaign-view.ts';
import {
  touchesPack,
  type CampaignsSaid,
  type CampaignsWish,
  type PackSpan,
} from '#shared/model/pack-campaigns.ts';
import { decisionKind } from '#shared/model/review.ts';
import { sampleAssessment, samplingPlan } from '#shared/model/sampling.ts';
import { instant } from '#shared/time/instant.ts';
import type { Identities } from '../../review/aliases.ts';
import type { CampaignRecord, CampaignsState } from '../../review/campaigns/campaign-state.ts';
import { indicatorsOf } from '../../review/campaigns/indicators.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { sampleAsItStands, type SampleRecord } from '../../review/campaigns/sample-record.ts';
import { tallySteps } from '../../review/campaigns/tally-steps.ts';
import {
  campaignConduct,
  campaignConflicts,
  campaignCorrections,
  campaignImports,
  conductOf,
  conflictsOf,
  correctionsOf,
  importsOf,
} from './campaign-course.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Numbers and choices only: a sentence made of them may read otherwise in another version of the program. */
export const campaignLine = z.strictObject({
  campaign: z.string(),
  definition: campaignDefinition,
  state: z.enum(campaignStates),
  openedAt: instant,
  openedBy: z.string(),
  openedByName: z.string(),
  /** Identity of the database; null for a file that was handed over. */
  source: campaignOpenedPayload.shape.source,
  flags: campaignOpenedPayload.shape.flags,
  privileged: campaignOpenedPayload.shape.privileged,
  withoutMeaning: campaignOpenedPayload.shape.withoutMeaning,
  /** Why it was opened although some entitlements have no meaning in plain words; null where nobody was asked. */
  withoutMeanings: campaignOpenedPayload.shape.withoutMeanings.unwrap().nullable(),
  /** Why it was opened with nothing in it; absent where there is something, or nobody was asked. */
  emptyBecause: campaignOpenedPayload.shape.emptyBecause,
  ipe: campaignIpe,
  dueOn: campaignOpenedPayload.shape.dueOn,
  previous: campaignOpenedPayload.shape.previous,
  difference: campaignOpenedPayload.shape.difference,
  delegations: z.array(delegation),
  /** Of what stands now. */
  counts: closingCounts,
  outcomesSha256: sha256,
  attestations: z.array(attestation.extend({ outcomesSha256: sha256 })),
  closed: campaignClosedPayload.omit({ campaign: true }).extend({ by: z.string(), at: instant }).nullable(),
  remediations: z.array(remediation),
  rechecks: z.array(
    z.strictObject({
      number: z.number().int(),
      at: instant,
      by: z.string(),
      byName: z.string(),
      sha256,
      items: z.number().int(),
      results: z.array(z.strictObject({ item: z.string(), state: z.enum(recheckStates) })),
      /** Rights that population cannot show. */
      unknown: z.number().int(),
    }),
  ),
  samples: z.array(
    z.strictObject({
      id: z.string(),
      purpose: z.string(),
      plan: samplingPlan,
      /** The latest of each item that was tested, in the order of the drawing. */
      results: z.array(
        z.strictObject({
          item: z.string(),
          result: z.enum(sampleResults),
          note: z.string(),
          by: z.string(),
          byName: z.string(),
          at: instant,
        }),
      ),
      assessment: sampleAssessment.nullable(),
    }),
  ),
  indicators: z.array(reviewerIndicators.omit({ sentences: true }).strict()),
  conduct: campaignConduct,
  corrections: campaignCorrections,
  conflicts: campaignConflicts,
  imports: campaignImports,
});
export type CampaignLine = z.infer<typeof campaignLine>;

/** The item is the line of the frozen file; the hash of all of them, each with a line feed, is `ipe.sha256`. */
export const campaignItemLine = z.strictObject({
  campaign: z.string(),
  item: campaignItem,
  state: z.enum(itemStates),
  outcome: decisionKind.nullable(),
  /** By stage, the id of what stands in it. */
  decisions: z.array(z.string().nullable()),
});
export type CampaignItemLine = z.infer<typeof campaignItemLine>;

export type OpenedCampaign = CampaignRecord & { readonly opened: NonNullable<CampaignRecord['opened']> };

/** Those whose population was frozen here, in the order in which they were defined. */
export const openedCampaigns = ({ byId }: CampaignsState): OpenedCampaign[] =>
  [...byId.values()].filter((record): record is OpenedCampaign => record.opened !== null);

/** Those of the opened ones that a pack does not hold. */
export const leftOutOf = (
  opened: readonly OpenedCampaign[],
  packed: readonly OpenedCampaign[],
): CampaignsSaid['leftOut'] =>
  opened
    .filter((record) => !packed.includes(record))
    .map(({ id, definition }) => ({ campaign: id, name: definition.name }));

/** Whether a campaign goes into a pack of this span of time, by this wish. */
export function isWished(
  { id, definition, opened, closed }: OpenedCampaign,
  wish: CampaignsWish,
  span: PackSpan,
): boolean {
  if (wish.choice === 'chosen') return wish.campaigns.includes(id);
  if (wish.choice !== 'overlapping') return wish.choice === 'all';
  return touchesPack({ period: definition.period, openedAt: opened.at, closedAt: closed?.at ?? null }, span);
}

/** In steps: every decision is looked at several times. @param known who is whom, by the end of the ledger */
export function* campaignLineOf(
  record: OpenedCampaign,
  known: Identities,
): Generator<undefined, CampaignLine> {
  const { id, definition, state, opened, closed } = record;
  const identities = campaignIdentities(known, definition);
  const { counts, outcomesSha256 } = yield* tallySteps(record, identities);
  const indicators = yield* indicatorsOf(record, identities);
  return {
    campaign: id,
    definition,
    state,
    openedAt: opened.at,
    openedBy: opened.by,
    openedByName: opened.byName,
    source: opened.source,
    flags: opened.flags,
    privileged: opened.privileged,
    withoutMeaning: opened.withoutMeaning,
    withoutMeanings: opened.withoutMeanings ?? null,
    ...(opened.emptyBecause !== undefined && { emptyBecause: opened.emptyBecause }),
    ipe: opened.ipe,
    dueOn: opened.dueOn,
    previous: opened.previous,
    difference: opened.difference,
    delegations: [...record.delegations],
    counts,
    outcomesSha256,
    attestations: [...record.attestations.values()],
    closed: closed && closingOf(closed),
    remediations: [...record.remediations.values()].map(({ now }) => now),
    rechecks: record.rechecks.map(({ number, at, by, byName, ipe, results, unknown = [] }) => ({
      number,
      at,
      by,
      byName,
      sha256: ipe.sha256,
      items: ipe.items,
      results: results.map(({ item, state: came }) => ({ item, state: came })),
      unknown: unknown.length,
    })),
    samples: record.samples.map((sample) => sampleLineOf(sample)),
    indicators: indicators.map(({ sentences: _sentences, ...numbers }) => numbers),
    conduct: yield* conductOf(record, identities),
    corrections: yield* correctionsOf(record),
    conflicts: yield* conflictsOf(record, identities),
    imports: importsOf(record),
  };
}

function closingOf({
  state,
  counts,
  outcomesSha256,
  reason,
  byName,
  by,
  at,
}: NonNullable<CampaignRecord['closed']>): CampaignLine['closed'] {
  return { state, counts, outcomesSha256, reason, byName, by, at };
}

function sampleLineOf(sample: SampleRecord): CampaignLine['samples'][number] {
  const { id, purpose, plan } = sample;
  const { assessment } = sampleAsItStands(sample, null);
  const results = plan.drawn.flatMap((item) => {
    const last = sample.tests.get(item)?.at(-1);
    return last === undefined
      ? []
      : [{ item, result: last.result, note: last.note, by: last.by, byName: last.byName, at: last.at }];
  });
  return { id, purpose, plan, results, assessment };
}
