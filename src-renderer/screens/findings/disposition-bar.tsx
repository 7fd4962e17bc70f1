// What a person can make of a finding, or of the open findings of a story.
import { dispositions, type Disposition } from '#shared/model/finding.ts';
import { Button } from '../../components/button.tsx';
import { text } from '../../texts/text.ts';
import styles from './finding-detail.module.css';
import { dispositionWords } from './finding-rules.ts';

type DispositionBarProps = {
  onDispose: (disposition: Disposition) => void;
  /** Absent where no exception can be granted. */
  onLetPass?: (() => void) | undefined;
};

export function DispositionBar({ onDispose, onLetPass }: DispositionBarProps) {
  return (
    <fieldset className={styles.bar} aria-label={text('findings:disposition.label')}>
      {dispositions.map((disposition) => (
        <Button
          key={disposition}
          size="small"
          weight={disposition === 'acknowledged' ? 'primary' : 'secondary'}
          keyHint={dispositionWords[disposition].key}
          title={dispositionWords[disposition].meaning}
          onClick={() => onDispose(disposition)}
        >
          {dispositionWords[disposition].label}
        </Button>
      ))}
      {onLetPass !== undefined && (
        <Button size="small" title={text('findings:exception.letPassMeaning')} onClick={onLetPass}>
          {text('findings:exception.letPass')}
        </Button>
      )}
    </fieldset>
  );
}
