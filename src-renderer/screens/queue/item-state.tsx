// What is due while an item is open, what was decided once it is; both where the decision leaves it open.
import { CalendarClock, CircleAlert, RotateCcw, Split, UserX } from 'lucide-react';
import { openStanding } from '#shared/model/open-standing.ts';
import type { Review } from '#shared/model/review.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { Chip } from '../../components/chip.tsx';
import { DecisionMark, SyncMark } from '../../domain/decision-mark.tsx';
import { statusWords } from '../../domain/decision-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { useStatus, useZone } from '../../domain/workspace-status.ts';
import { inUtc, inZone } from '../../domain/zoned-time.ts';
import { text } from '../../texts/text.ts';
import { remainingWords } from './due-words.ts';
import { isLeftOpen, lacksSomebodyElse } from './queue-rules.ts';
import styles from './queue-columns.module.css';

/** How much there is room for: the standing, the standing and how long, or both in full words. */
type DueLength = 'word' | 'short' | 'full';

export function DueMark({ review, length = 'full' }: { review: Review; length?: DueLength }) {
  const { now } = useStatus();
  const zone = useZone();
  if (review.dueText !== undefined) return <span>{undatedWords(review.dueText)}</span>;
  if (review.status !== 'pending' && !review.overdue) return <InstantText instant={review.dueAt} />;
  const title = text('queue:due.title', { at: inZone(review.dueAt, zone), zone, utc: inUtc(review.dueAt) });
  const standing = openStanding(review, parseInstant(now));
  const span = remainingWords(review, now);
  if (standing === 'later') return <span title={title}>{text('queue:due.in', { span })}</span>;
  const isOverdue = standing === 'overdue';
  return (
    <Chip
      icon={isOverdue ? CircleAlert : CalendarClock}
      tone={isOverdue ? 'danger' : 'warning'}
      title={title}
    >
      {text(`queue:due.${isOverdue ? 'overdue' : 'soon'}.${length}`, { span })}
    </Chip>
  );
}

/** A due time that cannot be placed reads as the database writes it. */
function undatedWords(dueText: string): string {
  return dueText === '' ? text('queue:due.none') : text('queue:due.asWritten', { due: dueText });
}

export function ItemState({ review }: { review: Review }) {
  const zone = useZone();
  if (review.reopened === true && review.status === 'pending')
    return (
      <span className={styles.state}>
        <Chip icon={RotateCcw} tone="warning" title={text('queue:state.reopenedMeaning')}>
          {text('queue:state.reopened')}
        </Chip>
        <DueMark review={review} length="word" />
      </span>
    );
  if (isLeftOpen(review) && review.decision !== null)
    return (
      <span className={styles.state}>
        <DecisionMark decision={review.decision} />
        <DueMark review={review} length="word" />
      </span>
    );
  if (review.status !== 'pending' || review.decision !== null) return <DecisionState review={review} />;
  return (
    <span className={styles.state}>
      <DueMark review={review} length="short" />
      {review.dueText === undefined && (
        <span className={styles.date}>{inZone(review.dueAt, zone).slice(5, 10)}</span>
      )}
    </span>
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
      <Beside review={review} />
    </span>
  );
}

/** The one thing about the decision that matters most: there is room for one. */
function Beside({ review }: { review: Review }) {
  const lack = lacksSomebodyElse(review);
  if (lack !== null)
    return (
      <Chip icon={UserX} tone="warning" title={text(`queue:lacks.${lack}.meaning`)}>
        {text(`queue:lacks.${lack}.label`)}
      </Chip>
    );
  if (review.status === 'gone' && review.decision !== null)
    return <Chip tone="neutral">{statusWords.gone}</Chip>;
  if (review.conflictStanding === 'open' && review.sync !== 'superseded')
    return (
      <Chip icon={Split} tone="warning" title={text('queue:state.conflictMeaning')}>
        {text('queue:state.conflict')}
      </Chip>
    );
  return review.status !== 'gone' && review.sync !== null && <SyncMark sync={review.sync} />;
}
