// Above the queue: how far the reviewer is, and what the list is narrowed to.
import { Search, Undo2 } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { Review } from '#shared/model/review.ts';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { formatCount } from '../../domain/count-words.ts';
import type { QueueFilter } from '../../state/queue-view.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { matchesFilter, queueProgress } from './queue-rules.ts';
import styles from './queue-toolbar.module.css';

export const filterLabels: readonly [QueueFilter, string][] = [
  ['pending', 'To decide'],
  ['overdue', 'Overdue'],
  ['second', 'To second'],
  ['decided', 'Decided here'],
  ['reviewed', 'Decided elsewhere'],
  ['gone', 'No longer visible'],
  ['conflict', 'Conflicts'],
  ['all', 'All'],
];

/** Most teams have nothing of these most of the time. */
const rareFilters: ReadonlySet<QueueFilter> = new Set(['second', 'gone']);

type QueueToolbarProps = {
  reviews: readonly Review[];
  filterInput: RefObject<HTMLInputElement | null>;
  /** Null while nothing can be taken back. */
  onUndo: (() => void) | null;
  /** What else can be done with the list. */
  actions: ReactNode;
};

export function QueueToolbar({ reviews, filterInput, onUndo, actions }: QueueToolbarProps) {
  const { filter, text, setFilter, setText } = useQueueView();
  const { decided, total } = queueProgress(reviews);
  const choices = filterLabels
    .map(([value, label]) => ({
      value,
      label,
      count: reviews.filter((review) => matchesFilter(review, value)).length,
    }))
    .filter(({ value, count }) => !rareFilters.has(value) || count > 0 || filter === value);
  return (
    <div className={styles.toolbar}>
      <div className={styles.line}>
        <h1>Review queue</h1>
        <div className={styles.progress}>
          <output aria-label="Progress">
            {formatCount(decided)} of {formatCount(total)} decided
          </output>
          <ProgressBar label="Decided" share={total === 0 ? 0 : decided / total} />
        </div>
        <Button
          size="small"
          icon={Undo2}
          keyHint="u"
          disabled={onUndo === null}
          onClick={onUndo ?? undefined}
        >
          Undo
        </Button>
        {actions}
      </div>
      <div className={styles.line}>
        <Segmented label="Show" value={filter} choices={choices} onChange={setFilter} />
        <div className={styles.search}>
          <Search className={styles.icon} aria-hidden="true" />
          <input
            ref={filterInput}
            type="search"
            className={styles.input}
            aria-label="Filter items"
            placeholder="Filter by action, actor, severity  ( / )"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
            }}
          />
        </div>
      </div>
    </div>
  );
}
