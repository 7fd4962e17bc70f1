// A row of the source's own anomaly table: a finding somebody else made, shown beside ours in its own words.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { second } from './concurrence.ts';
import { disposition, dispositions, proposal } from './finding.ts';
import { syncState } from './review.ts';

export const anomalyStatuses = ['open', ...dispositions, 'reviewed', 'gone', 'published'] as const;
/**
 * open: nobody judged it · a disposition: we did · reviewed: somebody else did, on the server · gone: the row is no longer
 * visible · published: the row is a finding of ours.
 */
export const anomalyStatus = z.enum(anomalyStatuses);
export type AnomalyStatus = z.infer<typeof anomalyStatus>;

/** What the scorer there said, verbatim; its score is on a scale of its own and is never compared with ours. */
export const anomalyWords = z.object({
  tenant: z.string().nullable(),
  user: z.string().nullable(),
  anomalyType: z.string().nullable(),
  severity: z.string().nullable(),
  /** As the database writes it. */
  score: z.string().nullable(),
  /** As the database writes it; an infinite time has no instant. */
  detectedText: z.string().nullable(),
  detectedAt: instant.nullable(),
});

/** What the database says somebody made of it. */
export const serverDisposition = z.object({
  /** Verbatim. */
  disposition: z.string().nullable(),
  /** The same in our words; null where we know none for it. */
  understoodAs: disposition.nullable(),
  reviewedBy: z.string().nullable(),
  reviewedAt: instant.nullable(),
});
export type ServerDisposition = z.infer<typeof serverDisposition>;

export const serverAnomaly = anomalyWords.extend({
  id: z.string(),
  /** Column and scorer the score is of. */
  scoreScale: z.string(),
  server: serverDisposition.nullable(),
  status: anomalyStatus,
  /** Ours: the latest that needs no second person, or has one. */
  disposition: disposition.nullable(),
  note: z.string().nullable(),
  disposedAt: instant.nullable(),
  disposedBy: z.string().nullable(),
  dispositionId: z.string().nullable(),
  /** The latest disposition of ours, when a rule asked for a second person. */
  proposal: proposal.optional(),
  /** How far our latest disposition has travelled. */
  sync: syncState.nullable(),
  syncDetail: z.string().nullable(),
  /** Among the conflicts, and nobody has looked at it yet. */
  conflict: z.boolean(),
  /** Fields of the scorer's words that differ from when the row was first read. */
  changed: z.array(z.string()),
  changedAt: instant.nullable(),
  vanishedAt: instant.nullable(),
  /** When it was there again after it had vanished. */
  returnedAt: instant.nullable(),
  /** The finding of ours that the row is, or says it is. */
  publishedFinding: z.string().nullable(),
  /** SHA-256 of what is shown of the row; a changed row asks again. */
  digest: z.string(),
});
export type ServerAnomaly = z.infer<typeof serverAnomaly>;

/** How the row was when it was read; a further version is kept when anything in it differs. */
export const anomalyVersion = anomalyWords.extend({
  version: z.number().int(),
  context: z.string().nullable(),
  server: serverDisposition.nullable(),
  seenAt: instant,
});
export type AnomalyVersion = z.infer<typeof anomalyVersion>;

export const anomalyDisposition = z.object({
  /** ULID of the ledger entry. */
  id: z.string(),
  disposition,
  note: z.string(),
  reviewer: z.string(),
  reviewerName: z.string(),
  at: instant,
  sync: syncState,
  syncDetail: z.string().nullable(),
  /** Of the row as it was shown. */
  digest: z.string(),
  /** Hash of the ledger entry, 64 hex digits. */
  hash: z.string(),
  /** The second person’s part; absent where no rule asked for one. */
  second: second.optional(),
});
export type AnomalyDisposition = z.infer<typeof anomalyDisposition>;

export const anomalySyncItem = z.object({
  anomaly: z.string(),
  dispositionId: z.string(),
  outcome: z.enum(['applied', 'already-mine', 'superseded', 'changed', 'not-visible', 'rejected']),
  detail: z.string().nullable(),
});
export type AnomalySyncItem = z.infer<typeof anomalySyncItem>;

export const publicationOutcomes = ['published', 'already-there', 'taken', 'rejected'] as const;
/** taken: the id is used there by a row that is not this finding. */
export const publicationItem = z.object({
  finding: z.string(),
  /** Id of the row. */
  anomaly: z.string(),
  outcome: z.enum(publicationOutcomes),
  detail: z.string().nullable(),
});
export type PublicationItem = z.infer<typeof publicationItem>;

/** What a sync did with dispositions of the source's anomalies, and which findings it published. */
export const anomalySyncReport = z.object({
  sent: z.number().int(),
  applied: z.number().int(),
  alreadyMine: z.number().int(),
  superseded: z.number().int(),
  changed: z.number().int(),
  notVisible: z.number().int(),
  rejected: z.number().int(),
  items: z.array(anomalySyncItem),
  published: z.array(publicationItem),
  /** Why nothing could be written, in a sentence; what was decided waits. */
  held: z.array(z.string()),
});
export type AnomalySyncReport = z.infer<typeof anomalySyncReport>;

/** Whether our findings are inserted into the source's table, and how far that is. */
export const publicationState = z.object({
  isOn: z.boolean(),
  /** Findings that would be inserted by the next sync if it is on. */
  waiting: z.number().int(),
  /** Findings the table has no word for. */
  notExpressible: z.number().int(),
  published: z.array(publicationItem.extend({ at: instant })),
  /** The first of those that wait, in the words they would have there. */
  preview: z
    .array(
      z.object({
        finding: z.string(),
        anomalyType: z.string(),
        severity: z.string(),
        user: z.string().nullable(),
        detectedAt: instant,
      }),
    )
    .optional(),
});
export type PublicationState = z.infer<typeof publicationState>;

export const publicationStandings = [
  'off',
  'waiting',
  'no-word',
  'withheld',
  ...publicationOutcomes,
] as const;
/**
 * Where one finding stands. off: publishing is off · waiting: the next sync publishes it · no-word: the table has no word for it ·
 * withheld: it was called false, or an exception lets it pass · otherwise what came of publishing it.
 */
export const findingPublication = z.object({
  standing: z.enum(publicationStandings),
  /** Id of the row; null where there is none. */
  anomaly: z.string().nullable(),
  at: instant.nullable(),
  detail: z.string().nullable(),
});
export type FindingPublication = z.infer<typeof findingPublication>;
