// Everything an evidence pack is made from, already read from the stores.
import { z } from 'zod';
import { anomalyDisposition, serverAnomaly, serverDisposition } from '#shared/model/anomaly.ts';
import { anomalyClosing, anomalyConflictCause } from '#shared/model/anomaly-conflict.ts';
import { samplingMethod, samplingPlan } from '#shared/model/sampling.ts';
import { conflictCause, conflictClosing } from '#shared/model/conflict.ts';
import { conflictStanding } from '#shared/model/conflict-standing.ts';
import { controlMapping, ledgerEntry, retentionLabel } from '#shared/model/evidence.ts';
import { finding } from '#shared/model/finding.ts';
import { decision, review, serverDecision } from '#shared/model/review.ts';
import { reviewer } from '#shared/model/reviewer.ts';
import { instant } from '#shared/time/instant.ts';
import { reconciliation } from './reconcile.ts';

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
  /** The rest is absent in packs older than the reconciliation. Version of the database server. */
  server: z.string().nullable().optional(),
  /** Id of the transaction snapshot in which the rows were read; null where the server gives none. */
  snapshot: z.string().nullable().optional(),
  /** In which way the rows came. */
  readBy: z.enum(['copy', 'cursor']).nullable().optional(),
  reconciliation: reconciliation.optional(),
});
export type Ipe = z.infer<typeof ipe>;

export const detector = z.strictObject({
  id: z.string(),
  version: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  description: z.string(),
});
export type Detector = z.infer<typeof detector>;

/** A decision as a pack states it; what goes beyond a decision is absent in older packs. */
export const packedDecision = decision.strict().extend({
  /** SHA-256 of exactly what was shown to the person who decided. */
  shownDigest: sha256.optional(),
  /** How long the item was in view, in milliseconds; null when no time was kept. */
  dwellMs: z.number().nullable().optional(),
  /** When the audit database itself says it was reviewed, by its own clock; null while it says nothing. */
  serverReviewedAt: instant.nullable().optional(),
});
export type PackedDecision = z.infer<typeof packedDecision>;

/** Our decision on an item that the audit database had already closed, with what the database says. */
export const reviewConflictLine = z.strictObject({
  review: z.string(),
  ours: decision.strict(),
  /** Null where what was written is gone from the row, which is open again. */
  server: serverDecision.strict().nullable(),
  outcome: z.string(),
  /** These four are absent in packs older than the closing of conflicts. */
  standing: conflictStanding.optional(),
  cause: conflictCause.nullable().optional(),
  /** Every closing ever, oldest first; the last holds while the conflict is closed. */
  closings: z.array(conflictClosing.strict()).optional(),
  /** Ids of all ledger entries about the item. */
  entries: z.array(z.string()).optional(),
});
export type ReviewConflictLine = z.infer<typeof reviewConflictLine>;

/** Our disposition of one of the source's own anomalies, with what the audit database holds instead. */
export const anomalyConflictLine = z.strictObject({
  kind: z.literal('anomaly'),
  anomaly: z.string(),
  ours: anomalyDisposition.strict(),
  /** Null when nobody's disposition stands there. */
  server: serverDisposition.strict().nullable(),
  /** What came of sending ours; null when it was not sent. */
  outcome: z.string().nullable(),
  standing: conflictStanding,
  cause: anomalyConflictCause.nullable(),
  /** SHA-256 of the row as it was seen last; null while it was not visible. */
  row: sha256.nullable(),
  /** Every closing ever, oldest first. */
  closings: z.array(anomalyClosing.strict()),
  /** Ids of all ledger entries about the anomaly. */
  entries: z.array(z.string()),
});
export type AnomalyConflictLine = z.infer<typeof anomalyConflictLine>;

/** Those about anomalies are absent in packs older than these. */
export const conflict = z.union([reviewConflictLine, anomalyConflictLine]);
export type Conflict = z.infer<typeof conflict>;

export const isAboutAnomaly = (one: Conflict): one is AnomalyConflictLine => 'anomaly' in one;

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

/** What makes an item the item it is; who reviewed it there, and when, is not part of it. */
export const itemFacts = z.strictObject({
  tenant: z.string().nullable(),
  auditLogId: z.string().nullable(),
  action: z.string(),
  actor: z.string().nullable(),
  dueAt: instant,
  /** The due time as the database writes it where it cannot be placed. */
  dueText: z.string().optional(),
});
export type ItemFacts = z.infer<typeof itemFacts>;

/** What the mirror knows about the past of an item. */
const firstSight = z.strictObject({
  /** As a reading of the queue showed it first. */
  before: itemFacts,
  /** Server time of that reading; null where nobody asked for it. */
  seenAt: instant.nullable(),
  /** Whether the very first reading showed it; with a later one it is new since the review began. */
  isFromBeginning: z.boolean(),
});
export type FirstSight = z.infer<typeof firstSight>;

/** What is asked for at the export: the method, and the seed an auditor gave; null takes the hash of the population. */
export const samplingRequest = z.strictObject({
  method: samplingMethod,
  seed: samplingPlan.shape.seed.nullable(),
  /** Another size than the method gives; null or absent takes that. */
  size: z.number().int().min(1).nullable().optional(),
});
export type SamplingRequest = z.infer<typeof samplingRequest>;

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
  decisions: z.array(packedDecision),
  /** The whole ledger in order, from its first entry. */
  ledger: z.array(ledgerLine),
  findings: z.array(finding.strict()),
  detectors: z.array(detector),
  conflicts: z.array(conflict),
  /** The source's own; absent where it has no table of them, or it was not read. */
  anomalies: z.array(serverAnomaly.strict()).optional(),
  previousPackSha256: sha256.nullable(),
  /** Until when, or by which rule, the pack is to be kept. */
  retention: retentionLabel.optional(),
  /** The usual ones where nobody said otherwise. */
  controls: controlMapping.readonly().optional(),
  sampling: samplingRequest.optional(),
  /** By item of the database; absent where the mirror keeps no history. */
  firstSights: z.record(z.string(), firstSight).optional(),
});
export type PackInput = z.infer<typeof packInput>;
