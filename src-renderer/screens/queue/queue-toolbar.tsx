// Above the queue: how far the reviewer is and at what pace, and how the list is narrowed, ordered and grouped.
import { Undo2 } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { Review } from '#shared/model/review.ts';
import { queueGroupings, queueSorts } from '#shared/model/triage.ts';
import { Button } from '../../components/button.tsx';
import toolbar from '../../components/list-toolbar.module.css';
import { SearchField } from '../../components/search-field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import type { QueueFilter } from '../../state/queue-view.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';
import { QueuePace } from './queue-pace.tsx';
import { matchesFilter } from './queue-rules.ts';
import styles from './queue-toolbar.module.css';
import { SavedViews } from './saved-views.tsx';

const filters: readonly QueueFilter[] = [
  'pending',
  'overdue',
  'second',
  'decided',
  'reviewed',
  'gone',
  'conflict',
  'all',
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
  return (
    <div className={toolbar.toolbar}>
      <div className={toolbar.line}>
        <h1>{text('queue:title')}</h1>
        <QueuePace reviews={reviews} />
        <Button
          size="small"
          icon={Undo2}
          keyHint="u"
          disabled={onUndo === null}
          onClick={onUndo ?? undefined}
        >
          {text('queue:undo')}
        </Button>
        {actions}
      </div>
      <div className={toolbar.line}>
        <FilterTabs reviews={reviews} />
      </div>
      <div className={toolbar.line}>
        <FilterField input={filterInput} />
        <Arrangement />
        <SavedViews />
      </div>
    </div>
  );
}

function FilterTabs({ reviews }: { reviews: readonly Review[] }) {
  const { filter, setFilter } = useQueueView();
  const choices = filters
    .map((value) => ({
      value,
      label: text(`queue:tab.${value}`),
      count: reviews.filter((review) => matchesFilter(review, value)).length,
    }))
    .filter(({ value, count }) => !rareFilters.has(value) || count > 0 || filter === value);
  return <Segmented label={text('queue:show')} value={filter} choices={choices} onChange={setFilter} />;
}

function FilterField({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { text: filterText, setText } = useQueueView();
  return (
    <SearchField
      input={input}
      label={text('queue:filter')}
      width={[190, 380]}
      placeholder={text('queue:filterHint')}
      value={filterText}
      isLeftByKey
      onSearch={setText}
    />
  );
}

function Arrangement() {
  const { sort, grouping, choose } = useQueueView();
  return (
    <>
      <label className={styles.choice}>
        {text('queue:order.label')}
        <select
          value={sort}
          className={toolbar.select}
          onChange={({ target }) =>
            choose({ sort: queueSorts.find((value) => value === target.value) ?? 'urgency' })
          }
        >
          {queueSorts.map((value) => (
            <option key={value} value={value}>
              {text(`queue:order.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.choice}>
        {text('queue:group.label')}
        <select
          value={grouping}
          className={toolbar.select}
          onChange={({ target }) =>
            choose({ grouping: queueGroupings.find((value) => value === target.value) ?? 'none' })
          }
        >
          {queueGroupings.map((value) => (
            <option key={value} value={value}>
              {text(`queue:group.${value}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
