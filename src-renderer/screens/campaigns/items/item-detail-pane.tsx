// The pane beside the items: the one in view in full.
import { EmptyState } from '../../../components/empty-state.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import type { DetailPaneProps } from './detail-pane-props.ts';
import { ItemDetail } from './item-detail.tsx';

export function ItemDetailPane(props: DetailPaneProps) {
  const selected = useCampaignItemsView((state) => state.selected);
  const { detail, evidence } = props.known;
  if (selected === null) return <EmptyState title={text('campaignItems:chooseItem')} />;
  if (detail.isError) return <ProblemNotice error={detail.error} />;
  if (detail.data?.item.key !== selected) return <EmptyState title={text('campaignItems:itemLoading')} />;
  return (
    <ItemDetail
      {...props}
      detail={detail.data}
      evidence={evidence.data ?? null}
      evidenceError={evidence.data === undefined ? evidence.error : null}
    />
  );
}
