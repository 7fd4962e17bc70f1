// Which dispositions of anomalies still have to reach the audit database: derived from the ledger, never stored beside it.
import type { SyncState } from '#shared/model/review.ts';
import type { AnomalyDispositionRecord } from '../review/anomaly-ledger.ts';
import type { LedgerState } from '../review/projection.ts';

/**
 * The one disposition of an anomaly that may still have to be written, or null.
 * One whose answer was lost comes first: it must be settled before anything else is said about that row.
 */
function intentOf(dispositions: readonly AnomalyDispositionRecord[]): AnomalyDispositionRecord | null {
  const unsettled = dispositions.find(({ inFlight }) => inFlight);
  if (unsettled) return unsettled;
  if (dispositions.some(isSettledOnServer)) return null;
  const latest = dispositions.at(-1);
  return latest && !latest.outcome ? latest : null;
}

/** The row is final for us: ours is written, or somebody else's is. */
function isSettledOnServer({ outcome }: AnomalyDispositionRecord): boolean {
  const settled = outcome?.outcome;
  return settled === 'applied' || settled === 'already-mine' || settled === 'superseded';
}

/** All open intents, oldest disposition first. */
export function openAnomalyIntents({
  anomalies,
}: Pick<LedgerState, 'anomalies'>): AnomalyDispositionRecord[] {
  return [...anomalies.dispositions.values()]
    .map(intentOf)
    .filter((disposition) => disposition !== null)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export function anomalySyncStateOf(
  { anomalies }: Pick<LedgerState, 'anomalies'>,
  disposition: AnomalyDispositionRecord,
): SyncState {
  if (disposition.inFlight) return 'unknown';
  if (disposition.outcome) return disposition.outcome.outcome;
  const intent = intentOf(anomalies.dispositions.get(disposition.payload.anomaly) ?? []);
  return intent === disposition ? 'unsent' : 'local';
}
