import { EmptyState } from '../../../components/empty-state.tsx';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';

export function DifferenceSection(_props: SectionProps) {
  return <EmptyState title={text('campaignFollowUp:difference')} />;
}
