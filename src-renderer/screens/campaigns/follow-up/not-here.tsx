// What stands in a section while there is nothing that could follow yet, or where it is kept elsewhere.
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';

/** Whether the whole population was frozen here, so that something can follow. */
export const isOpenedHere = ({ role, state }: CampaignStatus): boolean =>
  role === 'opened' && state !== 'draft' && state !== 'discarded';

export function NotHere({ campaign, onGo }: SectionProps) {
  if (campaign.role === 'taken')
    return (
      <EmptyState title={text('campaignFollowUp:elsewhere')}>
        <p>{text('campaignFollowUp:elsewhereNext')}</p>
      </EmptyState>
    );
  return (
    <EmptyState title={text('campaignFollowUp:draft')}>
      <p>{text('campaignFollowUp:draftNext')}</p>
      <Button onClick={() => onGo({ at: 'campaign', id: campaign.id, section: 'about' })}>
        {text('campaignFollowUp:goToDefinition')}
      </Button>
    </EmptyState>
  );
}
