// What doors show of campaigns: how far one is, its items with what stands of each, and what can be decided together.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import {
  attestation,
  campaignDecision,
  campaignDefinition,
  campaignIpe,
  campaignItem,
  campaignPerson,
  campaignStates,
  delegation,
  itemFlags,
  triState,
} from './campaign.ts';
import { campaignClosedPayload, campaignOpenedPayload, closingCounts } from './campaign-entries.ts';
import { decisionKind } from './review.ts';

export const campaignSummary = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(campaignStates),
  /** opened: its population was frozen here · taken: some of its items came as a file. */
  role: z.enum(['opened', 'taken']),
  /** Who attests the whole, as the definition calls them. */
  ownerName: z.string(),
  period: campaignDefinition.shape.period,
  zone: z.string(),
  openedAt: instant.nullable(),
  dueOn: z.string().nullable(),
  isOverdue: z.boolean(),
  counts: closingCounts,
});
export type CampaignSummary = z.infer<typeof campaignSummary>;

export const campaignStatus = campaignSummary.extend({
  definition: campaignDefinition,
  /** Scope and filters in sentences. */
  scopeInWords: z.array(z.string()),
  ipe: campaignIpe.nullable(),
  opening: campaignOpenedPayload
    .pick({
      previous: true,
      difference: true,
      flags: true,
      privileged: true,
      withoutMeaning: true,
      withoutMeanings: true,
      emptyBecause: true,
    })
    .nullable(),
  /** The definition as it stands: the entry that recorded it, which whoever changes it says (`basedOn`), and whose it is. */
  definedAs: z.object({ entry: z.string(), at: instant, byName: z.string() }),
  /** Why it will never be opened; null unless it was discarded. */
  discarded: z.object({ at: instant, byName: z.string(), reason: z.string() }).nullable(),
  /** Which reviews it goes on with. */
  series: z.object({
    inWords: z.string(),
    /** Null where the definition names none: dates and scope tell then. */
    first: z.string().nullable(),
    /** The campaign the series went on with; null for the newest. */
    wentOnWith: z.string().nullable(),
    ended: z.object({ at: instant, byName: z.string(), reason: z.string() }).nullable(),
  }),
  /** `entry` names one to end it; null where it came with a file. */
  delegations: z.array(delegation.extend({ entry: z.string().nullable() })),
  /** What to know of delegations that overlap or follow each other, in sentences. */
  delegationRemarks: z.array(z.string()),
  attestations: z.array(attestation.extend({ stillHolds: z.boolean() })),
  closed: campaignClosedPayload.pick({ state: true, counts: true, reason: true, byName: true }).nullable(),
});
export type CampaignStatus = z.infer<typeof campaignStatus>;

export const itemStates = ['decided', 'open', 'undecided', 'disagreed', 'conflict'] as const;

export const campaignItemQuery = z.object({
  id: z.string(),
  /** The key of the last item of the page before. */
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  text: z.string().max(200).optional(),
  subject: z.string().optional(),
  entitlement: z.string().optional(),
  flag: z.enum(itemFlags).optional(),
  privileged: triState.optional(),
  state: z.enum(itemStates).optional(),
  /** Only items this person may decide now: as reviewer of record, or standing in for them. */
  reviewer: z.string().optional(),
});
export type CampaignItemQuery = z.infer<typeof campaignItemQuery>;

/** An item with what stands of it. */
export const listedItem = campaignItem.extend({
  digest: z.string(),
  state: z.enum(itemStates),
  stage: z.number().int(),
  outcome: decisionKind.nullable(),
  /** Of its stage; null where nobody may review it. */
  ofRecord: campaignPerson.nullable(),
  /** Who decides meanwhile. */
  acting: campaignPerson.nullable(),
  because: z.string(),
  /** Id of what stands in its stage. */
  decision: z.string().nullable(),
  /** Never chosen for anybody. */
  suggestion: z.object({ decision: decisionKind, rule: z.enum(itemFlags), because: z.string() }).nullable(),
});
export type ListedItem = z.infer<typeof listedItem>;

export const campaignItemPage = z.object({
  items: z.array(listedItem),
  /** Key to ask on from; null at the end. */
  next: z.string().nullable(),
  /** Items that match everything but state and reviewer, which are looked up while listing. */
  matching: z.number().int(),
});
export type CampaignItemPage = z.infer<typeof campaignItemPage>;

/** A decision with what it is called where it counts no longer. */
export const itemDecision = campaignDecision.extend({
  because: z.string(),
  stands: z.boolean(),
  /** Made by the item's own subject, under whatever id: it never counts. */
  isOwn: z.boolean(),
});
export const campaignItemDetail = z.object({
  item: listedItem,
  meaning: z.string().nullable(),
  /** Whether it is about the reviewer of this workspace, under any of their names. */
  isOwn: z.boolean(),
  /** Oldest first. */
  decisions: z.array(itemDecision),
  /** What became of the same right in earlier campaigns of this workspace, the newest first. */
  earlier: z.array(
    z.object({
      campaign: z.string(),
      name: z.string(),
      decision: decisionKind,
      reviewerName: z.string(),
      decidedAt: instant,
      reason: z.string().nullable(),
    }),
  ),
});
export type CampaignItemDetail = z.infer<typeof campaignItemDetail>;

export const campaignBulkPreview = z.object({
  cap: z.number().int(),
  included: z.array(z.string()),
  leftOut: z.array(
    z.object({
      key: z.string(),
      why: z.enum([
        'unknown',
        'own',
        'not-yours',
        'not-open',
        'privileged',
        'flagged',
        'other-entitlement',
        'other-type',
        'beyond-cap',
      ]),
      sentence: z.string(),
    }),
  ),
});
export type CampaignBulkPreview = z.infer<typeof campaignBulkPreview>;

/** What a definition comes to, in sentences, before anything is recorded. */
export const definitionCheck = z.object({
  faults: z.array(z.string()),
  /** What does not stand in the way and had better be otherwise. */
  remarks: z.array(z.string()),
  scopeInWords: z.array(z.string()),
});
