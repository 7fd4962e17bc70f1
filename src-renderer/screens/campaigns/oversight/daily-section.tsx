import { EmptyState } from '../../../components/empty-state.tsx';
import { text } from '../../../texts/text.ts';

export function DailySection() {
  return <EmptyState title={text('campaignOversight:daily')} />;
}
