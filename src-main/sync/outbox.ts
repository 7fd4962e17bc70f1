// What still has to reach the audit database: derived from the ledger, never stored beside it.
import { finalDecisionKinds, type SyncState } from '#shared/model/review.ts';
import type { DecisionRecord, LedgerState } from '../review/projection.ts';

/**
 * The one decision of a review that may still have to be written, or null.
 * A decision whose answer was lost comes first: it must be settled before anything else is said about that row.
 */
function intentOf(decisions: readonly DecisionRecord[]): DecisionRecord | null {
  const unsettled = decisions.find((decision) => decision.inFlight);
  if (unsettled) return unsettled;
  if (decisions.some((decision) => isSettledOnServer(decision))) return null;
  const latest = decisions.findLast((decision) => !decision.withdrawn);
  if (!latest || latest.outcome || latest.payload.origin === 'derived') return null;
  return finalDecisionKinds.includes(latest.payload.decision) ? latest : null;
}

/** The row is final for us: ours is written, or somebody else's is. */
function isSettledOnServer(decision: DecisionRecord): boolean {
  const outcome = decision.outcome?.outcome;
  return outcome === 'applied' || outcome === 'already-mine' || outcome === 'superseded';
}

/** All open intents, oldest decision first. */
export function openIntents(state: LedgerState): DecisionRecord[] {
  return [...state.decisions.values()]
    .map(intentOf)
    .filter((decision) => decision !== null)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export function syncStateOf(state: LedgerState, decision: DecisionRecord): SyncState {
  if (decision.inFlight) return 'unknown';
  if (decision.outcome) return decision.outcome.outcome;
  const intent = intentOf(state.decisions.get(decision.payload.review) ?? []);
  return intent === decision ? 'unsent' : 'local';
}
