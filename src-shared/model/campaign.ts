// A periodic access review: what is reviewed, by whom, until when, and what becomes of it.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { decisionKind } from './review.ts';

/** A local date, YYYY-MM-DD. */
const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Yes and no are recorded somewhere; unknown stays unknown and is never taken for either. */
export const triState = z.enum(['yes', 'no', 'unknown']);
export type TriState = z.infer<typeof triState>;

/** Which column says what of an entitlement; what is not named is unknown. */
export const entitlementColumns = z.strictObject({
  subject: z.string().min(1),
  entitlement: z.string().min(1),
  subjectName: z.string().optional(),
  subjectType: z.string().optional(),
  resource: z.string().optional(),
  manager: z.string().optional(),
  owner: z.string().optional(),
  privileged: z.string().optional(),
  grantedAt: z.string().optional(),
  lastUsedAt: z.string().optional(),
  /** Where the account ended: a subject that is gone from here is orphaned. */
  active: z.string().optional(),
});
export type EntitlementColumns = z.infer<typeof entitlementColumns>;

/** Narrows a table; every filter is shown in words, and what it leaves out is counted. */
export const scopeFilter = z.strictObject({
  column: z.string().min(1),
  is: z.enum(['equal', 'not-equal', 'one-of', 'empty', 'not-empty']),
  values: z.array(z.string()).default([]),
  /** Why this is left out or kept. */
  reason: z.string().trim().min(1).max(1000),
});
export type ScopeFilter = z.infer<typeof scopeFilter>;

export const campaignScope = z.discriminatedUnion('from', [
  /** Everybody who did anything in the period, each action they performed an entitlement they use. */
  z.strictObject({ from: z.literal('activity'), actorTypes: z.array(z.string()).default([]) }),
  /** Rows of a table or view in the audit database. */
  z.strictObject({
    from: z.literal('table'),
    schema: z.string().min(1),
    table: z.string().min(1),
    columns: entitlementColumns,
    filters: z.array(scopeFilter).default([]),
  }),
  /** A CSV file handed over; its bytes are kept with the campaign. */
  z.strictObject({
    from: z.literal('file'),
    name: z.string().min(1),
    sha256: sha256Hex,
    columns: entitlementColumns,
    filters: z.array(scopeFilter).default([]),
  }),
]);
export type CampaignScope = z.infer<typeof campaignScope>;

/** Somebody who reviews: the id is the one the workspace of that person uses. */
export const campaignPerson = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  email: z.string().nullable().default(null),
});
export type CampaignPerson = z.infer<typeof campaignPerson>;

/** Who is the reviewer of record of an item; whoever is the subject is passed over. */
export const reviewerRule = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('person'), person: z.string() }),
  /** The manager or owner column holds an id of one of the people. */
  z.strictObject({ by: z.literal('manager') }),
  z.strictObject({ by: z.literal('owner') }),
  z.strictObject({ by: z.literal('round-robin'), people: z.array(z.string()).min(1) }),
]);
export type ReviewerRule = z.infer<typeof reviewerRule>;

export const campaignStage = z.strictObject({
  name: z.string().trim().min(1).max(80),
  reviewer: reviewerRule,
  /** Who decides where the rule names nobody, or the subject. */
  fallback: z.string(),
});

/** Somebody stands in for a reviewer of record; both are on record with every decision. */
export const delegation = z.strictObject({
  from: z.string(),
  to: z.string(),
  validFrom: instant,
  validTo: instant,
  by: z.string(),
  reason: z.string().trim().min(1).max(1000),
  /** Where somebody ended it before its time: `validTo` is then when that was, never before `validFrom`. */
  ended: z
    .strictObject({
      /** Until when it was meant to last. */
      meantTo: instant,
      by: z.string(),
      reason: z.string().trim().min(1).max(1000),
    })
    .optional(),
});

/** In the place of the name of a series: the campaign begins one. */
export const ownSeries = 'own';

export const recurrences = ['month', 'quarter', 'half-year', 'year'] as const;

export const campaignDefinition = z.strictObject({
  name: z.string().trim().min(1).max(120),
  objective: z.string().trim().max(2000).default(''),
  /** References such as “PCI DSS 7.2.4”. */
  controls: z.array(z.string().min(1).max(80)).default([]),
  scope: campaignScope,
  /** The observation period; local days in `zone`, both included. */
  period: z.strictObject({ from: localDate, to: localDate }),
  zone: z.string(),
  /** Days from opening until every decision is due. */
  dueDays: z.number().int().min(1).max(365),
  recurrence: z
    .strictObject({ every: z.enum(recurrences), first: localDate })
    .nullable()
    .default(null),
  /**
   * Which reviews follow each other: the id of the first campaign of the series, or {@link ownSeries} in that one. Absent where
   * nobody said; then dates and scope tell.
   */
  series: z.string().min(1).max(100).optional(),
  people: z.array(campaignPerson).min(1),
  stages: z.array(campaignStage).min(1).max(3),
  /** first-final: the first final decision of a stage decides · all-agree: every stage must come to the same. */
  policy: z.enum(['first-final', 'all-agree']),
  /** Who attests the whole, and who approves that; two people. */
  owner: z.string(),
  approver: z.string(),
  /** So many deviations are noted and not reported; set by the auditor, on record with who set it. */
  materiality: z
    .strictObject({
      deviations: z.number().int().min(0),
      setBy: z.string().min(1),
      reason: z.string().min(1),
    })
    .nullable()
    .default(null),
  /** Unused for so long is dormant. */
  dormantDays: z.number().int().min(1).max(3650).default(90),
  /** Plain-language meaning of entitlements and actions, for the reviewers. */
  meanings: z.record(z.string(), z.string()).default({}),
});
export type CampaignDefinition = z.infer<typeof campaignDefinition>;

