// Says in plain words how our disposition of one of the source's anomalies and its row came apart.
import type { AnomalyChange, AnomalyConflict } from '#shared/model/anomaly-conflict.ts';
import { shortened } from '../../components/shortened.ts';
import { quoted } from '../../domain/event-words.ts';
import { byKey } from '../../texts/by-key.ts';
import { text } from '../../texts/text.ts';
import { dispositionLabels } from './conflict-words.ts';

const fields = [
  'tenant',
  'user',
  'anomalyType',
  'severity',
  'score',
  'detectedText',
  'context',
] as const satisfies readonly AnomalyChange['field'][];

export const anomalyFieldWords = byKey(fields, (field) => text(`conflicts:anomalyField.${field}`));

const mostOfName = 60;

/** What happened, in a sentence or two; names of the database are quoted. */
export function anomalyStoryOf(conflict: AnomalyConflict): string {
  return conflict.reopened
    ? `${happened(conflict)} ${text('conflicts:story.againAnomaly')}`
    : happened(conflict);
}

function happened({ cause, ours, theirs, standing }: AnomalyConflict): string {
  const mine = dispositionLabels[ours.disposition];
  const reviewer = theirs?.reviewedBy ?? null;
  const who = reviewer === null ? text('conflicts:story.somebody') : quoted(shortened(reviewer, mostOfName));
  if (standing === 'corroboration')
    return text('conflicts:anomalyStory.corroborated', {
      who,
      reviewer: quoted(ours.reviewerName),
      mine,
    });
  switch (cause) {
    case null:
      return text('conflicts:story.nothing');
    case 'row-altered':
      return theirs === null
        ? text('conflicts:anomalyStory.wiped', { mine })
        : text('conflicts:anomalyStory.altered', { mine, who });
    case 'late-correction':
      return text('conflicts:anomalyStory.late', { mine });
    case 'row-changed':
      return text('conflicts:anomalyStory.rowChanged', { mine });
    case 'vanished':
      return text('conflicts:anomalyStory.vanished', { mine });
    default:
      return text('conflicts:anomalyStory.first', { who, mine });
  }
}
