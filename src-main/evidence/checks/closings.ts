// Whether every note with which a conflict was closed is an entry of the ledger, to the letter.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { AnomalyConflictLine, ReviewConflictLine } from '../pack-input.ts';

type Closing = NonNullable<ReviewConflictLine['closings']>[number] | AnomalyConflictLine['closings'][number];

/**
 * @param about what the conflict is about, as the entries name it
 * @param closed entries by which conflicts were closed, by id
 */
export function areClosingsBacked(
  closings: readonly Closing[],
  about: Pick<ReviewConflictLine, 'review'> | Pick<AnomalyConflictLine, 'anomaly'>,
  closed: ReadonlyMap<string, LedgerEntry>,
): boolean {
  return closings.every(({ entry: id, by, byName, at, ...closing }) => {
    const entry = closed.get(id);
    return (
      entry !== undefined &&
      entry.actor === by &&
      entry.wall_time === at &&
      canonicalJson(entry.payload) === canonicalJson({ ...closing, ...about, reviewerName: byName })
    );
  });
}
