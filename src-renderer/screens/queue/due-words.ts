// How long an item has left, or has been overdue, in words.
import type { Review } from '#shared/model/review.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { durationWords } from '../../domain/duration-words.ts';

/** `2 d 3 h`, whether to go or since it was due. An item called overdue is never said to have time left, and the other way round. */
export function remainingWords({ dueAt, overdue }: Pick<Review, 'dueAt' | 'overdue'>, now: string): string {
  const remainingMs = (parseInstant(dueAt) - parseInstant(now)) / 1000;
  return durationWords(overdue ? Math.min(remainingMs, 0) : Math.max(remainingMs, 0));
}
