// The part of a sync that is about the source's own anomalies: dispositions out, findings of ours out where wanted.
import type { AnomalySyncReport } from '#shared/model/anomaly.ts';
import type { SyncPreview } from '#shared/model/sync.ts';
import { findingsToPublish } from '../review/publication.ts';
import type { Ledger } from '../review/ledger.ts';
import type { LedgerState } from '../review/projection.ts';
import { findAnomalyTable } from '../source/anomaly-table.ts';
import type { SourceClient } from '../source/client.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { nothingSettled, pushAnomalyDispositions, type AnomalySettled } from './anomaly-dispositions.ts';
import { openAnomalyIntents } from './anomaly-outbox.ts';
import { countOutcomes } from './outcome-counts.ts';
import { publishFindings } from './publish-findings.ts';

export type AnomalySync = {
  readonly ledger: Ledger;
  readonly cache: DatabaseHandle;
  readonly client: SourceClient;
  readonly onProgress: (step: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** What earlier attempts of the same sync settled; this one adds to it. */
  readonly settled?: AnomalySettled;
};

/**
 * What may not be written holds up nothing else: it waits, and the report says why.
 * @throws Problem when the connection is lost
 */
export async function syncAnomalies({
  ledger,
  cache,
  client,
  onProgress,
  signal,
  settled = nothingSettled(),
}: AnomalySync): Promise<AnomalySyncReport> {
  const rows = ledger.state().anomalies.publishFindings ? findingsToPublish(cache, ledger.state()).rows : [];
  const open = openAnomalyIntents(ledger.state()).length;
  if (open === 0 && rows.length === 0) return reportOf(settled, []);
  const found = await findAnomalyTable(client);
  if (found.state === 'unavailable') return reportOf(settled, [found.sentence]);
  const { anomalyTable } = found;
  const { cannotDispose, cannotPublish } = anomalyTable;
  const sending = (step: string) => ({
    ledger,
    client,
    anomalyTable,
    onProgress: (done: number, total: number) => onProgress(step, done, total),
    signal,
    settled,
  });
  if (cannotDispose === null) await pushAnomalyDispositions(sending('Sending dispositions'));
  const wordless = cannotPublish === null ? await publishFindings(sending('Publishing findings'), rows) : 0;
  const held = [
    open > 0 ? cannotDispose : null,
    rows.length > 0 ? cannotPublish : null,
    wordless > 0
      ? `Of the findings to publish, ${wordless} are of a type the table does not allow; they stay here.`
      : null,
  ];
  return reportOf(
    settled,
    held.filter((sentence) => sentence !== null),
  );
}

function reportOf({ dispositions, publications }: AnomalySettled, held: string[]): AnomalySyncReport {
  const items = [...dispositions.values()];
  return { ...countOutcomes(items), items, published: [...publications.values()], held };
}

/** What the next sync would send about the source's own anomalies, from the ledger and the mirror alone. */
export function previewAnomalies(
  cache: DatabaseHandle,
  state: LedgerState,
): Required<Pick<SyncPreview, 'wouldDispose' | 'wouldPublish'>> {
  return {
    wouldDispose: openAnomalyIntents(state).map(({ id, payload, reviewer, at, inFlight }) => ({
      anomaly: payload.anomaly,
      dispositionId: id,
      disposition: payload.disposition,
      anomalyType: payload.shown.anomalyType,
      user: payload.shown.user,
      reviewer,
      at,
      again: inFlight,
    })),
    wouldPublish: state.anomalies.publishFindings ? findingsToPublish(cache, state).rows.length : 0,
  };
}
