// What somebody must know about an item before they decide on it, and what to do about it.
import type { CampaignItemDetail, CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';

type ItemNoticesProps = {
  campaign: CampaignStatus;
  detail: CampaignItemDetail;
  onGo: SectionProps['onGo'];
};

export function ItemNotices({ campaign, detail: { item, isOwn, decisions }, onGo }: ItemNoticesProps) {
  const { state } = item;
  const isOpen = campaign.state === 'open';
  return (
    <>
      {!isOpen && <Notice tone="info" title={text('campaignItems:notices.closed')} />}
      {isOpen && isOwn && (
        <Notice tone="warning" title={text('campaignItems:notices.own')}>
          <p>{text('campaignItems:notices.ownNext')}</p>
        </Notice>
      )}
      {isOpen && item.ofRecord === null && (
        <Notice tone="warning" title={text('campaignItems:notices.nobody')}>
          <p>{text('campaignItems:notices.nobodyNext')}</p>
        </Notice>
      )}
      {(state === 'conflict' || state === 'disagreed' || state === 'undecided') && (
        <Notice
          tone="warning"
          title={text(`campaignItems:notices.${state}`)}
          action={
            state === 'conflict' ? (
              <Button
                size="small"
                onClick={() => onGo({ at: 'campaign', id: campaign.id, section: 'conflicts' })}
              >
                {text('campaignItems:notices.toConflicts')}
              </Button>
            ) : undefined
          }
        >
          <p>{text(`campaignItems:notices.${state}Next`)}</p>
        </Notice>
      )}
      {decisions.some(({ isOwn }) => isOwn) && (
        <Notice tone="warning" title={text('campaignItems:notices.ownDecision')}>
          <p>{text('campaignItems:notices.ownDecisionNext')}</p>
        </Notice>
      )}
    </>
  );
}
