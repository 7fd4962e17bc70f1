// Rows of the source's anomaly table for tests.
import type { ServerAnomalyRow } from '../../src-main/store/cache/server-anomalies.ts';

export function makeAnomalyRow(id: string, changes: Partial<ServerAnomalyRow> = {}): ServerAnomalyRow {
  return {
    id,
    tenant: null,
    user: 'dana',
    anomalyType: 'freq_spike',
    severity: 'high',
    score: '6.20',
    detectedText: '2026-11-02 09:00:00+00',
    detectedMicroseconds: Date.parse('2026-11-02T09:00:00Z') * 1000,
    context: '{"action": "report.run"}',
    reviewedBy: null,
    reviewedText: null,
    reviewedMicroseconds: null,
    disposition: null,
    ...changes,
  };
}
