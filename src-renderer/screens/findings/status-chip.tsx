// What became of a finding, as a word.
import { Chip } from '../../components/chip.tsx';
import { statusLabels, type ListedStatus } from './finding-rules.ts';

export function StatusChip({ status }: { status: ListedStatus }) {
  return <Chip tone={status === 'escalated' ? 'high' : 'neutral'}>{statusLabels[status]}</Chip>;
}
