// Closes a conflict about one of the source's anomalies: a person looked at both sides and said so; its row is left as it is.
import type { AnomalyConflict } from '#shared/model/anomaly-conflict.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { requireAnomalyConflict } from './anomaly-conflicts.ts';
import { assertClosable, ownConflict, type CloseRequest } from './close-conflict.ts';
import { requireReviewer } from './decide.ts';
import { isOwnAction } from './independence.ts';
import type { Ledger } from './ledger.ts';

/**
 * Puts on record that a person looked at a conflict; the audit database is not touched.
 * @throws Problem when there is nothing open to close, when it is not what was shown, or when it is about the reviewer.
 */
export function closeAnomalyConflict(
  cache: DatabaseHandle,
  ledger: Ledger,
  { id, note, shown }: CloseRequest,
): AnomalyConflict {
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const conflict = requireAnomalyConflict(cache, state, id);
    assertClosable(conflict, shown);
    const { item, ours, theirs: server, row } = conflict;
    if (isOwnAction(state, item.user, reviewer.id)) throw ownConflict();
    return [
      {
        type: 'conflict-closed',
        tenant: item.tenant,
        subject: id,
        actor: reviewer.id,
        payload: {
          anomaly: id,
          disposition: ours.id,
          note: note.toWellFormed(),
          server,
          row,
          reviewerName: reviewer.name,
        },
      },
    ];
  });
  return requireAnomalyConflict(cache, ledger.state(), id);
}
