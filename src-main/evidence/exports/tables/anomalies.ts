// The columns of the source's own anomalies.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import { together, type Column } from '../table.ts';

export const anomalyColumns: readonly Column<ServerAnomaly>[] = [
  ['anomaly', (row) => row.id],
  ['tenant', (row) => row.tenant],
  ['user', (row) => row.user],
  ['anomaly_type', (row) => row.anomalyType],
  ['severity_there', (row) => row.severity],
  ['score_there', (row) => row.score],
  ['score_scale', (row) => row.scoreScale],
  ['detected_at', (row) => row.detectedText],
  ['status', (row) => row.status],
  ['disposition', (row) => row.disposition],
  ['note', (row) => row.note],
  ['disposed_at', (row) => row.disposedAt],
  ['disposed_by', (row) => row.disposedBy],
  ['waits_for_second_person', (row) => row.proposal?.disposition ?? null],
  ['sync', (row) => row.sync],
  ['sync_detail', (row) => row.syncDetail],
  ['conflict', (row) => row.conflict],
  ['server_disposition', (row) => row.server?.disposition ?? null],
  ['server_reviewed_by', (row) => row.server?.reviewedBy ?? null],
  ['server_reviewed_at', (row) => row.server?.reviewedAt ?? null],
  ['changed_fields', (row) => together(row.changed)],
  ['vanished_at', (row) => row.vanishedAt],
  ['returned_at', (row) => row.returnedAt],
  ['published_finding', (row) => row.publishedFinding],
  ['digest', (row) => row.digest],
];
