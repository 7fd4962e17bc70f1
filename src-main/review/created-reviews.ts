// What the ledger knows of review rows that were added for privileged events, and which earlier decisions they carry.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';

const rowAbout = z.object({
  review: z.string(),
  auditLogId: z.string().nullable(),
  action: z.string(),
  actor: z.string().nullable(),
  dueAt: z.string(),
});

/** Written just before rows leave, and again when the database has answered. */
export const reviewCreatedPayload = z.discriminatedUnion('step', [
  z.object({ step: z.literal('leaving'), rows: z.array(rowAbout.extend({ tenant: z.string().nullable() })) }),
  z.object({
    step: z.literal('settled'),
    rows: z.array(
      z.object({
        review: z.string(),
        outcome: z.enum(['created', 'present', 'refused', 'waiting']),
        /** Of the row as the database holds it; null when it has none of this id. */
        digest: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  }),
]);
export type ReviewCreatedPayload = z.infer<typeof reviewCreatedPayload>;
export type SettledRow = Extract<ReviewCreatedPayload, { step: 'settled' }>['rows'][number];

export type CreatedReviews = {
  /** Rows known to be there, by review id: the digest of what they say, and in which database. */
  readonly rows: Map<string, { readonly digest: string; readonly source: string | null }>;
  /** Announced, with no answer on record. */
  readonly leaving: Set<string>;
};

export const noCreatedReviews = (): CreatedReviews => ({ rows: new Map(), leaving: new Set() });

export function applyCreatedReviews(
  created: CreatedReviews,
  { payload }: LedgerEntry,
  source: string | null,
): void {
  const known = reviewCreatedPayload.parse(payload);
  if (known.step === 'leaving') {
    for (const { review } of known.rows) created.leaving.add(review);
    return;
  }
  for (const { review, digest } of known.rows) {
    created.leaving.delete(review);
    if (digest !== null) created.rows.set(review, { digest, source });
  }
}

/**
 * Whether a decision has a row to be written to. One that was made before there was a row has it only where a row of the same
 * id came to be in the same database, and says exactly what the person was shown.
 */
export function hasRow(
  created: CreatedReviews,
  decision: {
    readonly source: string | null;
    readonly payload: { readonly origin: string; readonly review: string; readonly digest: string };
  },
): boolean {
  const { origin, review, digest } = decision.payload;
  if (origin !== 'derived') return true;
  const row = created.rows.get(review);
  return row !== undefined && row.digest === digest && row.source === decision.source;
}
