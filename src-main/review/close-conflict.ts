// Closes a conflict: a person looked at both sides and said so; the audit database is left as it is.
import type { AnyConflict } from '#shared/model/conflict-list.ts';
import type { Conflict } from '#shared/model/conflict.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Review } from '#shared/model/review.ts';
import { requireConflict } from './conflicts.ts';
import { requireReviewer } from './decide.ts';
import { isOwnAction } from './independence.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export type CloseRequest = {
  readonly id: string;
  readonly note: string;
  /** Our decision or disposition, and the row, as they were on screen. */
  readonly shown?: { readonly decision: string; readonly row: string | null } | undefined;
};

/**
 * Puts on record that a person looked at a conflict; the audit database is not touched.
 * @throws Problem when there is nothing open to close, when it is not what was shown, or when it is about the reviewer.
 */
export function closeConflict(
  ledger: Ledger,
  readQueue: (state: LedgerState) => readonly Review[],
  { id, note, shown }: CloseRequest,
): Conflict {
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const conflict = requireConflict(readQueue(state), state, id);
    assertClosable(conflict, shown);
    if (isOwnAction(state, conflict.item.actor, reviewer.id)) throw ownConflict();
    const { theirs, row, ours, item } = conflict;
    const server = theirs && {
      reviewer: theirs.reviewer,
      reviewedAt: theirs.reviewedAt,
      notes: theirs.notes,
    };
    return [
      {
        type: 'conflict-closed',
        tenant: item.tenant,
        subject: id,
        actor: reviewer.id,
        payload: {
          review: id,
          decision: ours.id,
          note: note.toWellFormed(),
          server,
          row,
          reviewerName: reviewer.name,
        },
      },
    ];
  });
  const state = ledger.state();
  return requireConflict(readQueue(state), state, id);
}

export function ownConflict(): Problem {
  return new Problem(
    'refused',
    'This conflict is about an action of your own, so somebody else has to close it. Nothing was recorded.',
    { next: 'Leave it to another reviewer.' },
  );
}

/** @throws Problem unless the conflict is open, and the one that was shown */
export function assertClosable({ standing, ours, row }: AnyConflict, shown: CloseRequest['shown']): void {
  if (standing === 'corroboration')
    throw new Problem('refused', 'Both decided the same, so there is no conflict to close.', {
      next: 'Nothing needs to be done.',
    });
  if (standing === 'closed')
    throw new Problem('conflict', 'This conflict is closed already. Nothing was recorded.', {
      next: 'Its note is shown with it; it opens again should the row of the audit database change.',
    });
  if (shown !== undefined && (shown.decision !== ours.id || shown.row !== row))
    throw new Problem('conflict', 'This conflict changed after it was shown to you. Nothing was recorded.', {
      next: 'Look at both sides again, then close it.',
    });
}
