// While items are checked: what a decision would cover, and the way out.
import type { Review } from '#shared/model/review.ts';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { countWords } from '../../domain/count-words.ts';
import { useQueueView } from '../../state/queue-view.ts';
import styles from './selection-bar.module.css';

export function SelectionBar({ checked }: { checked: readonly Review[] }) {
  const setChecked = useQueueView((state) => state.setChecked);
  const [first] = checked;
  if (first === undefined) return null;
  return (
    <section className={styles.bar} aria-label="Selection">
      <output>
        <strong>{countWords(checked.length, 'item')}</strong> selected, all <Verbatim value={first.action} />.
        A decision covers them together and needs a reason.
      </output>
      <Button size="small" onClick={() => setChecked(new Set())}>
        Clear selection
      </Button>
    </section>
  );
}
