// The row of the audit database beside what we sent to it, and what it held when we did.
import { createHash } from 'node:crypto';
import type { Review, ServerDecision } from '#shared/model/review.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { isPlaced } from '../source/microseconds.ts';
import { capNotes, haveRoom } from '../source/notes.ts';
import { notesOf } from './decision-notes.ts';
import type { DecisionRecord } from './projection.ts';

/** SHA-256 of the whole row, item and decision; null while it is not visible. */
export function rowDigest({
  status,
  digest,
  server,
}: Pick<Review, 'status' | 'digest' | 'server'>): string | null {
  if (status === 'gone') return null;
  return createHash('sha256').update(canonicalJson({ digest, server }), 'utf8').digest('hex');
}

export function isWritten({ outcome }: DecisionRecord): boolean {
  return outcome?.outcome === 'applied' || outcome?.outcome === 'already-mine';
}

/** The row is final for us by this decision: ours is written, or somebody else's is. */
export function isSettledOnServer(decision: DecisionRecord): boolean {
  return isWritten(decision) || decision.outcome?.outcome === 'superseded';
}

/** The newest of these decisions by which their row was final for us; null where there is none. */
export function lastSettled(decisions: readonly DecisionRecord[]): DecisionRecord | null {
  return decisions.findLast(isSettledOnServer) ?? null;
}

/** True when a row that took our decision holds something else than was sent, or was stamped at another time than it answered. */
export function isAltered(server: ServerDecision, written: DecisionRecord): boolean {
  const left = written.outcome?.server ?? null;
  if (left !== null && left.reviewedAt !== server.reviewedAt) return true;
  return !holdsWhatWasSent(server, written);
}

/** Reviewer and notes as we sent them, the reason cut where the column is too short for it. */
function holdsWhatWasSent({ reviewer, notes }: ServerDecision, written: DecisionRecord): boolean {
  if (reviewer?.toLowerCase() !== written.reviewer.toLowerCase() || notes === null) return false;
  const sent = notesOf(written);
  if (sent === notes) return true;
  const length = Array.from(notes).length;
  return haveRoom(sent, length) && capNotes(sent, length) === notes;
}

/**
 * From when on a reading that finds the row open finds it open again, in microseconds by the server's clock; null where nobody can
 * tell. What the server stamped on ours is its own clock; a time somebody else wrote, or one that cannot be placed, says nothing.
 */
export function settledFrom(decision: DecisionRecord): number | null {
  const stamped = decision.outcome?.server?.reviewedAt ?? null;
  const stamp = stamped === null ? null : parseInstant(stamped);
  const placed = stamp !== null && isPlaced(stamp) ? stamp : null;
  return isWritten(decision)
    ? (placed ?? decision.settledAtMicroseconds)
    : (decision.settledAtMicroseconds ?? placed);
}
