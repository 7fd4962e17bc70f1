// The five decisions as buttons; the same as their keys.
import { decisionKinds } from '#shared/model/review.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { Button } from '../components/button.tsx';
import { decisionIcons } from './decision-mark.tsx';
import { decisionWords } from './decision-words.ts';
import styles from './decision-bar.module.css';

export function DecisionBar({
  label,
  hasKeys,
  disabled,
  meaningOf = (decision) => decisionWords[decision].meaning,
  onDecide,
}: {
  label: string;
  /** Whether the decision keys act on what these buttons act on. */
  hasKeys: boolean;
  disabled: boolean;
  /** What each decision says of what is decided about; without it, of an action. */
  meaningOf?: ((decision: DecisionKind) => string) | undefined;
  onDecide: (decision: DecisionKind) => void;
}) {
  return (
    <fieldset className={styles.bar} aria-label={label}>
      {decisionKinds.map((decision) => (
        <Button
          key={decision}
          weight={decision === 'certify' ? 'primary' : 'secondary'}
          size="small"
          icon={decisionIcons[decision]}
          keyHint={hasKeys ? decisionWords[decision].key : undefined}
          title={meaningOf(decision)}
          disabled={disabled}
          onClick={() => onDecide(decision)}
        >
          {decisionWords[decision].label}
        </Button>
      ))}
    </fieldset>
  );
}
