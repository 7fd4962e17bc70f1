// Where the audit database and the ledger hold different decisions: which, why, and whether a person has looked at it.
import type { Conflict, ConflictCause, ConflictClosing } from '#shared/model/conflict.ts';
import type { ConflictStanding } from '#shared/model/conflict-standing.ts';
import type { AnomalyConflict } from '#shared/model/anomaly-conflict.ts';
import type { ConflictList } from '#shared/model/conflict-list.ts';
import { Problem } from '#shared/model/problem.ts';
import { finalDecisionKinds, type Review, type ServerDecision } from '#shared/model/review.ts';
import { parseNotes, type ParsedNotes } from '../source/notes.ts';
import { syncStateOf } from '../sync/outbox.ts';
import { isOwnAction } from './independence.ts';
import { decisionInForce, type DecisionRecord, type LedgerState } from './projection.ts';
import { isAltered, isWritten, lastSettled, rowDigest } from './server-row.ts';

/**
 * What the database says: the row as it was pulled last, else as it answered when ours was sent. Of a row that is open again it
 * is what somebody else had decided there; null where it was ours that is gone.
 */
export function theirsOf(review: Review, record: DecisionRecord, state: LedgerState): ServerDecision | null {
  if (review.reopened !== true) return review.server ?? record.outcome?.server ?? null;
  const settled = lastSettled(state.decisions.get(review.id) ?? []);
  return settled === null || isWritten(settled) ? null : (settled.outcome?.server ?? null);
}

/**
 * The two opinions about an item, or null where there are not two. A conflict somebody closed stays one, closed, even if
 * the database came round since.
 */
export function conflictOf(review: Review, state: LedgerState): Conflict | null {
  const ours = decisionInForce(state, review.id);
  if (ours === null) return null;
  const cause = causeOf(review, ours, state);
  const closings = (state.closings.get(review.id) ?? []).filter(({ decision }) => decision === ours.id);
  const last = closings.at(-1);
  if (cause === null && last === undefined) return null;
  const theirs = theirsOf(review, ours, state);
  const claim = parseNotes(theirs?.notes ?? null);
  const row = rowDigest(review);
  const standing = cause === null ? 'closed' : standingOf({ review, ours, theirs, claim, row, last, state });
  return {
    kind: 'review',
    review: review.id,
    standing,
    cause,
    reopened: standing === 'open' && state.closings.has(review.id),
    row,
    item: review,
    ours: {
      id: ours.id,
      decision: ours.payload.decision,
      reviewer: ours.reviewer,
      reviewerName: ours.payload.reviewerName,
      decidedAt: ours.decidedAt,
      sync: syncStateOf(state, ours),
    },
    theirs: theirs && { ...theirs, decision: claim?.decision ?? null },
    closing: standing === 'closed' ? (last ?? null) : null,
  };
}

/** Null when there is nothing of theirs beside ours, or it is ours. */
function causeOf(review: Review, ours: DecisionRecord, state: LedgerState): ConflictCause | null {
  const sync = syncStateOf(state, ours);
  const theirs = theirsOf(review, ours, state);
  // Whatever was decided here since, until that is written: the database no longer says what it said when the row was final.
  if (review.reopened === true) return theirs === null ? 'row-altered' : 'decided-first';
  if (sync === 'superseded')
    return parseNotes(theirs?.notes ?? null)?.decisionId === ours.id ? 'row-altered' : 'decided-first';
  if (isWritten(ours)) return theirs !== null && isAltered(theirs, ours) ? 'row-altered' : null;
  // Abstaining and escalating ask for somebody else's decision; getting it is no conflict.
  if (review.server === null || !finalDecisionKinds.includes(ours.payload.decision)) return null;
  // Sent, the answer lost: what the row holds may be ours. The next sync finds out.
  if (sync === 'unknown') return null;
  // What the queue calls a conflict is never missing here.
  return causeBeside(review.server, ours, state) ?? (review.conflict ? 'decided-first' : null);
}

/** Of a decision that was not sent, or not taken, or made after the row was closed. */
function causeBeside(server: ServerDecision, ours: DecisionRecord, state: LedgerState): ConflictCause | null {
  const claim = parseNotes(server.notes);
  const settled = lastSettled(state.decisions.get(ours.payload.review) ?? []);
  const written = settled !== null && isWritten(settled) ? settled : null;
  if (written !== null && isAltered(server, written)) return 'row-altered';
  // One of ours may have arrived although its answer was lost.
  const isOurs = written !== null || (claim !== null && state.decisionsById.has(claim.decisionId));
  if (!isOurs) return 'decided-first';
  return claim?.decision === ours.payload.decision ? null : 'late-correction';
}

type Opinions = {
  readonly review: Review;
  readonly ours: DecisionRecord;
  readonly theirs: ServerDecision | null;
  readonly claim: ParsedNotes | null;
  readonly row: string | null;
  readonly last: ConflictClosing | undefined;
  readonly state: LedgerState;
};

function standingOf({ review, ours, theirs, claim, row, last, state }: Opinions): ConflictStanding {
  // What is gone from the row bears nobody out.
  const isSaidThere = review.reopened !== true && claim?.decision === ours.payload.decision;
  if (isSaidThere && isSomebodyElse(theirs, claim, ours, state)) return 'corroboration';
  // A row that is not visible contradicts nothing; one that comes back as it was neither.
  const isAsClosed = last !== undefined && (row === null || row === last.row);
  return isAsClosed && review.decisionId === last.decision ? 'closed' : 'open';
}

/** The same person deciding twice corroborates nothing, and neither does our own mark on a row that was altered. */
function isSomebodyElse(
  theirs: ServerDecision | null,
  claim: ParsedNotes,
  ours: DecisionRecord,
  state: LedgerState,
): boolean {
  const reviewer = theirs?.reviewer ?? null;
  if (reviewer === null || state.decisionsById.has(claim.decisionId)) return false;
  return !isOwnAction(state, reviewer, ours.reviewer);
}

const standingRank: Record<ConflictStanding, number> = { open: 0, closed: 1, corroboration: 2 };

/**
 * Open first; within each standing as the queue is ordered, then those about anomalies.
 * @param anomalies conflicts about the source's own anomalies
 */
export function listConflicts(
  queue: readonly Review[],
  anomalies: readonly AnomalyConflict[],
  state: LedgerState,
  only?: ConflictStanding,
): ConflictList {
  const about = queue.map((review) => conflictOf(review, state)).filter((conflict) => conflict !== null);
  const all = [...about, ...anomalies];
  const count = (standing: ConflictStanding) => all.filter((one) => one.standing === standing).length;
  return {
    open: count('open'),
    closed: count('closed'),
    corroborations: count('corroboration'),
    conflicts: all
      .filter(({ standing }) => only === undefined || standing === only)
      .toSorted((a, b) => standingRank[a.standing] - standingRank[b.standing]),
  };
}

export function requireConflict(queue: readonly Review[], state: LedgerState, id: string): Conflict {
  const review = queue.find((candidate) => candidate.id === id);
  const conflict = review ? conflictOf(review, state) : null;
  if (conflict) return conflict;
  throw new Problem('not-found', 'There is no conflict about such a review item in this workspace.', {
    next: 'Refresh, then look at the list of conflicts.',
  });
}
