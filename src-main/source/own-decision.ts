// Recognises our own decision in a row of the review table: by everything it carries, never by its mark alone.
import type { DecisionKind } from '#shared/model/review.ts';
import { parseNotes } from './notes.ts';
import type { ServerReview } from './reviews.ts';

/** A decision that left this computer. */
export type OwnDecision = {
  readonly decisionId: string;
  readonly entryHash: string;
  readonly review: string;
  readonly decision: DecisionKind;
  readonly reviewer: string;
  /** What the row held before, which was written below the decision; null where it held nothing. */
  readonly earlierNotes?: string | null | undefined;
};

/**
 * True when the row carries a decision made here, unaltered. Anybody may write our mark into any row, so id, hash of the ledger
 * entry, review, decision and reviewer must all be those of one decision that was sent.
 * @param find answers the decision with this id, if one was made here and sent.
 */
export function carriesOwnDecision(
  row: Pick<ServerReview, 'id' | 'reviewerId' | 'reviewedAtMicroseconds' | 'notes'>,
  find: (decisionId: string) => OwnDecision | undefined,
): boolean {
  if (row.reviewedAtMicroseconds === null || row.reviewerId === null) return false;
  const written = parseNotes(row.notes);
  const own = written && find(written.decisionId);
  if (!written || !own) return false;
  return (
    own.review === row.id &&
    own.decision === written.decision &&
    own.entryHash.startsWith(written.entryHash) &&
    (own.earlierNotes ?? '') === (written.earlier ?? '') &&
    own.reviewer.toLowerCase() === row.reviewerId.toLowerCase()
  );
}
