// The end of a campaign: what still stands in the way, who attests and approves, and the close itself.
import { EmptyState } from '../../components/empty-state.tsx';
import { text } from '../../texts/text.ts';
import { AttestPanel } from './attest-panel.tsx';
import type { SectionProps } from './campaign-section.ts';
import { ClosePanel } from './close-panel.tsx';
import { ClosedPanel } from './closed-panel.tsx';
import { OpenItemsPanel } from './open-items-panel.tsx';

export function ClosingSection({ campaign, onGo }: SectionProps) {
  const { state, role } = campaign;
  if (state === 'draft' || state === 'discarded')
    return (
      <EmptyState title={text('campaigns:closing.draft')}>
        <p>{text('campaigns:closing.draftNote')}</p>
      </EmptyState>
    );
  if (role === 'taken')
    return (
      <EmptyState title={text('campaigns:closing.taken')}>
        <p>{text('campaigns:closing.takenNote')}</p>
      </EmptyState>
    );
  if (campaign.closed !== null)
    return <ClosedPanel campaign={campaign} closed={campaign.closed} onGo={onGo} />;
  return (
    <>
      <OpenItemsPanel campaign={campaign} onGo={onGo} />
      <AttestPanel campaign={campaign} as="owner" />
      <AttestPanel campaign={campaign} as="approver" />
      <ClosePanel campaign={campaign} />
    </>
  );
}
