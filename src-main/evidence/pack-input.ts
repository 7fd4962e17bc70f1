// Everything an evidence pack is made from, already read from the stores.
import { z } from 'zod';
import { conflictCause, conflictClosing, conflictStanding } from '#shared/model/conflict.ts';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { finding } from '#shared/model/finding.ts';
import { decision, review, serverDecision } from '#shared/model/review.ts';
import { reviewer } from '#shared/model/reviewer.ts';
import { instant } from '#shared/time/instant.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.number().int().min(0);
/** One line of text, for places where a line break would start something new. */
const line = z.string().regex(/^[^\p{Cc}]+$/u);
const eventBound = z.strictObject({ at: instant, id: z.string() });

/**
 * Information produced by the entity (IPE): how the mirrored events were obtained and why they are believed complete.
 * A server count that could not be taken is null, never zero.
 */
export const ipe = z.strictObject({
  query: z.string(),
  parameters: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
  /** Every restriction of the query in words. */
  filters: z.array(z.string()),
  database: z.string().nullable(),
  role: z.string().nullable(),
  serverTime: instant.nullable(),
  /** Rows in the mirror. */
  rows: count,
  /** Rows counted by the database itself, in a query of its own. */
  serverRows: count.nullable(),
  first: eventBound.nullable(),
  last: eventBound.nullable(),
  days: z.array(z.strictObject({ day, mirrored: count, server: count.nullable() })),
  /**
   * SHA-256 over the mirrored events, newest first, one canonical JSON line each. Where events were only counted, as the filters
   * then say: over one line per (day, account, actor, action, slot) with its count, ascending; the bounds then have empty ids.
   */
  populationSha256: sha256,
  completeness: z.enum(['complete', 'incomplete', 'unknown']),
  completenessReason: z.string(),
});
export type Ipe = z.infer<typeof ipe>;

export const detector = z.strictObject({
  id: z.string(),
  version: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  description: z.string(),
});
export type Detector = z.infer<typeof detector>;

/** Our decision on an item that the audit database had already closed, with what the database says. */
export const conflict = z.strictObject({
  review: z.string(),
  ours: decision.strict(),
  server: serverDecision.strict(),
  outcome: z.string(),
  /** These four are absent in packs older than the closing of conflicts. */
  standing: conflictStanding.optional(),
  cause: conflictCause.nullable().optional(),
  /** Every closing ever, oldest first; the last holds while the conflict is closed. */
  closings: z.array(conflictClosing.strict()).optional(),
  /** Ids of all ledger entries about the item. */
  entries: z.array(z.string()).optional(),
});
export type Conflict = z.infer<typeof conflict>;

export const packSource = z.strictObject({
  database: z.string(),
  user: z.string(),
  table: z.string(),
  sourceAccount: z.string().nullable(),
  server: z.string().nullable(),
});

export const ledgerLine = z.object({ entry: ledgerEntry, hash: sha256 });
/** An entry and its hash as the ledger keeps them. */
export type LedgerLine = z.infer<typeof ledgerLine>;

export const packInput = z.object({
  generatedAt: instant,
  /** ULID. */
  packId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  toolVersion: line,
  period: z.strictObject({ from: instant.nullable(), to: instant.nullable() }),
  /** IANA zone in which the workspace counts hours of the week. */
  zone: z.string(),
  /** The time against which “overdue” was judged; null when that was the clock. */
  asOf: instant.nullable(),
  reviewer: reviewer.strict(),
  /** As in the list of allowed signers. */
  signerIdentity: line,
  source: packSource.nullable(),
  ipe,
  population: z.array(review.strict()),
  /** The decision in force for each decided item; items without one are undecided. */
  decisions: z.array(decision.strict()),
  /** The whole ledger in order, from its first entry. */
  ledger: z.array(ledgerLine),
  findings: z.array(finding.strict()),
  detectors: z.array(detector),
  conflicts: z.array(conflict),
  previousPackSha256: sha256.nullable(),
});
export type PackInput = z.infer<typeof packInput>;
