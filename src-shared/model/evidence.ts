// Ledger entries, evidence packs and what a verifier concludes about one.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { redactedPackReport } from './redaction.ts';

export const ledgerEntryTypes = [
  'workspace-created',
  'connection-changed',
  'reviewer-changed',
  'key-created',
  'key-taken-up',
  'key-rotated',
  'key-revoked',
  'key-reported',
  'key-endorsed',
  'key-idle-changed',
  'configuration-changed',
  'decision',
  'decision-withdrawn',
  'self-review-refused',
  'aliases-changed',
  'four-eyes-changed',
  'concurrence',
  'review-created',
  'disposition',
  'detection-changed',
  'exception-granted',
  'exception-ended',
  'anomaly-disposition',
  'publication-changed',
  'publication',
  'sync-sent',
  'sync-outcome',
  'conflict-closed',
  'clock-jump',
  'clock-acknowledged',
  'checkpoint',
  'ledger-restored',
  'mask-changed',
  'unmask',
  'erasure',
  'erasure-lifted',
  'pack-redacted',
  'values-revealed',
  'trust-changed',
  'pack-timestamped',
  'pack-signed-off',
  'pack-deleted',
  'controls-changed',
  'export',
  'list-exported',
  'pack-opened',
  'pack-verified',
  'work-paper',
  'work-paper-status',
  'sample-drawn',
  'sample-tested',
  'work-papers-signed',
  'campaign-defined',
  'campaign-discarded',
  'campaign-series-ended',
  'campaign-opened',
  'campaign-delegated',
  'campaign-delegation-ended',
  'campaign-assigned',
  'campaign-taken',
  'campaign-decision',
  'campaign-handed-back',
  'campaign-imported',
  'campaign-conflict-closed',
  'campaign-attested',
  'campaign-closed',
  'campaign-remediation',
  'campaign-rechecked',
  'campaign-sampled',
  'campaign-sample-tested',
  'daily-review',
] as const;
export const ledgerEntryType = z.enum(ledgerEntryTypes);
export type LedgerEntryType = z.infer<typeof ledgerEntryType>;

