// What ledger entries about campaigns hold. Entries are never changed: a member that comes later is optional.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import {
  attestation,
  campaignDecision,
  campaignDefinition,
  campaignIpe,
  delegation,
  itemFlags,
  remediation,
} from './campaign.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const stage = z.number().int().min(0).max(2);
/** The id of the entry that defined it first. */
const campaign = z.string().min(1);

/** A draft, or what a draft was changed to; `campaign` is null in the first one, whose entry names the campaign. */
export const campaignDefinedPayload = z.strictObject({
  campaign: campaign.nullable(),
  definition: campaignDefinition,
  byName: z.string(),
});

const actReason = z.string().trim().min(1).max(1000);

/** A draft that is not to be opened any more. */
export const campaignDiscardedPayload = z.strictObject({ campaign, reason: actReason, byName: z.string() });

/** No further campaign of its series is expected. */
export const campaignSeriesEndedPayload = z.strictObject({ campaign, reason: actReason, byName: z.string() });

/** How many items each rule came to yes for, and to unknown. */
export const flagCounts = z.array(
  z.strictObject({ flag: z.enum(itemFlags), yes: z.number().int(), unknown: z.number().int() }),
);
export type FlagCounts = z.infer<typeof flagCounts>;

/** How many unexplained entitlements are told by name. */
export const mostUnexplainedNamed = 20;
/** How many are told apart; a number as high as this may be higher. */
export const mostUnexplainedCounted = 10_000;

/** Entitlements of a population that nobody explained in plain words. */
export const unexplained = z.strictObject({
  /** Different ones, at most {@link mostUnexplainedCounted}. */
  entitlements: z.number().int().min(1),
  /** Those that most items are about come first. */
  named: z.array(z.string()).max(mostUnexplainedNamed),
});
export type Unexplained = z.infer<typeof unexplained>;

/** From here on nobody adds an item, takes one away or changes one. */
export const campaignOpenedPayload = z.strictObject({
  campaign,
  /** SHA-256 of the canonical JSON of the definition that holds from now on. */
  definitionSha256: sha256Hex,
  ipe: campaignIpe,
  /** Name of the frozen file in the campaign's folder; its hash is `ipe.sha256`. */
  file: z.string().min(1),
  /** The campaign this one was compared with, by the hash of its frozen file; null for none. */
  previous: z.strictObject({ campaign, sha256: sha256Hex }).nullable(),
  /** Items this one holds and the previous one did not, and the other way round; null without a previous one. */
  difference: z
    .strictObject({ added: z.number().int(), removed: z.number().int(), unchanged: z.number().int() })
    .nullable(),
  /** Identity of the database; null for a file that was handed over. */
  source: z.string().nullable(),
  /** Until when everything is to be decided, a day in the campaign's zone. */
  dueOn: localDate,
  flags: flagCounts,
  privileged: z.strictObject({ yes: z.number().int(), unknown: z.number().int() }),
  /** Items whose entitlement nobody explained in plain words. */
  withoutMeaning: z.number().int(),
  /** Why it was opened all the same; absent where every entitlement has a meaning, or it was opened before that was asked for. */
  withoutMeanings: unexplained.extend({ reason: z.string().trim().min(1).max(4000) }).optional(),
  /** Why it was opened with nothing in it; absent where there is something, or it was opened before that was asked for. */
  emptyBecause: z.string().trim().min(1).max(4000).optional(),
  byName: z.string(),
});
export type CampaignOpenedPayload = z.infer<typeof campaignOpenedPayload>;

export const campaignDelegatedPayload = z.strictObject({
  campaign,
  delegation: delegation.omit({ ended: true }),
  byName: z.string(),
});

/** A delegation that ends before its time. */
export const campaignDelegationEndedPayload = z.strictObject({
  campaign,
  /** The id of the entry that put it on record. */
  delegation: z.string().min(1),
  /** The first moment at which it is in force no longer. */
  at: instant,
  reason: actReason,
  byName: z.string(),
});

/** Items handed to somebody as a file; in the workspace of whoever hands them out. */
export const campaignAssignedPayload = z.strictObject({
  campaign,
  stage,
  /** One of the people. */
  to: z.string(),
  items: z.number().int(),
  fileName: z.string(),
  fileSha256: sha256Hex,
  byName: z.string(),
});

/** Decisions that were written into a file for whoever handed the items out. */
export const campaignHandedBackPayload = z.strictObject({
  campaign,
  decisions: z.number().int(),
  fileName: z.string(),
  fileSha256: sha256Hex,
  byName: z.string(),
});

/** Items that came as a file; in the workspace of whoever decides them there. */
export const campaignTakenPayload = z.strictObject({
  campaign,
  stage,
  /** The person of the definition the items are meant for. */
  to: z.string(),
  definition: campaignDefinition,
  /** The hash of the whole frozen population they are from. */
  populationSha256: sha256Hex,
  dueOn: localDate,
  delegations: z.array(delegation),
  fileName: z.string(),
  fileSha256: sha256Hex,
  /** Of the items as they are kept here, in the campaign's folder. */
  itemsFile: z.string(),
  itemsSha256: sha256Hex,
  items: z.number().int(),
  /** What came with them of evidence, kept beside them; absent where nothing did. */
  evidence: z.strictObject({ file: z.string(), sha256: sha256Hex, items: z.number().int() }).optional(),
  /** Whose signature it bears, and why it was believed. */
  signer: z.strictObject({ fingerprint: z.string(), identity: z.string().nullable() }),
  accepted: z.string().nullable(),
  byName: z.string(),
});

