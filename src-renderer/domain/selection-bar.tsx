// While things of a list are checked: what a decision would cover, the decisions, and the way out.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DecisionKind } from '#shared/model/review.ts';
import { Button } from '../components/button.tsx';
import { text } from '../texts/text.ts';
import { DecisionBar } from './decision-bar.tsx';
import styles from './selection-bar.module.css';

type SelectionBarProps = {
  /** What is checked, in words. */
  children: ReactNode;
  /** How many of it the list does not show at present. */
  hidden: number;
  isBusy: boolean;
  /** What a decision says here, where that is not what it says of an action. */
  meaningOf?: ((decision: DecisionKind) => string) | undefined;
  onDecide: (decision: DecisionKind) => void;
  onClear: () => void;
};

export function SelectionBar({ children, hidden, isBusy, meaningOf, onDecide, onClear }: SelectionBarProps) {
  return (
    <section className={styles.bar} aria-label={text('domain:selection.label')}>
      <output>
        {children}
        {hidden > 0 && ` ${text('domain:selection.hidden', { count: hidden })}`}
      </output>
      <DecisionBar
        label={text('domain:selection.decide')}
        hasKeys
        disabled={isBusy}
        meaningOf={meaningOf}
        onDecide={onDecide}
      />
      <Button
        size="small"
        weight="quiet"
        icon={X}
        aria-label={text('domain:selection.clear')}
        title={text('domain:selection.clear')}
        onClick={onClear}
      />
    </section>
  );
}
