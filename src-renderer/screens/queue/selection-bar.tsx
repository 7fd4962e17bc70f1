// While items are checked: what a decision would cover, the decisions, and the way out.
import { X } from 'lucide-react';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { DecisionBar } from '../../domain/decision-bar.tsx';
import { useQueueView } from '../../state/queue-view.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
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
    <section className={styles.bar} aria-label={text('queue:selection.label')}>
      <output>
        <Rich
          of="queue:selection.of"
          values={{ items: text('queue:items', { count: checked.length }) }}
          parts={{ strong: <strong />, action: <Verbatim value={first.action} most={40} /> }}
        />
        {hidden > 0 && ` ${text('queue:selection.hidden', { count: hidden })}`}
      </output>
      <DecisionBar label={text('queue:selection.decide')} hasKeys disabled={isBusy} onDecide={onDecide} />
      <Button
        size="small"
        weight="quiet"
        icon={X}
        aria-label={text('queue:selection.clear')}
        title={text('queue:selection.clear')}
        onClick={() => setChecked(new Set())}
      />
    </section>
  );
}