/** One item, one entry; of several decided at once each names the batch. */
export const campaignDecisionPayload = campaignDecision
  .omit({ id: true, reviewer: true, decidedAt: true, importedFrom: true })
  .extend({
    /** The subject and the right, so that the ledger can be read without the frozen file. */
    subject: z.string(),
    entitlement: z.string(),
    resource: z.string().nullable(),
    /** By which rule the reviewer of record is that. */
    because: z.string(),
    /** Where it was decided elsewhere: its id, reviewer and time there, and the SHA-256 of the file that brought it. */
    imported: z
      .strictObject({ id: z.string(), reviewer: z.string(), decidedAt: instant, file: sha256Hex })
      .optional(),
    /** Present when it is another account than the reviewer's profile names. */
    osUser: z.strictObject({ name: z.string(), uid: z.number().int().nullable() }).optional(),
  });
export type CampaignDecisionPayload = z.infer<typeof campaignDecisionPayload>;

/** A file of decisions that came back; each decision in it has an entry of its own. */
export const campaignImportedPayload = z.strictObject({
  campaign,
  fileName: z.string(),
  fileSha256: sha256Hex,
  reviewer: z.string(),
  reviewerName: z.string(),
  signer: z.strictObject({ fingerprint: z.string(), identity: z.string().nullable() }),
  /** Why an unknown key was believed; null where the key was known. */
  accepted: z.string().nullable(),
  /** Decisions that were recorded, that were here already, and that were not taken, each with the reason. */
  added: z.number().int(),
  known: z.number().int(),
  refused: z.array(z.strictObject({ item: z.string(), decision: z.string(), why: z.string() })),
  conflicts: z.number().int(),
  /** Decisions that were recorded and are to be asked about, each with the reason; absent where there are none. */
  remarks: z.array(z.strictObject({ item: z.string(), decision: z.string(), why: z.string() })).optional(),
  /** Other names of the reviewer, as the signed file states them; absent where it states none, and in older entries. */
  alsoKnownAs: z.array(z.string().min(1)).optional(),
  /** The file is kept here as it came, by its hash; what its reviewer signed of it. Absent where an earlier release took it in. */
  kept: z.strictObject({ tagManifestSha256: sha256Hex }).optional(),
  byName: z.string(),
});

/** Two people decided the same item of a stage differently; somebody said which one stands. */
export const campaignConflictClosedPayload = z.strictObject({
  campaign,
  item: z.string(),
  stage,
  stands: z.string(),
  note: z.string().trim().min(1).max(4000),
  byName: z.string(),
});

export const campaignAttestedPayload = attestation.omit({ by: true, byName: true, at: true }).extend({
  campaign,
  /** SHA-256 over what stands of every item; another one by the time of closing asks again. */
  outcomesSha256: sha256Hex,
  byName: z.string(),
});

export const closingCounts = z.strictObject({
  items: z.number().int(),
  certified: z.number().int(),
  revoked: z.number().int(),
  modified: z.number().int(),
  /** Without a final decision; they stay “no response”. */
  open: z.number().int(),
  /** Of the open ones: abstained or escalated, the stages do not agree, decided only by their own subject. */
  undecided: z.number().int(),
  disagreed: z.number().int(),
  ownOnly: z.number().int(),
});
export type ClosingCounts = z.infer<typeof closingCounts>;

export const campaignClosedPayload = z.strictObject({
  campaign,
  state: z.enum(['closed', 'closed-incomplete']),
  counts: closingCounts,
  outcomesSha256: sha256Hex,
  /** Needed where items are open. */
  reason: z.string().nullable(),
  byName: z.string(),
});

export const campaignRemediationPayload = remediation.extend({
  campaign,
  note: z.string().nullable(),
  byName: z.string(),
});

/** A later population, and what became of each revoked or modified right in it. */
export const campaignRecheckedPayload = z.strictObject({
  campaign,
  /** 1 for the first. */
  number: z.number().int().min(1),
  file: z.string(),
  ipe: campaignIpe,
  source: z.string().nullable(),
  results: z.array(
    z.strictObject({
      item: z.string(),
      state: z.enum(['verified-removed', 'still-present', 're-granted']),
      because: z.string(),
    }),
  ),
  /** Rights this population cannot show, each with why; their remediation stays as it was. Absent where there are none. */
  unknown: z.array(z.strictObject({ item: z.string(), because: z.string() })).optional(),
  /** The local days a population of activity is from; absent for any other. */
  period: z.strictObject({ from: localDate, to: localDate }).optional(),
  /** Of the file it was read from, whose bytes are kept; absent for a population from the database. */
  sourceSha256: sha256Hex.optional(),
  byName: z.string(),
});

/** The log review of one local day, also where nothing was found. */
export const dailyReviewPayload = z.strictObject({
  date: localDate,
  zone: z.string(),
  sources: z.array(
    z.strictObject({
      source: z.string(),
      /** Everything before this moment was looked at; null where nothing was. */
      reviewedThrough: instant.nullable(),
      events: z.number().int(),
      findings: z.number().int(),
      openFindings: z.number().int(),
      gaps: z.array(z.strictObject({ from: instant, to: instant, why: z.string() })),
    }),
  ),
  statement: z.string(),
  byName: z.string(),
});
