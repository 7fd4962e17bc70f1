// The row of the audit database beside what it held when we last wrote it.
import { createHash } from 'node:crypto';
import type { Review, ServerDecision } from '#shared/model/review.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { parseNotes } from '../source/notes.ts';
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

/** True when a row that took our decision holds something else now. */
export function isAltered(server: ServerDecision, written: DecisionRecord): boolean {
  const left = written.outcome?.server ?? null;
  if (left === null) return parseNotes(server.notes)?.decisionId !== written.id;
  return (['reviewer', 'reviewedAt', 'notes'] as const).some((field) => left[field] !== server[field]);
}
