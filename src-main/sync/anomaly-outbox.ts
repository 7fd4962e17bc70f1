// Which dispositions of anomalies still have to reach the audit database: derived from the ledger, never stored beside it.
import type { SyncState } from '#shared/model/review.ts';
import { isSettledOnServer, type AnomalyDispositionRecord } from '../review/anomaly-ledger.ts';
import { isFinal } from '../review/four-eyes.ts';
import type { LedgerState } from '../review/projection.ts';
import { anomalySecond } from '../review/seconds.ts';

type OutboxState = Pick<LedgerState, 'anomalies' | 'independence'>;

/**
 * The one disposition of an anomaly that may still have to be written, or null.
 * One whose answer was lost comes first: it must be settled before anything else is said about that row.
 * What waits for a second person is no intent yet.
 */
function intentOf(
  state: OutboxState,
  dispositions: readonly AnomalyDispositionRecord[],
): AnomalyDispositionRecord | null {
  const unsettled = dispositions.find(({ inFlight }) => inFlight);
  if (unsettled) return unsettled;
  if (dispositions.reduce((isSettled, made) => settles(made, isSettled), false)) return null;
  const latest = dispositions.at(-1);
  if (!latest || latest.outcome) return null;
  return isFinal(anomalySecond(state, latest)) ? latest : null;
}

/** As for decisions: one made by a person who was shown the row open again begins anew. */
function settles(disposition: AnomalyDispositionRecord, wasSettled: boolean): boolean {
  return isSettledOnServer(disposition) || (wasSettled && disposition.payload.reopened !== true);
}

/** All open intents, oldest disposition first. */
export function openAnomalyIntents(state: OutboxState): AnomalyDispositionRecord[] {
  return [...state.anomalies.dispositions.values()]
    .map((dispositions) => intentOf(state, dispositions))
    .filter((disposition) => disposition !== null)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export function anomalySyncStateOf(state: OutboxState, disposition: AnomalyDispositionRecord): SyncState {
  if (disposition.inFlight) return 'unknown';
  if (disposition.outcome) return disposition.outcome.outcome;
  const dispositions = state.anomalies.dispositions.get(disposition.payload.anomaly) ?? [];
  if (dispositions.at(-1) === disposition) {
    const second = anomalySecond(state, disposition);
    if (second === 'awaiting') return 'awaiting-second';
    if (second === 'disagreed') return 'disagreed';
  }
  return intentOf(state, dispositions) === disposition ? 'unsent' : 'local';
}
