// A review item (one privileged action awaiting a person) and the decisions made about it.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { second } from './concurrence.ts';
import { conflictStanding } from './conflict-standing.ts';

export const decisionKinds = ['certify', 'revoke', 'modify', 'abstain', 'escalate'] as const;
export const decisionKind = z.enum(decisionKinds);
export type DecisionKind = z.infer<typeof decisionKind>;

/** Only these are written to the audit database; abstain and escalate leave the row open for somebody else. */
export const finalDecisionKinds: readonly DecisionKind[] = ['certify', 'revoke', 'modify'];

export const reviewStatuses = ['pending', 'decided', 'reviewed', 'gone'] as const;
/**
 * pending: nobody decided; to abstain and to escalate leave it so · decided: we did · reviewed: somebody else did, on the server,
 * whatever was decided here besides · gone: the row is no longer visible.
 */
export const reviewStatus = z.enum(reviewStatuses);
export type ReviewStatus = z.infer<typeof reviewStatus>;

export const syncStates = [
  'unsent',
  'unknown',
  'applied',
  'already-mine',
  'superseded',
  'changed',
  'not-visible',
  'rejected',
  'local',
  'awaiting-second',
  'disagreed',
] as const;
/** awaiting-second: a rule asks for a second person, who has not spoken · disagreed: the second person did not concur, so it is not final · unknown: sent, the answer was lost · local: not for the database (abstain, escalate, derived queue, late correction). */
export const syncState = z.enum(syncStates);
export type SyncState = z.infer<typeof syncState>;

export const decision = z.object({
  /** ULID, the same in the ledger and in the notes written to the database. */
  id: z.string(),
  review: z.string(),
  decision: decisionKind,
  reason: z.string().nullable(),
  reviewer: z.string(),
  reviewerName: z.string(),
  decidedAt: instant,
  /** Id of the decision this one corrects. */
  supersedes: z.string().nullable(),
  batch: z.string().nullable(),
  sync: syncState,
  syncDetail: z.string().nullable(),
  /** Taken back before it was sent, so it no longer says anything. Absent otherwise. */
  withdrawn: z.literal(true).optional(),
  /** Hash of the ledger entry, 64 hex digits. */
  hash: z.string(),
  /** The second person’s part; absent where no rule asked for one. */
  second: second.optional(),
});
export type Decision = z.infer<typeof decision>;

/** What the audit database says about a row that is already reviewed there. */
export const serverDecision = z.object({
  reviewer: z.string().nullable(),
  reviewedAt: instant.nullable(),
  notes: z.string().nullable(),
  /** The time as the database writes it where it is infinite or too far away; `reviewedAt` is then an edge. */
  reviewedText: z.string().optional(),
});
export type ServerDecision = z.infer<typeof serverDecision>;

export const review = z.object({
  id: z.string(),
  origin: z.enum(['database', 'derived']),
  tenant: z.string().nullable(),
  auditLogId: z.string().nullable(),
  action: z.string(),
  actor: z.string().nullable(),
  actorName: z.string().nullable(),
  /** Time of the audited event; null while that event is not in the mirror. */
  createdAt: instant.nullable(),
  dueAt: instant,
  /** The due time as the database writes it where it is infinite, absent (empty) or too far away; `dueAt` is then an edge. */
  dueText: z.string().optional(),
  overdue: z.boolean(),
  severity: z.string().nullable(),
  status: reviewStatus,
  decision: decisionKind.nullable(),
  decisionId: z.string().nullable(),
  sync: syncState.nullable(),
  /** True when ours and the server's decision differ or the server decided first. */
  conflict: z.boolean(),
  /** Where two opinions stand; absent where there are not two, and where it was not asked for. */
  conflictStanding: conflictStanding.optional(),
  /** Ours was written, and it no longer counts as seconded: whoever concurred turned out to be the first reviewer, or the actor. */
  secondLost: z.literal(true).optional(),
  /**
   * Whoever made the decision in force is the person it is about, by an id that was stated to be theirs later: somebody else has
   * to decide anew. Absent otherwise.
   */
  ownByAlias: z.literal(true).optional(),
  /** Ours was written, or somebody was before us, and a later reading found the row open again: what stood there is gone. */
  reopened: z.literal(true).optional(),
  /** What somebody put into the notes of the row while it is open, verbatim; part of what is shown. Absent where nothing stands there. */
  notes: z.string().optional(),
  server: serverDecision.nullable(),
  /** SHA-256 of exactly what is shown; a decision carries it, and a changed item asks again. */
  digest: z.string(),
  /** Why nobody can decide this item here; absent when it can be decided. */
  undecidable: z.string().optional(),
});
export type Review = z.infer<typeof review>;
