import { EmptyState } from '../../components/empty-state.tsx';
import { text } from '../../texts/text.ts';
import type { SectionProps } from './campaign-section.ts';

export function AboutSection(_props: SectionProps) {
  return <EmptyState title={text('campaigns:sections.about')} />;
}
