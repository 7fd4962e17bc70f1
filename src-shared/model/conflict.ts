// Two opinions about one review item: ours in the ledger, theirs in the audit database, and whether somebody looked at it.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { auditEvent } from './audit-event.ts';
import { conflictStanding } from './conflict-standing.ts';
import { ledgerEntryType } from './evidence.ts';
import { reviewChange } from './review-history.ts';
import { decision, decisionKind, review, serverDecision, syncState } from './review.ts';

export const conflictCauses = ['decided-first', 'row-altered', 'late-correction'] as const;
/**
 * decided-first: the database had a decision before ours arrived · row-altered: ours was written, and the row was changed
 * afterwards · late-correction: we changed our mind after the row was closed.
 */
export const conflictCause = z.enum(conflictCauses);
export type ConflictCause = z.infer<typeof conflictCause>;

/** A closing of a conflict; it changes nothing in the audit database. */
export const conflictClosing = z.object({
  /** Id of the ledger entry. */
  entry: z.string(),
  /** The decision of ours it was about. */
  decision: z.string(),
  note: z.string(),
  by: z.string(),
  byName: z.string(),
  at: instant,
  /** What the database said then; null when it said nothing. */
  server: serverDecision.nullable(),
  /** SHA-256 of the server's row as it was then: another row re-opens the conflict. Null when the row was not visible. */
  row: z.string().nullable(),
});
export type ConflictClosing = z.infer<typeof conflictClosing>;

export const conflict = z.object({
  kind: z.literal('review'),
  review: z.string(),
  standing: conflictStanding,
  /** Null when nothing differs any more: closed, and the database came round since. */
  cause: conflictCause.nullable(),
  /** Closed before, and open again because the row of the database, or our decision, is another one since. */
  reopened: z.boolean(),
  /** SHA-256 of the server's row as it is now; null while it is not visible. */
  row: z.string().nullable(),
  item: review,
  ours: z.object({
    id: z.string(),
    decision: decisionKind,
    reviewer: z.string(),
    reviewerName: z.string(),
    decidedAt: instant,
    sync: syncState,
  }),
  /** Null when ours was written and the row is open again, and when it was never seen decided. */
  theirs: serverDecision
    .extend({
      /** What the machine line of the notes says; null where there is none, and then nobody can tell but the notes. */
      decision: decisionKind.nullable(),
    })
    .nullable(),
  /** The closing in force; null unless closed. */
  closing: conflictClosing.nullable(),
});
export type Conflict = z.infer<typeof conflict>;

/** A field of the item as it was shown to whoever decided, and as the database has it now. */
export const itemChange = z.object({
  field: z.enum(['tenant', 'auditLogId', 'action', 'actor', 'dueAt']),
  shown: z.string().nullable(),
  now: z.string().nullable(),
});
export type ItemChange = z.infer<typeof itemChange>;

/** A ledger entry about an item, by what finds it in the ledger. */
export const entryReference = z.object({
  seq: z.number().int(),
  id: z.string(),
  type: ledgerEntryType,
  at: instant,
  actor: z.string(),
  hash: z.string(),
});
export type EntryReference = z.infer<typeof entryReference>;

export const conflictDetail = z.object({
  kind: z.literal('review'),
  conflict,
  ours: z.object({
    decision,
    /** Server clock minus ours when it was decided, in milliseconds; null when it was never measured. */
    offsetMs: z.number().nullable(),
    /** `decidedAt` moved by that offset: when it was by the server's clock, as far as we know. */
    decidedAtByServer: instant.nullable(),
    /** Digest of the item as it was shown when it was decided. */
    shownDigest: z.string(),
  }),
  theirs: z
    .object({
      server: serverDecision,
      /** `row`: as the newest pull found it · `answer`: as the database answered when ours was sent. */
      seen: z.enum(['row', 'answer']),
      /** The machine line of the notes; a claim of whoever wrote it. Null when there is none. */
      claim: z
        .object({
          decision: decisionKind,
          decisionId: z.string(),
          entryHash: z.string(),
          decidedAt: instant,
          offsetSeconds: z.number().nullable(),
          reason: z.string().nullable(),
          /** The line names our own decision. */
          isOurs: z.boolean(),
        })
        .nullable(),
    })
    .nullable(),
  /** The audited event; null while it is not in the mirror. */
  event: auditEvent.nullable(),
  /** What of the item is not as it was when it was decided; null while the row is not visible. */
  changes: z.array(itemChange).nullable(),
  /** What pulls showed of the row, newest first; empty where it was never pulled. */
  history: z.array(reviewChange),
  /** Every decision ever made here about the item, oldest first. */
  decisions: z.array(decision),
  /** Every closing ever, oldest first. */
  closings: z.array(conflictClosing),
  /** Every ledger entry about the item, oldest first. */
  entries: z.array(entryReference),
});
export type ConflictDetail = z.infer<typeof conflictDetail>;
