// What can be asked about the decision ledger as a whole: does it hold together, does it add up, where are its copies.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

/**
 * hash: an entry is not what was hashed · link: it does not follow from the one before · gap: one before it is missing ·
 * unreadable: it cannot be read · unknown-type: a newer release wrote it · checkpoint: it, or what it covers, was exchanged ·
 * missing: the newest entries are gone · schema: the rules that make the file append-only are not those of this program.
 */
export const ledgerFaults = [
  'hash',
  'link',
  'gap',
  'unreadable',
  'unknown-type',
  'checkpoint',
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

export const ledgerBackup = z.object({
  file: z.string(),
  bytes: z.number().int(),
  entries: z.number().int(),
  /** Hash of its last entry. */
  headHash: z.string(),
});
export type LedgerBackup = z.infer<typeof ledgerBackup>;

export const ledgerRestoration = z.object({
  /** Entries of the backup; the restoring itself is one more. */
  entries: z.number().int(),
  /** Entries the ledger had before and the backup has not. */
  discarded: z.number().int(),
  /** Where the ledger that was replaced is kept; null when there was none. */
  kept: z.string().nullable(),
});
export type LedgerRestoration = z.infer<typeof ledgerRestoration>;
