// Where an item that waits for a decision stands between its due time and the present.
import { parseInstant } from '../time/instant.ts';
import { dueSoonMilliseconds, type SlaClock } from './decision-context.ts';
import type { Review } from './review.ts';

/** Overdue is what the queue says it is; a due time that cannot be placed has no urgency. */
export function openStanding(
  { dueAt, dueText, overdue }: Pick<Review, 'dueAt' | 'dueText' | 'overdue'>,
  nowMicroseconds: number,
): Exclude<SlaClock['standing'], 'done'> {
  if (overdue) return 'overdue';
  if (dueText !== undefined) return 'none';
  const remainingMilliseconds = (parseInstant(dueAt) - nowMicroseconds) / 1000;
  return remainingMilliseconds <= dueSoonMilliseconds ? 'due-soon' : 'later';
}
