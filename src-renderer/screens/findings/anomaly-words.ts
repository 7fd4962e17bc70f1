// The words for what the source's own scorer found, and for what became of it.
import { anomalyStatuses, type ServerAnomaly } from '#shared/model/anomaly.ts';
import { listWords } from '../../domain/count-words.ts';
import { byKey } from '../../texts/by-key.ts';
import { text } from '../../texts/text.ts';

export const anomalyStatusLabels = byKey(anomalyStatuses, (status) =>
  text(`findings:anomaly.status.${status}`),
);

export const anomalyChoices = [...anomalyStatuses, 'all'] as const;

/** Rows in these states can be judged, for the first time or anew. */
export function canDispose({ status }: Pick<ServerAnomaly, 'status'>): boolean {
  return status !== 'gone' && status !== 'reviewed' && status !== 'published';
}

const fields = ['tenant', 'user', 'anomalyType', 'severity', 'score', 'detectedText', 'context'] as const;
const fieldLabels: Readonly<Record<string, string>> = byKey(fields, (field) =>
  text(`findings:anomaly.field.${field}`),
);

/** “severity and score”; empty when nothing changed. */
export function changedFields({ changed }: Pick<ServerAnomaly, 'changed'>): string {
  return listWords(changed.map((field) => fieldLabels[field] ?? field));
}

/** What the source says of the row as such, beside what its scorer found; null when there is nothing to say. */
export function standingOf(anomaly: ServerAnomaly): string | null {
  if (anomaly.status === 'gone') return text('findings:anomaly.goneRow');
  if (anomaly.changed.length > 0)
    return text('findings:anomaly.rowChanged', { fields: changedFields(anomaly) });
  return anomaly.returnedAt === null ? null : text('findings:anomaly.returned');
}
