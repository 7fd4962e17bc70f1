// A part of an item in full that opens and closes, and stays as it was left.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useQueueView, type DetailPart as PartName } from '../../state/queue-view.ts';
import styles from './detail-part.module.css';

type DetailPartProps = {
  part: PartName;
  title: string;
  /** The part in a few words, in sight while it is closed, too. */
  summary?: ReactNode;
  children: ReactNode;
};

export function DetailPart({ part, title, summary, children }: DetailPartProps) {
  const isOpen = !useQueueView((state) => state.closedParts.has(part));
  const toggle = useQueueView((state) => state.togglePart);
  const id = useId();
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.head}>
        <h3 className={styles.heading}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => toggle(part)}
          >
            <Icon className={styles.icon} aria-hidden="true" />
            {title}
          </button>
        </h3>
        {summary !== undefined && <span className={styles.summary}>{summary}</span>}
      </div>
      <div id={id} className={styles.body} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}
