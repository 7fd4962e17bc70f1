// What can be asked about the decision ledger as a whole: does it hold together, does it add up, where are its copies.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { ledgerEntry, ledgerEntryType } from './evidence.ts';

/**
 * hash: an entry is not what was hashed · link: it does not follow from the one before · gap: one before it is missing ·
 * unreadable: it cannot be read · unknown-type: a newer release wrote it · checkpoint: it, or what it covers, was exchanged ·
 * key: a signing key was replaced or revoked in a way that does not follow from the keys before ·
 * missing: the newest entries are gone · schema: the rules that make the file append-only are not those of this program.
 */
export const ledgerFaults = [
  'hash',
  'link',
  'gap',
  'unreadable',
  'unknown-type',
  'checkpoint',
  'key',
  'missing',
  'schema',
] as const;
export type LedgerFault = (typeof ledgerFaults)[number];

export const recordedCheckpoint = z.object({
  /** The entry that records it; it covers all entries before. */
  seq: z.number().int(),
  size: z.number().int(),
  /** Merkle root of RFC 6962, 64 hex digits. */
  root: z.string(),
  at: instant,
  occasion: z.string(),
  /** The key that signed it; null for one recorded while the key could not be used. */
  fingerprint: z.string().nullable(),
});
export type RecordedCheckpoint = z.infer<typeof recordedCheckpoint>;

export const ledgerVerification = z.object({
  ok: z.boolean(),
  /** Entries that hold, from the first on. */
  entries: z.number().int(),
  firstBad: z
    .object({
      /** Null when no single entry is to blame. */
      seq: z.number().int().nullable(),
      fault: z.enum(ledgerFaults),
      detail: z.string(),
    })
    .nullable(),
  /** Checkpoints that hold, and the newest of them. */
  checkpoints: z.number().int(),
  newestCheckpoint: recordedCheckpoint.nullable(),
  /** How often the signing key was replaced; absent where nothing could be read. */
  keyChanges: z.object({ endorsed: z.number().int(), notEndorsed: z.number().int() }).optional(),
  summary: z.string(),
});
export type LedgerVerification = z.infer<typeof ledgerVerification>;

export const ledgerRebuild = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  /** The first place where the state in use is not what the entries add up to. */
  difference: z.object({ path: z.string(), inUse: z.string(), rebuilt: z.string() }).nullable(),
});
export type LedgerRebuild = z.infer<typeof ledgerRebuild>;

/** A file of a campaign that the ledger names by its hash, below the folder of campaigns; absent, or not the one that is named. */
const lackingFile = z.object({
  campaign: z.string(),
  file: z.string(),
  why: z.enum(['absent', 'changed']),
});

/** Frozen populations, files they were read from, items that came by file, later populations of re-checks. */
export const backedUpCampaigns = z.object({
  /** How many are in the backup, each compared with its hash, and their size. */
  files: z.number().int(),
  bytes: z.number().int(),
  missing: z.array(lackingFile),
});
export type BackedUpCampaigns = z.infer<typeof backedUpCampaigns>;

export const restoredCampaigns = z.object({
  /** Files that were there already, and files that were put there. */
  inPlace: z.number().int(),
  restored: z.number().int(),
  /** Without them nothing is decided in their campaigns until they are put back. */
  missing: z.array(lackingFile),
});
export type RestoredCampaigns = z.infer<typeof restoredCampaigns>;

export const ledgerBackup = z.object({
  file: z.string(),
  bytes: z.number().int(),
  entries: z.number().int(),
  /** Hash of its last entry. */
  headHash: z.string(),
  campaigns: backedUpCampaigns,
});
export type LedgerBackup = z.infer<typeof ledgerBackup>;

export const ledgerRestoration = z.object({
  /** Entries of the backup; the restoring itself is one more. */
  entries: z.number().int(),
  /** Entries the ledger had before and the backup has not. */
  discarded: z.number().int(),
  /** Where the ledger that was replaced is kept; null when there was none. */
  kept: z.string().nullable(),
  campaigns: restoredCampaigns,
});
export type LedgerRestoration = z.infer<typeof ledgerRestoration>;

/** A piece of a sentence: our words, or a value somebody entered or the database holds, to be drawn so that it cannot pose as ours. */
export const saying = z.array(z.object({ text: z.string(), isValue: z.boolean() }));
export type Saying = z.infer<typeof saying>;

export const ledgerLine = z.object({
  seq: z.number().int(),
  id: z.string(),
  type: ledgerEntryType,
  /** By this computer’s clock then. */
  at: instant,
  /** Reviewer id; empty for the workstation itself. */
  actor: z.string(),
  /** As the newest profile of that id has it; null when the ledger names nobody for it. */
  actorName: z.string().nullable(),
  /** What was done, in words. */
  saying,
});
export type LedgerLine = z.infer<typeof ledgerLine>;

export const ledgerQuery = z.object({
  type: ledgerEntryType.optional(),
  /** Exactly this reviewer id; empty for the workstation itself. */
  actor: z.string().max(1_000).optional(),
  /** Anything the line says, its person, id or subject; letter case does not matter. */
  text: z.string().max(200).optional(),
  /** Only entries before this one. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(500),
});
export type LedgerQuery = z.infer<typeof ledgerQuery>;

export const ledgerPage = z.object({
  /** Entries of the whole ledger. */
  size: z.number().int(),
  /** Newest first. */
  entries: z.array(ledgerLine),
  /** Whether earlier entries match, too. */
  hasEarlier: z.boolean(),
  /** How many there are of each kind, and by each person, in the whole ledger; the most frequent first. */
  kinds: z.array(z.object({ type: ledgerEntryType, count: z.number().int() })),
  people: z.array(z.object({ actor: z.string(), name: z.string().nullable(), count: z.number().int() })),
});
export type LedgerPage = z.infer<typeof ledgerPage>;

export const ledgerEntryDetail = z.object({
  line: ledgerLine,
  entry: ledgerEntry,
  /** SHA-256 as it was recorded; computed again from the entry just now, and found the same. */
  hash: z.string(),
});
export type LedgerEntryDetail = z.infer<typeof ledgerEntryDetail>;

export const backupListing = z.object({
  name: z.string(),
  file: z.string(),
  bytes: z.number().int(),
  at: instant,
  /** Taken by itself before the format of the file changed; of these, the newest three are kept. */
  beforeMigration: z.boolean(),
});
export type BackupListing = z.infer<typeof backupListing>;
