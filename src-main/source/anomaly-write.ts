// Writes dispositions of anomalies exactly once: our own are recognised by the moment they were stamped with.
import {
  classifyAnomaly,
  isReviewed,
  resultOf,
  type DispositionIntent,
  type DispositionResult,
} from './anomaly-outcomes.ts';
import { findAnomalyTable, type AnomalyTable } from './anomaly-table.ts';
import { anomalyIdentityComparison, applyDispositions, readAnomalyRows } from './anomaly-write-query.ts';
import type { SourceClient } from './client.ts';
import type { Delivery } from './send-batches.ts';

const leftOpen =
  'The database took the statement but left the row open, as a trigger may do. The disposition does not count there.';

/** How dispositions reach the table of anomalies. */
export function dispositionDelivery(
  client: SourceClient,
  anomalyTable: AnomalyTable,
): Delivery<DispositionIntent, DispositionResult> {
  const isSameIdentity = anomalyIdentityComparison(anomalyTable);
  return {
    words: { sent: 'dispositions', table: 'table of anomalies' },
    apply: async (batch) => {
      const applied = await applyDispositions(client, anomalyTable, batch);
      return new Map(
        [...applied].map(([position, row]) => [
          position,
          isReviewed(row)
            ? resultOf(batch[position]!, 'applied', row, null)
            : resultOf(batch[position]!, 'rejected', null, leftOpen),
        ]),
      );
    },
    explain: async (batch) => {
      const rows = await readAnomalyRows(client, anomalyTable, batch);
      return batch.map((intent, position) =>
        classifyAnomaly(intent, rows.get(position) ?? null, isSameIdentity),
      );
    },
    reject: (intent, detail, isTransient) => resultOf(intent, 'rejected', null, detail, isTransient),
    isTableAsBefore: async () => {
      const now = await findAnomalyTable(client);
      if (now.state === 'unavailable' || now.anomalyTable.cannotDispose !== null) return false;
      const { table, columns } = now.anomalyTable;
      return (
        table.oid === anomalyTable.table.oid &&
        columns.id.type === anomalyTable.columns.id.type &&
        columns.reviewed_by.type === anomalyTable.columns.reviewed_by.type &&
        columns.disposition.type === anomalyTable.columns.disposition.type
      );
    },
  };
}
