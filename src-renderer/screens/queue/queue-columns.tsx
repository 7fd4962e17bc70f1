// The columns of the review queue.
import { CalendarClock, CircleAlert, Split } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { Review } from '#shared/model/review.ts';
import { Chip } from '../../components/chip.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { Spoken } from '../../components/spoken.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { DecisionMark, SyncMark } from '../../domain/decision-mark.tsx';
import { statusWords } from '../../domain/decision-words.ts';
import { dueWords, urgencyOf } from '../../domain/due.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { useStatus, useZone } from '../../domain/workspace-status.ts';
import { inUtc, inZone } from '../../domain/zoned-time.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { isLeftOpen } from './queue-rules.ts';
import styles from './queue-columns.module.css';

export const queueWidths = ['38px', '136px', undefined, '100px', '130px', '250px'];
export const queueLeastWidth = 750;

/** Puts an item into the selection or takes it out; provided by the screen. */
export const ToggleContext = createContext<(id: string) => void>(() => undefined);

const column = gridColumns<Review>();

export const queueColumns = column.columns([
  column.display({
    id: 'check',
    header: () => <Spoken>In selection</Spoken>,
    cell: ({ row }) => <CheckMark review={row.original} />,
  }),
  column.accessor('action', {
    header: 'Action',
    cell: ({ row }) => <Verbatim value={row.original.action} />,
  }),
  column.accessor((review) => review.actorName ?? review.actor ?? '', {
    id: 'actor',
    header: 'Actor',
    cell: ({ row }) => <ActorText actor={row.original.actor} name={row.original.actorName} />,
  }),
  column.accessor((review) => severityRank(review.severity), {
    id: 'severity',
    header: 'Severity',
    cell: ({ row }) => <SeverityMark severity={row.original.severity} />,
  }),
  column.accessor((review) => review.createdAt ?? '', {
    id: 'when',
    header: 'When',
    cell: ({ row }) => <InstantText instant={row.original.createdAt} />,
  }),
  column.accessor('dueAt', {
    header: 'Due, decision',
    cell: ({ row }) => <ItemState review={row.original} />,
  }),
]);

function CheckMark({ review }: { review: Review }) {
  const isChecked = useQueueView((state) => state.checked.has(review.id));
  const toggle = useContext(ToggleContext);
  return (
    <input
      type="checkbox"
      className={styles.check}
      checked={isChecked}
      tabIndex={-1}
      onChange={() => toggle(review.id)}
      aria-label={`Select ${review.action} by ${review.actor ?? 'unattributed actor'}`}
    />
  );
}

/** @param isBrief beside something else, which leaves no room for how long. */
export function DueMark({ review, isBrief = false }: { review: Review; isBrief?: boolean }) {
  const { now } = useStatus();
  const zone = useZone();
  const title = `Due ${inZone(review.dueAt, zone)} ${zone} · ${inUtc(review.dueAt)}`;
  if (review.status !== 'pending') {
    return <InstantText instant={review.dueAt} />;
  }
  const urgency = urgencyOf(review, now);
  const words = dueWords(review, now);
  if (urgency === 'overdue') {
    return (
      <Chip icon={CircleAlert} tone="danger" title={title}>
        {isBrief ? 'Overdue' : words}
      </Chip>
    );
  }
  if (urgency === 'due-soon') {
    return (
      <Chip icon={CalendarClock} tone="warning" title={title}>
        {isBrief ? 'Due soon' : `Due soon: ${words.replace('Due in ', '')}`}
      </Chip>
    );
  }
  return <span title={title}>{words}</span>;
}

/** What is due while it is open, what was decided once it is; both where the decision leaves it open. */
function ItemState({ review }: { review: Review }) {
  if (isLeftOpen(review) && review.decision !== null)
    return (
      <span className={styles.state}>
        <DecisionMark decision={review.decision} />
        <DueMark review={review} isBrief />
      </span>
    );
  return review.status === 'pending' && review.decision === null ? (
    <DueMark review={review} />
  ) : (
    <DecisionState review={review} />
  );
}

function DecisionState({ review }: { review: Review }) {
  return (
    <span className={styles.state}>
      {review.decision === null ? (
        <span className={styles.second}>{statusWords[review.status]}</span>
      ) : (
        <DecisionMark decision={review.decision} />
      )}
      {review.status === 'gone' && review.decision !== null && <Chip tone="neutral">{statusWords.gone}</Chip>}
      {review.status !== 'gone' && review.sync !== null && <SyncMark sync={review.sync} />}
      {review.conflictStanding === 'open' && review.sync !== 'superseded' && (
        <Chip icon={Split} tone="warning" title="Ours and the decision in the audit database differ.">
          Conflict
        </Chip>
      )}
    </span>
  );
}
