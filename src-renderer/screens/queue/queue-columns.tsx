// The columns of the review queue.
import { createContext, useContext } from 'react';
import { PencilLine } from 'lucide-react';
import type { QueueGrouping, TriageItem } from '#shared/model/triage.ts';
import type { Review } from '#shared/model/review.ts';
import { gridColumns } from '../../components/grid-table.ts';
import { RowCheck } from '../../components/row-check.tsx';
import { Spoken } from '../../components/spoken.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { useZone } from '../../domain/workspace-status.ts';
import { inUtc, inZone } from '../../domain/zoned-time.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';
import { ItemState } from './item-state.tsx';
import styles from './queue-columns.module.css';
import type { QueueRow } from './queue-rows.ts';

const restWidths = ['98px', '70px', '134px', '206px'];
/** Rows of a group stand further in; what its heading says has no column. */
export const queueWidths: Readonly<Record<QueueGrouping, readonly (string | undefined)[]>> = {
  none: ['40px', '122px', undefined, ...restWidths],
  actor: ['80px', undefined, ...restWidths],
  action: ['80px', undefined, ...restWidths],
  day: ['80px', '122px', undefined, '98px', '70px', '72px', '206px'],
};
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
  none: columnsOf('none'),
  actor: columnsOf('actor').filter(({ id }) => id !== 'actor'),
  action: columnsOf('action').filter(({ id }) => id !== 'action'),
  day: columnsOf('day'),
};

function columnsOf(grouping: QueueGrouping) {
  const enableSorting = grouping === 'none';
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
          <>
            {grouping === 'action' && <DraftMark review={original.item.review} />}
            <ActorText
              actor={original.item.review.actor}
              name={original.item.review.actorName}
              missing={text('queue:unattributed')}
            />
          </>
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
        original.kind === 'item' &&
        (grouping === 'day' ? (
          <TimeOfDay instant={original.item.review.createdAt} />
        ) : (
          <InstantText instant={original.item.review.createdAt} />
        )),
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
    <RowCheck
      isChecked={isChecked}
      onToggle={() => toggle(review.id)}
      label={text('queue:select', {
        action: review.action,
        actor: review.actor ?? text('queue:anUnattributed'),
      })}
    />
  );
}

function Action({ review }: { review: Review }) {
  return (
    <>
      <DraftMark review={review} />
      <Verbatim value={review.action} />
    </>
  );
}

function DraftMark({ review }: { review: Review }) {
  const isDrafted = useContext(RowContext).drafted.has(review.id);
  if (!isDrafted) return null;
  return (
    <span className={styles.draft} title={text('queue:draft')}>
      <PencilLine size={12} aria-hidden="true" />
      <Spoken>{text('queue:draft')}</Spoken>
    </span>
  );
}

/** The day stands in the heading of the group. */
function TimeOfDay({ instant }: { instant: string | null }) {
  const zone = useZone();
  if (instant === null) return <InstantText instant={null} />;
  return (
    <time dateTime={instant} title={inUtc(instant)}>
      {inZone(instant, zone).slice(11)}
    </time>
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
