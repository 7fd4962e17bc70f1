// What still has to reach the audit database: derived from the ledger, never stored beside it.
import { finalDecisionKinds, type SyncState } from '#shared/model/review.ts';
import { hasRow } from '../review/created-reviews.ts';
import { isFinal } from '../review/four-eyes.ts';
import { decisionSecond, type DecisionRecord, type LedgerState } from '../review/projection.ts';

/**
 * The one decision of a review that may still have to be written, or null.
 * A decision whose answer was lost comes first: it must be settled before anything else is said about that row.
 * What waits for a second person is no intent yet.
 */
function intentOf(state: LedgerState, decisions: readonly DecisionRecord[]): DecisionRecord | null {
  const unsettled = decisions.find((decision) => decision.inFlight);
  if (unsettled) return unsettled;
  if (decisions.some(isSettledOnServer)) return null;
  const latest = decisions.findLast((decision) => !decision.withdrawn);
  if (!latest || latest.outcome || !hasRow(state.createdReviews, latest)) return null;
  if (!finalDecisionKinds.includes(latest.payload.decision)) return null;
  return isFinal(decisionSecond(state, latest)) ? latest : null;
}

/** The row is final for us: ours is written, or somebody else's is. */
function isSettledOnServer(decision: DecisionRecord): boolean {
  const outcome = decision.outcome?.outcome;
  return outcome === 'applied' || outcome === 'already-mine' || outcome === 'superseded';
}

/** All open intents, oldest decision first. */
export function openIntents(state: LedgerState): DecisionRecord[] {
  return [...state.decisions.values()]
    .map((decisions) => intentOf(state, decisions))
    .filter((decision) => decision !== null)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether this very decision may still have to be written. */
export function isOpenIntent(state: LedgerState, decision: DecisionRecord): boolean {
  if (decision.inFlight) return true;
  if (decision.outcome) return false;
  return intentOf(state, state.decisions.get(decision.payload.review) ?? []) === decision;
}

export function syncStateOf(state: LedgerState, decision: DecisionRecord): SyncState {
  if (decision.inFlight) return 'unknown';
  if (decision.outcome) return decision.outcome.outcome;
  const decisions = state.decisions.get(decision.payload.review) ?? [];
  const isLatest = decisions.findLast(({ withdrawn }) => !withdrawn) === decision;
  if (isLatest && !decisions.some(isSettledOnServer)) {
    const second = decisionSecond(state, decision);
    if (second === 'awaiting') return 'awaiting-second';
    if (second === 'disagreed') return 'disagreed';
  }
  return isOpenIntent(state, decision) ? 'unsent' : 'local';
}
