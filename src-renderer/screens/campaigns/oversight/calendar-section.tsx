import { EmptyState } from '../../../components/empty-state.tsx';
import { text } from '../../../texts/text.ts';
import type { CampaignPlace } from '../campaign-place.ts';

export function CalendarSection(_props: { onGo: (place: CampaignPlace) => void }) {
  return <EmptyState title={text('campaignOversight:calendar')} />;
}
