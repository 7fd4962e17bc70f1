// Sending decisions: how far the clocks are apart, and what the next sync would do.
import { z } from 'zod';
import { disposition } from './finding.ts';
import { decisionKind, syncState } from './review.ts';
import { instant } from '../time/instant.ts';

export const clockStandings = ['unknown', 'close', 'warn', 'held', 'acknowledged'] as const;
/**
 * unknown: never measured · close: within two minutes · warn: more than two · held: more than fifteen, so nothing is sent until
 * somebody acknowledges it · acknowledged: somebody did.
 */
export const clockStanding = z.object({
  standing: z.enum(clockStandings),
  /** Server clock minus this computer's, in milliseconds, as last measured; null when it never was. */
  offsetMs: z.number().nullable(),
  /** The newest time this computer’s clock was found set back; null when it never was. */
  jump: z
    .object({
      /** Number of the ledger entry that records it. */
      entry: z.number().int(),
      at: instant,
      backMs: z.number(),
    })
    .nullable()
    .optional(),
});
export type ClockStanding = z.infer<typeof clockStanding>;

export const syncRequest = z
  .object({
    /** How long to try again when the database does not answer; two minutes when absent, 0 for not at all. */
    waitMinutes: z.number().min(0).max(60).optional(),
    /** Puts on record that the clocks are known to be more than fifteen minutes apart, and sends all the same. */
    acknowledgeClock: z.boolean().optional(),
    /** Why that difference is meant; kept with the acknowledgement, which is nothing without it. */
    acknowledgeReason: z.string().trim().min(1).max(4000).optional(),
  })
  .refine(
    ({ acknowledgeClock, acknowledgeReason }) => acknowledgeClock !== true || acknowledgeReason !== undefined,
    {
      path: ['acknowledgeReason'],
      message: 'An acknowledgement says in a sentence why the difference is meant.',
    },
  );
export type SyncRequest = z.infer<typeof syncRequest>;

const previewed = z.object({
  review: z.string(),
  decisionId: z.string(),
  decision: decisionKind,
  action: z.string(),
  actor: z.string().nullable(),
  reviewer: z.string(),
  /** What they called themselves when they decided. */
  reviewerName: z.string().optional(),
  decidedAt: instant,
});

export const syncPreview = z.object({
  /** Why nothing at all would leave, in sentences; empty when nothing is in the way as far as this computer knows. */
  held: z.array(z.string()),
  wouldSend: z.array(
    previewed.extend({
      /** What would be written to the notes column, cut to its length if it is short. */
      notes: z.string(),
      /** True when it left before and the answer was lost. */
      again: z.boolean(),
      /** What the last look at the database lets expect; null when nothing stands against it. */
      expected: z.string().nullable(),
    }),
  ),
  wouldNotSend: z.array(
    previewed.extend({
      sync: syncState,
      why: z.string(),
      /** True when it was refused on this computer and never left; absent otherwise. */
      refusedHere: z.boolean().optional(),
    }),
  ),
  /** Dispositions of the source’s own anomalies that would leave; `again` as above. */
  wouldDispose: z
    .array(
      z.object({
        anomaly: z.string(),
        dispositionId: z.string(),
        disposition,
        anomalyType: z.string().nullable(),
        user: z.string().nullable(),
        reviewer: z.string(),
        at: instant,
        again: z.boolean(),
      }),
    )
    .optional(),
  /** Findings that would be published in the source’s table of anomalies. */
  wouldPublish: z.number().int().optional(),
});
export type SyncPreview = z.infer<typeof syncPreview>;
