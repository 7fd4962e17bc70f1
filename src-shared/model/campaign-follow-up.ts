// What follows the decisions of a campaign: remediation, its re-check, and the difference between two populations.
import { z } from 'zod';
import { campaignIpe, campaignItem, remediation, remediationStates } from './campaign.ts';
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

export const remediationList = z.object({
  campaign: z.string(),
  rows: z.array(remediationRow),
  counts: z.record(z.enum(remediationStates), count),
  overdue: count,
});
export type RemediationList = z.infer<typeof remediationList>;

/** What a person may say about a remediation; the other states are for the re-check to say. */
export const personalStates = ['open', 'ticketed', 'done-unverified'] as const;

export const remediationChange = z.object({
  items: z.array(z.string()).min(1).max(1000),
  state: z.enum(personalStates).optional(),
  owner: z.string().trim().min(1).max(200).nullable().optional(),
  dueOn: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
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

export const differenceKinds = ['new', 'removed', 'unchanged'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const differenceCounts = z.object({ new: count, removed: count, unchanged: count });
export type DifferenceCounts = z.infer<typeof differenceCounts>;

export const differencePage = z.object({
  campaign: z.string(),
  /** The campaign it is compared with. */
  previous: z.string(),
  counts: differenceCounts,
  rows: z.array(z.object({ kind: z.enum(differenceKinds), item: campaignItem })),
  /** Where the next page begins: after this key; null where this was the last. */
  nextAfter: z.string().nullable(),
});
export type DifferencePage = z.infer<typeof differencePage>;
