// While items are checked: how many, and the decisions about all of them.
import type { ListedItem } from '#shared/model/campaign-view.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { SelectionBar } from '../../../domain/selection-bar.tsx';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import { decisionMeaning } from './item-marks.tsx';

type CheckedBarProps = {
  /** Those the list shows. */
  items: readonly ListedItem[];
  isBusy: boolean;
  onDecide: (decision: DecisionKind) => void;
};

export function CheckedBar({ items, isBusy, onDecide }: CheckedBarProps) {
  const { checked, setChecked } = useCampaignItemsView();
  if (checked.size === 0) return null;
  return (
    <SelectionBar
      hidden={checked.size - items.filter(({ key }) => checked.has(key)).length}
      isBusy={isBusy}
      meaningOf={decisionMeaning}
      onDecide={onDecide}
      onClear={() => setChecked(new Map())}
    >
      <strong>{text('campaignItems:items', { count: checked.size })}</strong>
    </SelectionBar>
  );
}
