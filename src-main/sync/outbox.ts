// What still has to reach the audit database: derived from the ledger, never stored beside it.
import { finalDecisionKinds, type SyncState } from '#shared/model/review.ts';
import { hasRow } from '../review/created-reviews.ts';
import { isFinal } from '../review/four-eyes.ts';
import { isSettledOnServer } from '../review/server-row.ts';
import { decisionSecond, type DecisionRecord, type LedgerState } from '../review/projection.ts';

/**
 * The one decision of a review that may still have to be written, or null.
 * A decision whose answer was lost comes first: it must be settled before anything else is said about that row.
 * What waits for a second person is no intent yet.
 */
function intentOf(state: LedgerState, decisions: readonly DecisionRecord[]): DecisionRecord | null {
  let latest: DecisionRecord | null = null;
  let isSettled = false;
  // In one pass: a sync asks this of every decision there ever was.
  for (const decision of decisions) {
    if (decision.inFlight) return decision;
    if (!decision.withdrawn) latest = decision;
    isSettled = settles(decision, isSettled);
  }
  if (isSettled || latest === null || latest.outcome || !hasRow(state.createdReviews, latest)) return null;
  if (!finalDecisionKinds.includes(latest.payload.decision)) return null;
  return isFinal(decisionSecond(state, latest)) ? latest : null;
}

/**
 * Whether the row is final for us after this decision: ours is written, or somebody else's is. A decision of a person who was
 * shown the row open again begins anew; those before it are never sent a second time.
 */
function settles(decision: DecisionRecord, wasSettled: boolean): boolean {
  if (isSettledOnServer(decision)) return true;
  return wasSettled && (decision.withdrawn || decision.payload.reopened !== true);
}

/** All open intents, oldest decision first. */
export function openIntents(state: LedgerState): DecisionRecord[] {
  const open: DecisionRecord[] = [];
  for (const decisions of state.decisions.values()) {
    const intent = intentOf(state, decisions);
    if (intent !== null) open.push(intent);
  }
  return open.toSorted((a, b) => (a.id < b.id ? -1 : 1));
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
  if (isLatest && !decisions.reduce((isSettled, made) => settles(made, isSettled), false)) {
    const second = decisionSecond(state, decision);
    if (second === 'awaiting') return 'awaiting-second';
    if (second === 'disagreed') return 'disagreed';
  }
  return isOpenIntent(state, decision) ? 'unsent' : 'local';
}
