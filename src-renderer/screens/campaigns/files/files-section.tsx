// What leaves this workspace and what comes back: for the owner of a campaign, or for somebody whose items came as a file.
import { EmptyState } from '../../../components/empty-state.tsx';
import { Button } from '../../../components/button.tsx';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { OwnerFiles } from './owner-files.tsx';
import { ReviewerFiles } from './reviewer-files.tsx';

export function FilesSection({ campaign, onGo }: SectionProps) {
  if (campaign.role === 'taken') return <ReviewerFiles campaign={campaign} onGo={onGo} />;
  if (campaign.state === 'draft' || campaign.state === 'discarded')
    return (
      <EmptyState title={text('campaignFiles:draft.title')}>
        <p>{text('campaignFiles:draft.next')}</p>
        <Button onClick={() => onGo({ at: 'campaign', id: campaign.id, section: 'about' })}>
          {text('campaignFiles:draft.go')}
        </Button>
      </EmptyState>
    );
  return <OwnerFiles campaign={campaign} onGo={onGo} />;
}
