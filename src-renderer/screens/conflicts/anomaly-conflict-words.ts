// Says in plain words how our disposition of one of the source's anomalies and its row came apart.
import type { AnomalyChange, AnomalyConflict } from '#shared/model/anomaly-conflict.ts';
import { shortened } from '../../components/shortened.ts';
import { quoted } from '../../domain/event-words.ts';
import { dispositionLabels } from './conflict-words.ts';

export const anomalyFieldWords: Record<AnomalyChange['field'], string> = {
  tenant: 'Tenant',
  user: 'User',
  anomalyType: 'Type',
  severity: 'Severity',
  score: 'Score',
  detectedText: 'Detected',
  context: 'Context',
};

const mostOfName = 60;

/** What happened, in a sentence or two; names of the database are quoted. */
export function anomalyStoryOf(conflict: AnomalyConflict): string {
  const again =
    'It was closed before, and the row of the database, or our disposition, is another one since.';
  return conflict.reopened ? `${happened(conflict)} ${again}` : happened(conflict);
}

function happened({ cause, ours, theirs, standing }: AnomalyConflict): string {
  const mine = dispositionLabels[ours.disposition];
  const reviewer = theirs?.reviewedBy ?? null;
  const who = reviewer === null ? 'Somebody' : quoted(shortened(reviewer, mostOfName));
  if (standing === 'corroboration')
    return `${who} judged this anomaly first, and judged the same as ${quoted(ours.reviewerName)}: ${mine}.`;
  switch (cause) {
    case null:
      return 'The audit database holds nothing that differs from ours any more.';
    case 'row-altered':
      return theirs === null
        ? `Our disposition, ${mine}, was written, and is gone from the row since.`
        : `Our disposition, ${mine}, was sent to the row, and what stands there was changed afterwards. It now names ${who}.`;
    case 'late-correction':
      return `The row carries an earlier disposition of ours. The correction to ${mine} came too late to be written.`;
    case 'row-changed':
      return `What the source’s scorer says is no longer what ours, ${mine}, is about.`;
    case 'vanished':
      return `The row is gone, or no longer visible, and ours, ${mine}, was not written to it.`;
    default:
      return `${who} judged this anomaly before ours arrived. Ours is: ${mine}.`;
  }
}
