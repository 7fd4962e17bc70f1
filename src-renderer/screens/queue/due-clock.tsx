// The clock of an item: until when, how long that is, and how many days late.
import type { SlaClock } from '#shared/model/decision-context.ts';
import type { Review } from '#shared/model/review.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { DueMark } from './item-state.tsx';
import styles from './review-detail.module.css';

/** @param clock null while it is being read */
export function DueClock({ review, clock }: { review: Review; clock: SlaClock | null }) {
  const isWaiting = review.status === 'pending' || review.overdue;
  return (
    <p className={styles.clock}>
      <SeverityMark severity={review.severity} />
      {(isWaiting || review.dueText !== undefined) && <DueMark review={review} />}
      {review.dueText === undefined && (
        <span className={styles.quiet}>
          <Rich
            of={isWaiting ? 'queue:due.at' : 'queue:due.was'}
            parts={{ at: <InstantText instant={review.dueAt} withOffset /> }}
          />
          {clock !== null && clock.daysOverdue > 0 && isWaiting && (
            <> · {text('queue:due.days', { count: clock.daysOverdue })}</>
          )}
        </span>
      )}
    </p>
  );
}
