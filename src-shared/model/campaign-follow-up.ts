// What follows the decisions of a campaign: remediation, its re-check, and the difference between two populations.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { campaignIpe, campaignItem, remediation, remediationStates, triState } from './campaign.ts';
import { campaignSample } from './campaign-sample.ts';
import { decisionKind } from './review.ts';

const count = z.number().int().min(0);

/** What is to be done about one item, with what was decided and what an administrator would do. */
export const remediationRow = remediation.extend({
  subject: z.string(),
  entitlement: z.string(),
  resource: z.string().nullable(),
  /** Null where the item is not to be revoked or modified any more, because its decision was corrected. */
  outcome: decisionKind.nullable(),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  /** Text or SQL for whoever administers the system; nothing here carries it out. */
  instruction: z.string(),
  /** Past its due date in the zone of the campaign, and not verified as removed. */
  isOverdue: z.boolean(),
});
export type RemediationRow = z.infer<typeof remediationRow>;

/** Null where the population has none for the subject, or cannot be read. */
const subjectName = z.string().nullable();
export const namedRemediation = remediationRow.extend({ subjectName });
export type NamedRemediation = z.infer<typeof namedRemediation>;

export const remediationQuery = z.object({
  id: z.string().min(1).max(100),
  /** The key of the last item of the page before. */
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  state: z.enum(remediationStates).optional(),
  /** Exactly this owner; empty for nobody. */
  owner: z.string().max(200).optional(),
  /** Part of the subject, the entitlement, the resource or the ticket, whatever its case. */
  text: z.string().max(200).optional(),
  /** overdue: past the due date · corrected: nothing is to be done any more. */
  only: z.enum(['overdue', 'corrected']).optional(),
});
export type RemediationQuery = z.input<typeof remediationQuery>;

export const remediationList = z.object({
  campaign: z.string(),
  /** One page, in the order of keys. */
  rows: z.array(namedRemediation),
  /** Of everything that is to be done, whatever was asked for. */
  counts: z.record(z.enum(remediationStates), count),
  overdue: count,
  /** Something was recorded about it, and then its decision was corrected. */
  corrected: count,
  /** Who takes care of how many, the most first, at most a hundred; null for nobody. */
  owners: z.array(z.object({ owner: z.string().nullable(), items: count })),
  /** Rows of all pages that match what was asked for. */
  matching: count,
  /** Key to ask on from; null at the end. */
  nextAfter: z.string().nullable(),
});
export type RemediationList = z.infer<typeof remediationList>;

/** What was put on record about one item, oldest first. */
export const remediationDetail = z.object({
  row: namedRemediation,
  decidedAt: instant.nullable(),
  history: z.array(
    z.discriminatedUnion('what', [
      z.object({
        what: z.literal('change'),
        at: instant,
        byName: z.string(),
        state: z.enum(remediationStates),
        owner: z.string().nullable(),
        dueOn: z.string().nullable(),
        ticket: z.string().nullable(),
        note: z.string().nullable(),
      }),
      z.object({
        what: z.literal('recheck'),
        at: instant,
        byName: z.string(),
        number: z.number().int().min(1),
        /** Null where the later population could not show it. */
        state: z.enum(remediationStates).nullable(),
        because: z.string(),
      }),
    ]),
  ),
});
export type RemediationDetail = z.infer<typeof remediationDetail>;

/** What a person may say about a remediation; the other states are for the re-check to say. */
export const personalStates = ['open', 'ticketed', 'done-unverified'] as const;

export const remediationChange = z.object({
  items: z.array(z.string()).min(1).max(1000),
  state: z.enum(personalStates).optional(),
  owner: z.string().trim().min(1).max(200).nullable().optional(),
  dueOn: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'has to be a day, written as 2026-07-01')
    .nullable()
    .optional(),
  ticket: z.string().trim().min(1).max(200).nullable().optional(),
  instruction: z.string().trim().min(1).max(8000).nullable().optional(),
  note: z.string().trim().min(1).max(4000).optional(),
});
export type RemediationChange = z.infer<typeof remediationChange>;

export const recheckStates = ['verified-removed', 'still-present', 're-granted'] as const;

export const recheckResult = z.object({
  item: z.string(),
  subject: z.string(),
  entitlement: z.string(),
  resource: z.string().nullable(),
  /** Null where the later population cannot show it: what was not found is not known to be gone. */
  state: z.enum(recheckStates).nullable(),
  because: z.string(),
});
export type RecheckResult = z.infer<typeof recheckResult>;

export const recheckReport = z.object({
  campaign: z.string(),
  number: z.number().int().min(1),
  ipe: campaignIpe,
  results: z.array(recheckResult),
});
export type RecheckReport = z.infer<typeof recheckReport>;

/** A re-check on record, without its results. */
export const recheckSummary = recheckReport.omit({ results: true, campaign: true }).extend({
  at: instant,
  byName: z.string(),
  counts: z.object({
    'verified-removed': count,
    'still-present': count,
    're-granted': count,
    unknown: count,
  }),
  /** The local days a population of activity is from. */
  period: z.object({ from: z.string(), to: z.string() }).nullable(),
});
export type RecheckSummary = z.infer<typeof recheckSummary>;

export const recheckFindings = z.enum([...recheckStates, 'unknown']);

export const recheckPage = z.object({
  recheck: recheckSummary,
  /** In the order of keys. */
  rows: z.array(recheckResult.extend({ subjectName })),
  nextAfter: z.string().nullable(),
});
export type RecheckPage = z.infer<typeof recheckPage>;

export const differenceKinds = ['new', 'removed', 'unchanged'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const differenceCounts = z.object({ new: count, removed: count, unchanged: count });
export type DifferenceCounts = z.infer<typeof differenceCounts>;

export const differencePage = z.object({
  campaign: z.string(),
  /** The campaign it is compared with. */
  previous: z.string(),
  counts: differenceCounts,
  /** Of what the campaign before decided to revoke or modify: how much is gone, and how much is there unchanged. */
  wasToGo: z.object({ removed: count, unchanged: count }),
  rows: z.array(
    z.object({
      kind: z.enum(differenceKinds),
      item: campaignItem,
      /** What the campaign before came to about it; null where it decided nothing, or did not hold it. */
      earlier: z
        .object({
          decision: decisionKind,
          reviewerName: z.string(),
          decidedAt: instant,
          reason: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  /** Where the next page begins: after this key; null where this was the last. */
  nextAfter: z.string().nullable(),
});
export type DifferencePage = z.infer<typeof differencePage>;

/** A drawn item as the frozen population has it, with what was decided and what testing it showed. */
export const sampleItem = campaignSample.shape.items.element.extend({
  /** Place in the order in which they were drawn, 1 for the first. */
  place: z.number().int().min(1),
  subject: z.string(),
  subjectName: z.string().nullable(),
  entitlement: z.string(),
  resource: z.string().nullable(),
  privileged: triState,
  outcome: decisionKind.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** False for the item's subject and whoever decided it, and where nobody reviews here. */
  mayTest: z.boolean(),
});
export type SampleItem = z.infer<typeof sampleItem>;

export const sampleItemPage = z.object({
  items: z.array(sampleItem),
  /** Place to ask on from; null at the end. */
  nextAfter: z.number().int().nullable(),
});
