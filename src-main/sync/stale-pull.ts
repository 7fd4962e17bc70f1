// Decisions about items that fell due since the queue was last read: what became of them there meanwhile nobody here has seen.
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import type { DecisionRecord } from '../review/projection.ts';

/**
 * Whether the item of a decision was not due yet when the queue was read, and was when it was decided, or is now.
 * @param pulledAt Time of the last reading in microseconds since the epoch; null when there was none.
 * @param now In microseconds since the epoch.
 */
export function fellDueUnseen(
  { payload, decidedAt }: Pick<DecisionRecord, 'payload' | 'decidedAt'>,
  pulledAt: number | null,
  now: number,
): boolean {
  const due = parseInstant(payload.dueAt);
  return pulledAt !== null && pulledAt < due && due < Math.max(now, parseInstant(decidedAt));
}

/** What to tell people who send such decisions; null when there are none. Nothing is held up: every row is compared as it is sent. */
export function stalePullWarning(
  open: readonly Pick<DecisionRecord, 'payload' | 'decidedAt'>[],
  pulledAt: number | null,
  now: number,
): string | null {
  const unseen = open.filter((decision) => fellDueUnseen(decision, pulledAt, now)).length;
  if (unseen === 0 || pulledAt === null) return null;
  const items = unseen === 1 ? 'one item that has' : `${unseen} items that have`;
  return `The review queue was last read at ${formatInstant(pulledAt)}, before decisions were sent about ${items} fallen due since. Each was written only where its row was still open and as it was shown.`;
}
