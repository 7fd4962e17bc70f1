// How urgent a review item is, judged against the workspace's present, in words.
import type { Review } from '#shared/model/review.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { text } from '../texts/text.ts';
import { durationWords } from './duration-words.ts';

function remainingMs(dueAt: string, now: string): number {
  return (parseInstant(dueAt) - parseInstant(now)) / 1000;
}

/** `Overdue by 2 d 3 h`, `Due in 40 min`. */
export function dueWords(review: Pick<Review, 'dueAt' | 'overdue'>, now: string): string {
  const remaining = remainingMs(review.dueAt, now);
  return review.overdue
    ? text('domain:due.overdue', { time: durationWords(Math.min(remaining, 0)) })
    : text('domain:due.in', { time: durationWords(Math.max(remaining, 0)) });
}
