// A part of something in full that opens and closes; whoever draws it knows whether it stands open.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import styles from './detail-part.module.css';

type DetailPartProps = {
  title: string;
  /** The part in a few words, in sight while it is closed, too. */
  summary?: ReactNode;
  /** Whether it stands below a heading of its own kind. */
  isInner?: boolean;
  isOpen: boolean;
  onToggle: () => void;
  children: ReactNode;
};

export function DetailPart(props: DetailPartProps) {
  const { title, summary, isInner = false, isOpen, onToggle, children } = props;
  const id = useId();
  const Icon = isOpen ? ChevronDown : ChevronRight;
  const Heading = isInner ? 'h4' : 'h3';
  return (
    <section className={isInner ? styles.inner : styles.part} aria-label={title}>
      <div className={styles.head}>
        <Heading className={styles.heading}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={onToggle}
          >
            <Icon className={styles.icon} aria-hidden="true" />
            {title}
          </button>
        </Heading>
        {summary !== undefined && <span className={styles.summary}>{summary}</span>}
      </div>
      <div id={id} className={styles.body} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}
