// The words for what the source's own scorer found, and for what became of it.
import { anomalyStatuses, type AnomalyStatus, type ServerAnomaly } from '#shared/model/anomaly.ts';

export const anomalyStatusLabels: Record<AnomalyStatus, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  'false-positive': 'False positive',
  escalated: 'Escalated',
  reviewed: 'Judged elsewhere',
  gone: 'No longer visible',
  published: 'Ours, published',
};

export const anomalyChoices = [...anomalyStatuses, 'all'] as const;

/** Rows in these states can be judged, for the first time or anew. */
export function canDispose({ status }: Pick<ServerAnomaly, 'status'>): boolean {
  return status !== 'gone' && status !== 'reviewed' && status !== 'published';
}

const fieldLabels: Readonly<Record<string, string>> = {
  tenant: 'tenant',
  user: 'user',
  anomalyType: 'type',
  severity: 'severity',
  score: 'score',
  detectedText: 'time of detection',
  context: 'context',
};

/** “severity and score”; empty when nothing changed. */
export function changedFields({ changed }: Pick<ServerAnomaly, 'changed'>): string {
  const names = changed.map((field) => fieldLabels[field] ?? field);
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

/** What the source says of the row as such, beside what its scorer found; null when there is nothing to say. */
export function standingOf(anomaly: ServerAnomaly): string | null {
  if (anomaly.status === 'gone') return 'The database no longer shows this row.';
  if (anomaly.changed.length > 0)
    return `The row changed after it was first read: ${changedFields(anomaly)}.`;
  return anomaly.returnedAt === null ? null : 'The row had vanished and is there again.';
}