export const itemFlags = [
  'duplicate',
  'orphaned',
  'dormant',
  'shared',
  'service',
  'privileged',
  'new',
  'peer-outlier',
  'has-findings',
] as const;
/** A rule that looked at an item, what it looked at, and what it came to. */
export const itemFlag = z.strictObject({
  flag: z.enum(itemFlags),
  is: triState,
  /** Inputs in words, such as “last used 2026-03-02, 259 days before the freeze”. */
  because: z.string(),
});
export type ItemFlag = z.infer<typeof itemFlag>;

/** One line of a frozen population: somebody and a right they hold. */
export const campaignItem = z.strictObject({
  /** First 32 hex digits of SHA-256 over subject, entitlement and resource, each followed by a zero byte: the same in every campaign. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  subject: z.string(),
  subjectName: z.string().nullable(),
  subjectType: z.string().nullable(),
  entitlement: z.string(),
  resource: z.string().nullable(),
  manager: z.string().nullable(),
  owner: z.string().nullable(),
  privileged: triState,
  grantedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  usesInPeriod: z.number().int().nullable(),
  /** How many rows of the source say the same. */
  rows: z.number().int().min(1),
  flags: z.array(itemFlag),
});
export type CampaignItem = z.infer<typeof campaignItem>;

/** Completeness and accuracy of the population, as the database answered. */
export const campaignIpe = z.strictObject({
  query: z.string(),
  parameters: z.array(z.string()),
  role: z.string().nullable(),
  serverTime: instant.nullable(),
  snapshot: z.string().nullable(),
  /** Rows that arrived, and rows a second, separate query counted in the same transaction. */
  rows: z.number().int(),
  countedRows: z.number().int(),
  items: z.number().int(),
  minKey: z.string().nullable(),
  maxKey: z.string().nullable(),
  /** Of the bytes of the frozen file. */
  sha256: sha256Hex,
  /** Of the keys as `sort` orders bytes, each followed by a line feed: what a sample is drawn from. */
  keysSha256: sha256Hex,
  /** What the filters left out, each with its reason; empty groups too. */
  excluded: z.array(z.strictObject({ what: z.string(), reason: z.string(), rows: z.number().int() })),
  /** What the population may not show, in sentences; absent where there is nothing of the kind. */
  reservations: z.array(z.string()).optional(),
});
export type CampaignIpe = z.infer<typeof campaignIpe>;

/** discarded: a draft that is not to be opened any more; it stays on record. */
export const campaignStates = ['draft', 'open', 'closed', 'closed-incomplete', 'discarded'] as const;
export type CampaignState = (typeof campaignStates)[number];

export const campaignDecision = z.strictObject({
  id: z.string(),
  campaign: z.string(),
  item: z.string(),
  stage: z.number().int().min(0).max(2),
  decision: decisionKind,
  reason: z.string().nullable(),
  /** Who decided, and for whom: the reviewer of record where that is somebody else. */
  reviewer: z.string(),
  reviewerName: z.string(),
  ofRecord: z.string(),
  decidedAt: instant,
  /** SHA-256 of exactly what was shown. */
  digest: sha256Hex,
  dwellMs: z.number().nullable(),
  /** Parts of the evidence that were opened. */
  opened: z.array(z.string()),
  batch: z.string().nullable(),
  supersedes: z.string().nullable(),
  /** The assignment file it came back in; null where it was decided here. */
  importedFrom: z.string().nullable(),
});
export type CampaignDecision = z.infer<typeof campaignDecision>;

export const remediationStates = [
  'open',
  'ticketed',
  'done-unverified',
  'verified-removed',
  'still-present',
  're-granted',
] as const;

/** How many there are in each state, before any was counted. */
export const noRemediations = (): Record<(typeof remediationStates)[number], number> => ({
  open: 0,
  ticketed: 0,
  'done-unverified': 0,
  'verified-removed': 0,
  'still-present': 0,
  're-granted': 0,
});
export const remediation = z.strictObject({
  item: z.string(),
  state: z.enum(remediationStates),
  owner: z.string().nullable(),
  dueOn: localDate.nullable(),
  ticket: z.string().nullable(),
  /** What an administrator would do; printed, never executed. */
  instruction: z.string().nullable(),
  checkedAt: instant.nullable(),
});
export type Remediation = z.infer<typeof remediation>;

export const attestation = z.strictObject({
  role: z.enum(['owner', 'approver']),
  by: z.string(),
  byName: z.string(),
  at: instant,
  statement: z.string(),
});
export type Delegation = z.infer<typeof delegation>;
export type CampaignStage = z.infer<typeof campaignStage>;
export type Attestation = z.infer<typeof attestation>;
