// The columns of the review queue.
import { createContext, useContext } from 'react';
import { PencilLine } from 'lucide-react';
import type { TriageItem } from '#shared/model/triage.ts';
import type { Review } from '#shared/model/review.ts';
import { gridColumns } from '../../components/grid-table.ts';
import { Spoken } from '../../components/spoken.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';
import { ItemState } from './item-state.tsx';
import styles from './queue-columns.module.css';
import type { QueueRow } from './queue-rows.ts';

const dataWidths = ['122px', undefined, '98px', '70px', '134px', '206px'];
/** Rows of a group stand further in. */
export const queueWidths = { single: ['40px', ...dataWidths], grouped: ['80px', ...dataWidths] };
export const queueLeastWidth = 770;

/** What a row needs from the screen: a way into the selection, and which items somebody began to write about. */
export const RowContext = createContext<{ toggle: (id: string) => void; drafted: ReadonlySet<string> }>({
  toggle: () => undefined,
  drafted: new Set(),
});

const column = gridColumns<QueueRow>();

/** A group has a heading instead of cells. */
const ofItem = (row: QueueRow): TriageItem | null => (row.kind === 'item' ? row.item : null);

/** Columns of a list that a header may order; within groups the order is that of the groups. */
export const queueColumns = {
  sortable: columnsOf(true),
  fixed: columnsOf(false),
};

function columnsOf(enableSorting: boolean) {
  return column.columns([
    column.display({
      id: 'check',
      header: () => <Spoken>{text('queue:columns.check')}</Spoken>,
      cell: ({ row: { original } }) =>
        original.kind === 'item' && <CheckMark review={original.item.review} />,
    }),
    column.accessor((row) => ofItem(row)?.review.action ?? '', {
      id: 'action',
      enableSorting,
      header: () => text('queue:columns.action'),
      cell: ({ row: { original } }) => original.kind === 'item' && <Action review={original.item.review} />,
    }),
    column.accessor((row) => ofItem(row)?.review.actorName ?? ofItem(row)?.review.actor ?? '', {
      id: 'actor',
      enableSorting,
      header: () => text('queue:columns.actor'),
      cell: ({ row: { original } }) =>
        original.kind === 'item' && (
          <ActorText
            actor={original.item.review.actor}
            name={original.item.review.actorName}
            missing={text('queue:unattributed')}
          />
        ),
    }),
    column.accessor((row) => severityRank(ofItem(row)?.review.severity ?? null), {
      id: 'severity',
      enableSorting,
      header: () => text('queue:columns.severity'),
      cell: ({ row: { original } }) =>
        original.kind === 'item' && <SeverityMark severity={original.item.review.severity} />,
    }),
    column.accessor((row) => ofItem(row)?.surprise ?? -1, {
      id: 'surprise',
      enableSorting,
      header: () => text('queue:columns.surprise'),
      cell: ({ row: { original } }) =>
        original.kind === 'item' && <Surprise surprise={original.item.surprise} />,
    }),
    column.accessor((row) => ofItem(row)?.review.createdAt ?? '', {
      id: 'when',
      enableSorting,
      header: () => text('queue:columns.when'),
      cell: ({ row: { original } }) =>
        original.kind === 'item' && <InstantText instant={original.item.review.createdAt} />,
    }),
    column.accessor((row) => ofItem(row)?.review.dueAt ?? '', {
      id: 'state',
      enableSorting,
      header: () => text('queue:columns.state'),
      cell: ({ row: { original } }) =>
        original.kind === 'item' && <ItemState review={original.item.review} />,
    }),
  ]);
}

function CheckMark({ review }: { review: Review }) {
  const isChecked = useQueueView((state) => state.checked.has(review.id));
  const { toggle } = useContext(RowContext);
  return (
    <input
      type="checkbox"
      className={styles.check}
      checked={isChecked}
      tabIndex={-1}
      onChange={() => toggle(review.id)}
      aria-label={text('queue:select', {
        action: review.action,
        actor: review.actor ?? text('queue:anUnattributed'),
      })}
    />
  );
}

function Action({ review }: { review: Review }) {
  const isDrafted = useContext(RowContext).drafted.has(review.id);
  return (
    <>
      {isDrafted && (
        <span className={styles.draft} title={text('queue:draft')}>
          <PencilLine size={12} aria-hidden="true" />
          <Spoken>{text('queue:draft')}</Spoken>
        </span>
      )}
      <Verbatim value={review.action} />
    </>
  );
}

/** How far the most surprising finding that cites the event lies beyond its threshold. */
function Surprise({ surprise }: { surprise: number | null }) {
  if (surprise === null)
    return (
      <span className={styles.none} title={text('queue:noFinding')}>
        –
      </span>
    );
  return (
    <span className={styles.surprise} title={text('queue:surpriseMeaning')}>
      {text('queue:times', { count: surprise })}
    </span>
  );
}
