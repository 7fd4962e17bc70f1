// A disposition of one of the source's anomalies as a word: ours, and the database's own where none of ours stands for it.
import type { ServerDisposition } from '#shared/model/anomaly.ts';
import type { Disposition } from '#shared/model/finding.ts';
import { Chip, type ChipTone } from '../../components/chip.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { text } from '../../texts/text.ts';
import { dispositionLabels } from './conflict-words.ts';

const tones: Record<Disposition, ChipTone> = {
  acknowledged: 'neutral',
  'false-positive': 'warning',
  escalated: 'high',
};

export function DispositionMark({ disposition }: { disposition: Disposition }) {
  return <Chip tone={tones[disposition]}>{dispositionLabels[disposition]}</Chip>;
}

const mostInCell = 24;

/** A word of the database that none of ours stands for is shown as it is. */
export function TheirDisposition({ theirs }: { theirs: ServerDisposition }) {
  return theirs.understoodAs === null ? (
    <Verbatim value={theirs.disposition} missing={text('conflicts:noWord')} most={mostInCell} />
  ) : (
    <DispositionMark disposition={theirs.understoodAs} />
  );
}
