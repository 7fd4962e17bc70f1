// While items are checked: how many, the decisions, and the way out.
import { X } from 'lucide-react';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { Button } from '../../../components/button.tsx';
import { DecisionBar } from '../../../domain/decision-bar.tsx';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import { decisionMeaning } from './item-marks.tsx';
import styles from './items.module.css';

type SelectionBarProps = {
  /** Those the list shows. */
  items: readonly ListedItem[];
  isBusy: boolean;
  onDecide: (decision: DecisionKind) => void;
};

export function SelectionBar({ items, isBusy, onDecide }: SelectionBarProps) {
  const { checked, setChecked } = useCampaignItemsView();
  if (checked.size === 0) return null;
  const shown = items.filter(({ key }) => checked.has(key)).length;
  const hidden = checked.size - shown;
  return (
    <section className={styles.selection} aria-label={text('campaignItems:selection.label')}>
      <output>
        <strong>{text('campaignItems:items', { count: checked.size })}</strong>
        {hidden > 0 && ` ${text('campaignItems:selection.hidden', { count: hidden })}`}
      </output>
      <DecisionBar
        label={text('campaignItems:selection.decide')}
        hasKeys
        disabled={isBusy}
        meaningOf={decisionMeaning}
        onDecide={onDecide}
      />
      <Button
        size="small"
        weight="quiet"
        icon={X}
        aria-label={text('campaignItems:selection.clear')}
        title={text('campaignItems:selection.clear')}
        onClick={() => setChecked(new Map())}
      />
    </section>
  );
}
