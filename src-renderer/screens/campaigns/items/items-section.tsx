// The items of a campaign: decided here with the keyboard, each with what is known of it beside it.
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { enterCampaign } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { ItemsDesk } from './items-desk.tsx';

export function ItemsSection(props: SectionProps) {
  const { campaign, onGo } = props;
  if (campaign.state !== 'draft' && campaign.state !== 'discarded')
    return <Desk key={campaign.id} {...props} />;
  return (
    <EmptyState title={text('campaignItems:draft.title')}>
      <p>{text('campaignItems:draft.words')}</p>
      <Button onClick={() => onGo({ at: 'campaign', id: campaign.id, section: 'about' })}>
        {text('campaignItems:draft.go')}
      </Button>
    </EmptyState>
  );
}

function Desk({ campaign, onGo }: SectionProps) {
  // Before anything is drawn: what is kept may be about another campaign.
  useState(() =>
    enterCampaign(campaign.id, campaign.state === 'open' ? {} : { state: 'all', isMine: false }),
  );
  return <ItemsDesk campaign={campaign} onGo={onGo} />;
}
