// While items are checked: what a decision would cover, the decisions, and the way out.
import { X } from 'lucide-react';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { countWords, formatCount } from '../../domain/count-words.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { DecisionBar } from './decision-bar.tsx';
import styles from './selection-bar.module.css';

type SelectionBarProps = {
  checked: readonly Review[];
  /** How many of them the list does not show at present. */
  hidden: number;
  isBusy: boolean;
  onDecide: (decision: DecisionKind) => void;
};

export function SelectionBar({ checked, hidden, isBusy, onDecide }: SelectionBarProps) {
  const setChecked = useQueueView((state) => state.setChecked);
  const [first] = checked;
  if (first === undefined) return null;
  return (
    <section className={styles.bar} aria-label="Selection">
      <output>
        <strong>{countWords(checked.length, 'item')}</strong> of <Verbatim value={first.action} most={40} />
        {hidden > 0 && ` (${formatCount(hidden)} not in this list)`}
      </output>
      <DecisionBar label="Decide together" hasKeys disabled={isBusy} onDecide={onDecide} />
      <Button
        size="small"
        weight="quiet"
        icon={X}
        aria-label="Clear selection"
        title="Clear selection"
        onClick={() => setChecked(new Set())}
      />
    </section>
  );
}
