// How urgent a review item is, judged against the workspace's present, in words.
import { dueSoonMilliseconds } from '#shared/model/decision-context.ts';
import type { Review } from '#shared/model/review.ts';
import type { TriageItem } from '#shared/model/triage.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { text } from '../texts/text.ts';
import { durationWords } from './duration-words.ts';

export type Urgency = 'overdue' | 'due-soon' | 'later';

function remainingMs(dueAt: string, now: string): number {
  return (parseInstant(dueAt) - parseInstant(now)) / 1000;
}

export function urgencyOf(review: Pick<Review, 'dueAt' | 'overdue'>, now: string): Urgency {
  if (review.overdue) return 'overdue';
  return remainingMs(review.dueAt, now) <= dueSoonMilliseconds ? 'due-soon' : 'later';
}

/** Where an open item stands in the queue; a due time that cannot be placed has no urgency. */
export function openStanding(
  review: Pick<Review, 'dueAt' | 'dueText' | 'overdue'>,
  now: string,
): TriageItem['sla'] {
  return review.dueText !== undefined && !review.overdue ? 'none' : urgencyOf(review, now);
}

/** `Overdue by 2 d 3 h`, `Due in 40 min`. */
export function dueWords(review: Pick<Review, 'dueAt' | 'overdue'>, now: string): string {
  const remaining = remainingMs(review.dueAt, now);
  return review.overdue
    ? text('domain:due.overdue', { time: durationWords(Math.min(remaining, 0)) })
    : text('domain:due.in', { time: durationWords(Math.max(remaining, 0)) });
}
