// What the pane of an item in full is given.
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { SectionProps } from '../campaign-section.ts';
import type { KnownItem } from './use-item-detail.ts';

export type DetailPaneProps = {
  campaign: CampaignStatus;
  known: KnownItem;
  /** Whether the list shows the item, too. */
  isListed: boolean;
  isBusy: boolean;
  hasKeys: boolean;
  onAlike: () => void;
  onDecide: (decision: DecisionKind) => void;
  onGo: SectionProps['onGo'];
};
