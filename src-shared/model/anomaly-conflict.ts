// Two opinions about one of the source's own anomalies: ours in the ledger, and what the audit database holds instead.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { anomalyDisposition, anomalyVersion, serverAnomaly, serverDisposition } from './anomaly.ts';
import { entryReference } from './conflict.ts';
import { conflictStanding } from './conflict-standing.ts';
import { disposition } from './finding.ts';
import { syncState } from './review.ts';

export const anomalyConflictCauses = [
  'decided-first',
  'row-altered',
  'late-correction',
  'row-changed',
  'vanished',
] as const;
/**
 * decided-first: the row had a disposition before ours arrived · row-altered: ours was written, and what stands there was
 * changed or taken away afterwards · late-correction: we changed our mind after ours was written · row-changed: what the
 * scorer says is no longer what ours is about · vanished: the row was gone before ours was written.
 */
export const anomalyConflictCause = z.enum(anomalyConflictCauses);
export type AnomalyConflictCause = z.infer<typeof anomalyConflictCause>;

/** A closing of a conflict; it changes nothing in the audit database. */
export const anomalyClosing = z.object({
  /** Id of the ledger entry. */
  entry: z.string(),
  /** The disposition of ours it was about. */
  disposition: z.string(),
  note: z.string(),
  by: z.string(),
  byName: z.string(),
  at: instant,
  /** What the database said then; null when it said nothing. */
  server: serverDisposition.nullable(),
  /** SHA-256 of the row and what was made of it, as it was then: another one re-opens the conflict. Null when the row was not visible. */
  row: z.string().nullable(),
});
export type AnomalyClosing = z.infer<typeof anomalyClosing>;

export const anomalyConflict = z.object({
  kind: z.literal('anomaly'),
  anomaly: z.string(),
  standing: conflictStanding,
  /** Null when nothing differs any more: closed, and the database came round since. */
  cause: anomalyConflictCause.nullable(),
  /** Closed before, and open again because the row, or our disposition, is another one since. */
  reopened: z.boolean(),
  /** SHA-256 of the row as it is now; null while it is not visible. */
  row: z.string().nullable(),
  item: serverAnomaly,
  /** Our latest disposition. */
  ours: z.object({
    id: z.string(),
    disposition,
    reviewer: z.string(),
    reviewerName: z.string(),
    disposedAt: instant,
    sync: syncState,
  }),
  /** Null when nobody's disposition stands there. */
  theirs: serverDisposition.nullable(),
  /** The closing in force; null unless closed. */
  closing: anomalyClosing.nullable(),
});
export type AnomalyConflict = z.infer<typeof anomalyConflict>;

/** A part of the scorer's words as it was shown to whoever judged, and as the database has it now. */
export const anomalyChange = z.object({
  field: z.enum(['tenant', 'user', 'anomalyType', 'severity', 'score', 'detectedText', 'context']),
  shown: z.string().nullable(),
  now: z.string().nullable(),
});
export type AnomalyChange = z.infer<typeof anomalyChange>;

export const anomalyConflictDetail = z.object({
  kind: z.literal('anomaly'),
  conflict: anomalyConflict,
  ours: anomalyDisposition,
  /** `row`: as the newest pull found it · `answer`: as the database answered when ours was sent. Null without theirs. */
  seen: z.enum(['row', 'answer']).nullable(),
  /** The scorer's own particulars, verbatim. */
  context: z.string().nullable(),
  /** What is not as it was when ours was recorded; null while the row is not visible. */
  changes: z.array(anomalyChange).nullable(),
  /** How the row was, newest first. */
  versions: z.array(anomalyVersion),
  /** Every disposition ever made here about it, oldest first. */
  dispositions: z.array(anomalyDisposition),
  /** Every closing ever, oldest first. */
  closings: z.array(anomalyClosing),
  /** Every ledger entry about it, oldest first. */
  entries: z.array(entryReference),
});
export type AnomalyConflictDetail = z.infer<typeof anomalyConflictDetail>;
