// How long is left until an item is due, or since when it is overdue.
import type { SlaClock } from '#shared/model/decision-context.ts';
import { openStanding } from '#shared/model/open-standing.ts';
import type { Review } from '#shared/model/review.ts';
import { formatInstant, microsecondsPerDay, parseInstant } from '#shared/time/instant.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import { lacksSecond } from './queue.ts';

type Dated = Pick<Review, 'dueAt' | 'dueText' | 'overdue' | 'status' | 'sync' | 'server' | 'secondLost'>;

export function slaClockOf(review: Dated, nowMicroseconds: number, zone: string): SlaClock {
  const due = parseInstant(review.dueAt);
  const standing = slaStandingOf(review, nowMicroseconds);
  const isWaiting = standing !== 'done' && standing !== 'none';
  const { dateAt } = localDaysOf(zone);
  const isOverdue = standing === 'overdue';
  const hasDate = review.dueText === undefined;
  return {
    standing,
    zone,
    now: formatInstant(nowMicroseconds),
    dueAt: review.dueAt,
    dueText: review.dueText ?? null,
    dueOn: hasDate ? dateAt(due) : null,
    overdueSince: isOverdue && hasDate ? review.dueAt : null,
    remainingMilliseconds: isWaiting && hasDate ? (due - nowMicroseconds) / 1000 : null,
    daysOverdue: isOverdue && hasDate ? midnightsBetween(dateAt(due), dateAt(nowMicroseconds)) : 0,
  };
}

/** Overdue is what the queue says it is; what waits for a second person still has its clock. */
export function slaStandingOf(review: Dated, nowMicroseconds: number): SlaClock['standing'] {
  if (review.overdue) return 'overdue';
  if (review.status !== 'pending' && !lacksSecond(review)) return 'done';
  return openStanding(review, nowMicroseconds);
}

function midnightsBetween(first: string, second: string): number {
  return Math.round((parseInstant(second) - parseInstant(first)) / microsecondsPerDay);
}
