// Files of a campaign that go from one workspace to another: the items of one reviewer, and the decisions that come back.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { campaignDefinition, campaignPerson, delegation } from './campaign.ts';
import { decisionKind } from './review.ts';
import { fingerprint } from './trust.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** It becomes the name of a folder, so nothing but a ULID is taken. */
const ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);
const count = z.number().int().min(0);
const stage = z.number().int().min(0).max(2);

/** Who claims to have signed; only what a workspace believes about keys can confirm it. */
const claimedSigner = z.strictObject({ identity: z.string().min(1), fingerprint });
const tool = z.strictObject({ name: z.literal('Countersign'), version: z.string() });

/** What the maker of an assignment signs, beside the items themselves. */
export const assignmentStatement = z.strictObject({
  kind: z.literal('countersign-assignment'),
  format: z.literal(1),
  id: ulid,
  madeAt: instant,
  tool,
  by: campaignPerson.strict(),
  signer: claimedSigner,
  campaign: ulid,
  stage,
  to: campaignPerson.strict(),
  definition: campaignDefinition,
  definitionSha256: sha256Hex,
  /** Of the whole frozen population the items are from. */
  populationSha256: sha256Hex,
  populationItems: count,
  dueOn: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  delegations: z.array(delegation.strict()),
  items: count,
  /** Lines of evidence, one for each item; absent where the file carries none. */
  evidence: count.optional(),
});
export type AssignmentStatement = z.infer<typeof assignmentStatement>;

/** What a reviewer signs, beside the ledger entries of their decisions. */
export const decisionsStatement = z.strictObject({
  kind: z.literal('countersign-assignment-decisions'),
  format: z.literal(1),
  id: ulid,
  madeAt: instant,
  tool,
  reviewer: campaignPerson.strict(),
  signer: claimedSigner,
  campaign: ulid,
  populationSha256: sha256Hex,
  /** SHA-256 of the files of items these are decisions on. */
  assignments: z.array(sha256Hex).min(1),
  /** Decisions, corrected ones included, the items they are about, and the items that were handed over. */
  decisions: count,
  decided: count,
  items: count,
  /** Other names the reviewer stated to be theirs, the e-mail address included; absent where there are none. */
  alsoKnownAs: z.array(z.string().min(1).max(320)).max(1000).optional(),
});
export type DecisionsStatement = z.infer<typeof decisionsStatement>;

/** Said by a person about a key nobody vouches for: that it is the one its owner named by another way. */
export const acceptedKey = z.object({ fingerprint, reason: z.string().trim().min(1).max(1000) });
export type AcceptedKey = z.infer<typeof acceptedKey>;

const knownSigner = z.object({ fingerprint: z.string(), identity: z.string().nullable() });

/** A file that was written for somebody else. */
export const writtenFile = z.object({ file: z.string(), name: z.string(), sha256: sha256Hex });

export const assignmentReport = writtenFile.extend({
  campaign: z.string(),
  stage,
  to: campaignPerson,
  items: count,
  dueOn: z.string(),
});
export type AssignmentReport = z.infer<typeof assignmentReport>;

export const acceptedAssignment = z.object({
  campaign: z.string(),
  name: z.string(),
  stage,
  to: campaignPerson,
  by: campaignPerson,
  /** Items of this file, and all there are to decide here with those of earlier files. */
  items: count,
  allItems: count,
  dueOn: z.string(),
  populationSha256: sha256Hex,
  fileSha256: sha256Hex,
  signer: knownSigner,
  /** True where this very file was accepted before: nothing was recorded again. */
  isKnown: z.boolean(),
});
export type AcceptedAssignment = z.infer<typeof acceptedAssignment>;

export const decisionsReport = writtenFile.extend({
  campaign: z.string(),
  decisions: count,
  /** Decisions here of somebody else, or under another id: they are not in the file, because this key cannot sign for them. */
  others: count,
  decided: count,
  open: count,
});
export type DecisionsReport = z.infer<typeof decisionsReport>;

/** A decision that was not taken over, and why, in a sentence. */
export const refusedDecision = z.object({
  decision: z.string(),
  item: z.string(),
  subject: z.string(),
  entitlement: z.string(),
  kind: decisionKind,
  isSelfReview: z.boolean(),
  why: z.string(),
});
export type RefusedDecision = z.infer<typeof refusedDecision>;

/** A decision that was taken over, and what is to be asked about it, in a sentence. */
export const remarkedDecision = refusedDecision.omit({ isSelfReview: true });
export type RemarkedDecision = z.infer<typeof remarkedDecision>;

export const importReport = z.object({
  campaign: z.string(),
  fileSha256: sha256Hex,
  reviewer: campaignPerson,
  signer: knownSigner,
  accepted: z.string().nullable(),
  /** Decisions that are new here, that were here already, and that were not taken over. */
  added: count,
  known: count,
  refused: z.array(refusedDecision),
  remarks: z.array(remarkedDecision),
  /** Other names of the reviewer that went on record with this file: what is about them does not count as their decision. */
  alsoKnownAs: z.array(z.string()),
  /** Items of this file that people have now decided differently. */
  conflicts: count,
});
export type ImportReport = z.infer<typeof importReport>;

/** One side of a conflict about an item. */
export const campaignOpinion = z.object({
  decision: z.string(),
  kind: decisionKind,
  reason: z.string().nullable(),
  reviewer: z.string(),
  reviewerName: z.string(),
  ofRecord: z.string(),
  decidedAt: instant,
  importedFrom: z.string().nullable(),
  /** Parts of the evidence that were opened before, and how long the item was in view; null where nobody measured. */
  opened: z.array(z.string()),
  dwellMs: z.number().nullable(),
  /** True for the one the policy takes as long as nobody says otherwise, or the one somebody said stands. */
  stands: z.boolean(),
});

/** People decided one stage of one item differently; all of it is kept. */
export const campaignConflict = z.object({
  item: z.string(),
  stage,
  subject: z.string(),
  entitlement: z.string(),
  resource: z.string().nullable(),
  opinions: z.array(campaignOpinion).min(2),
  closing: z
    .object({ stands: z.string(), note: z.string(), by: z.string(), byName: z.string(), at: instant })
    .nullable(),
});
export type CampaignConflict = z.infer<typeof campaignConflict>;

/** A file of a campaign that left this workspace, or came here. */
export const campaignFileList = z.array(
  z.object({
    kind: z.enum(['handed-out', 'taken-up', 'handed-back', 'imported']),
    at: instant,
    byName: z.string(),
    fileName: z.string(),
    sha256: sha256Hex,
    /** True where the file lies among the exports of this workspace under this name, and can be handed over from there. */
    isHere: z.boolean(),
    /** The person of the campaign it was for, or is from; of decisions handed back, the owner of the campaign. */
    person: z.string(),
    stage: stage.nullable(),
    /** Items handed over; decisions handed back; of an import, decisions that were added. */
    count,
    /** Of an import: what was not taken over. */
    refused: count,
    signer: knownSigner.nullable(),
    accepted: z.string().nullable(),
  }),
);
export type CampaignFileList = z.infer<typeof campaignFileList>;
