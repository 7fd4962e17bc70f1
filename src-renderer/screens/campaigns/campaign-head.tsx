import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { text } from '../../texts/text.ts';

export function CampaignHead({ campaign, onBack }: { campaign: CampaignStatus; onBack: () => void }) {
  return (
    <header>
      <Button onClick={onBack}>{text('campaigns:back')}</Button>
      <h1>{campaign.name}</h1>
    </header>
  );
}
