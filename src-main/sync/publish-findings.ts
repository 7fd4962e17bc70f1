// Publishes findings of ours in the source's table of anomalies, each once, while the workspace is told to.
import type { PublicationItem } from '#shared/model/anomaly.ts';
import type { Ledger } from '../review/ledger.ts';
import { insertFinding, type PublishedRow } from '../source/anomaly-insert.ts';
import { allowedWords } from '../source/anomaly-words.ts';
import type { AnomalySending } from './anomaly-dispositions.ts';

const batchSize = 100;

/**
 * Adds the rows that are not there yet, and answers how many are of a type the table does not allow.
 * Safe to kill anywhere: a row's id derives from its finding, so adding it again finds it.
 * @throws Problem when the connection or a right is lost
 */
export async function publishFindings(
  { ledger, client, anomalyTable, onProgress, signal, settled }: AnomalySending,
  rows: readonly PublishedRow[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const types = [...new Set(rows.map(({ anomalyType }) => anomalyType))];
  const { words } = await allowedWords(client, anomalyTable, 'anomaly_type', types);
  const fit = rows.filter(({ anomalyType }) => words.has(anomalyType));
  for (let start = 0; start < fit.length; start += batchSize) {
    signal.throwIfAborted();
    onProgress(start, fit.length);
    const leaving = announce(ledger, fit.slice(start, start + batchSize));
    const items: PublicationItem[] = [];
    try {
      for (const row of leaving) {
        const item = await insertFinding(client, anomalyTable, row);
        if (item) items.push(item);
      }
    } finally {
      record(ledger, items);
      for (const item of items) settled.publications.set(item.finding, item);
    }
  }
  onProgress(fit.length, fit.length);
  return rows.length - fit.length;
}

/** Puts on record that these rows are about to be added, unless publishing was turned off meanwhile. */
function announce(ledger: Ledger, batch: readonly PublishedRow[]): readonly PublishedRow[] {
  if (batch.length === 0) return [];
  const announced = ledger.append((state) =>
    state.anomalies.publishFindings
      ? [
          {
            type: 'publication',
            subject: null,
            actor: state.reviewer?.id ?? '',
            payload: {
              phase: 'sending',
              items: batch.map(({ finding, anomaly }) => ({ finding, anomaly })),
            },
          },
        ]
      : [],
  );
  return announced.length === 0 ? [] : batch;
}

function record(ledger: Ledger, items: readonly PublicationItem[]): void {
  if (items.length === 0) return;
  ledger.append((state) => [
    {
      type: 'publication',
      subject: null,
      actor: state.reviewer?.id ?? '',
      payload: { phase: 'settled', items: [...items] },
    },
  ]);
}
