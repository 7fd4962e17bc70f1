// Conflicts about the source's own anomalies as a pack states them.
import { toDisposition } from '../review/anomalies.ts';
import { opposedAnomalies } from '../review/anomaly-conflicts.ts';
import { anomalyTrail } from '../review/entry-trail.ts';
import type { LedgerState } from '../review/projection.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { AnomalyConflictLine } from './pack-input.ts';

/** By the id of the anomaly; corroborations, too. */
export function anomalyConflictLines(cache: DatabaseHandle, state: LedgerState): AnomalyConflictLine[] {
  return opposedAnomalies(cache, state)
    .map(({ record, opinions: { standing, cause, row, theirs } }) => {
      const { anomaly } = record.payload;
      return {
        kind: 'anomaly' as const,
        anomaly,
        ours: toDisposition(state, record),
        server: theirs,
        outcome: record.outcome?.outcome ?? null,
        standing,
        cause,
        row,
        closings: [...(state.anomalies.closings.get(anomaly) ?? [])],
        entries: (state.trails.get(anomalyTrail(anomaly)) ?? []).map(({ id }) => id),
      };
    })
    .toSorted((a, b) => (a.anomaly < b.anomaly ? -1 : 1));
}