/** hash = SHA-256(0x00 ‖ RFC 8785 canonical JSON of the entry); `prev` is the hash of the entry before, 64 zeros for the first. */
export const ledgerEntry = z.strictObject({
  v: z.literal(1),
  seq: z.number().int().min(1),
  id: z.string(),
  type: ledgerEntryType,
  tenant: z.string().nullable(),
  /** What the entry is about: a review id, a finding id, a key fingerprint. */
  subject: z.string().nullable(),
  /** Who acted: the reviewer id, or the empty string for the workstation itself. */
  actor: z.string(),
  wall_time: instant,
  offset_ms: z.number().nullable(),
  mono: z.number(),
  hlc: z.string(),
  payload: z.record(z.string(), z.unknown()),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

export const verdicts = ['trusted', 'tampered', 'unpinned', 'malformed'] as const;
/** trusted (exit 0) · tampered (1) · unpinned: intact, but nothing says who signed (2) · malformed (3). */
export type Verdict = (typeof verdicts)[number];

/** drawn-again: every word follows from the data · only-facts: its named numbers and decisions at most were compared. */
export const reportComparisons = ['drawn-again', 'only-facts'] as const;

/** preparer: who made the pack · approver: somebody else, who takes responsibility for it as well. */
export const signOffRoles = ['preparer', 'approver'] as const;
export type SignOffRole = (typeof signOffRoles)[number];

export const signerDoubts = [
  'unlisted',
  'other-purpose',
  'other-person',
  'expired',
  'not-yet-valid',
  'revoked',
  'changed',
] as const;

export const packSigner = z.object({
  identity: z.string().nullable(),
  fingerprint: z.string(),
  pinned: z.boolean(),
  /** Whom the pack names as the owner, when nothing but a comparison of keys is missing to believe it; absent otherwise. */
  comparable: z.string().optional(),
  /** Why nobody vouches for the key; absent where somebody does. */
  doubt: z.enum(signerDoubts).optional(),
});
export const verification = z.object({
  verdict: z.enum(verdicts),
  signer: packSigner.nullable(),
  signers: z.array(packSigner),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  summary: z.string(),
  /** What a verdict of trusted does not cover, in sentences, the report first; absent where there is nothing of the kind. */
  reservations: z.array(z.string()).optional(),
  /** Whether the words of the report were held against the data; absent where nothing could be said about it. */
  report: z.enum(reportComparisons).optional(),
});
export type Verification = z.infer<typeof verification>;

export const packCounts = z.object({
  population: z.number().int(),
  decisions: z.number().int(),
  undecided: z.number().int(),
  findings: z.number().int(),
  ledgerEntries: z.number().int(),
  conflicts: z.number().int(),
  /** Absent where the pack has no campaign. */
  campaigns: z.number().int().min(0).optional(),
  campaignItems: z.number().int().min(0).optional(),
  /** Of these, without a final decision. */
  campaignItemsOpen: z.number().int().min(0).optional(),
});
export type PackCounts = z.infer<typeof packCounts>;

export const exportReport = z.object({
  file: z.string(),
  sha256: z.string(),
  counts: packCounts,
  signer: z.object({ fingerprint: z.string(), identity: z.string() }),
  /** What came of asking for a timestamp, as a sentence; absent when nobody is asked. */
  timestamp: z.string().optional(),
  /** The redacted pack made besides; absent when none was asked for, or could be made. */
  redacted: redactedPackReport.optional(),
  /** Why no redacted pack was made though one was asked for, as a sentence. */
  redactionProblem: z.string().optional(),
});
export type ExportReport = z.infer<typeof exportReport>;

/** A control of a framework that the evidence is meant for: a claim of whoever prepares it. */
const controlText = z.string().min(1).max(500);
export const control = z.strictObject({ framework: controlText, control: controlText, title: controlText });
export const controlMapping = z.array(control).min(1).max(200);
export type ControlMapping = z.infer<typeof controlMapping>;

/** Until when, or by which rule, a pack is to be kept; one line. */
export const retentionLabel = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\S(?:[^\p{Cc}]*\S)?$/u);

/** A pack file before and after something was added to it, or as it was deleted. */
export const changedPack = z.object({
  file: z.string(),
  sha256: z.string(),
  /** Files that were added. */
  added: z.number().int(),
  /** What came of asking for a timestamp, as a sentence; absent when nobody is asked. */
  timestamp: z.string().optional(),
});
export const deletedPack = z.object({
  name: z.string(),
  sha256: z.string(),
  retention: z.string().nullable(),
});
export type DeletedPack = z.infer<typeof deletedPack>;
export type ChangedPackFile = z.infer<typeof changedPack>;

export const packListing = z.object({
  name: z.string(),
  file: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  exportedAt: instant,
});
export type PackListing = z.infer<typeof packListing>;

/**
 * A pack that was exported, as the ledger has it. in-folder: it is in the workspace's folder · deleted: it was,
 * and somebody deleted it · elsewhere: it was written to another place, or moved.
 */
export const exportedPack = z.object({
  packId: z.string(),
  name: z.string(),
  sha256: z.string(),
  exportedAt: instant,
  exportedBy: z.string(),
  standing: z.enum(['in-folder', 'deleted', 'elsewhere']),
});
export type ExportedPack = z.infer<typeof exportedPack>;

/** The page with which recipients verify packs in a browser. */
export const verifyPage = z.object({
  /** Where it was written; null when it was only hashed. */
  file: z.string().nullable(),
  bytes: z.number().int(),
  /** Hex; recipients compare it by another way than the pack. */
  sha256: z.string(),
});
export type VerifyPage = z.infer<typeof verifyPage>;
