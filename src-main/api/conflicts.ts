// Conflicts between the ledger and the audit database.
import type { ConflictKind } from '#shared/model/conflict-list.ts';
import { parseInstant } from '#shared/time/instant.ts';
import {
  anomalyConflictOf,
  detailAnomalyConflict,
  listAnomalyConflicts,
} from '../review/anomaly-conflicts.ts';
import { closeAnomalyConflict } from '../review/close-anomaly-conflict.ts';
import { closeConflict } from '../review/close-conflict.ts';
import { detailConflict } from '../review/conflict-detail.ts';
import { conflictOf, listConflicts } from '../review/conflicts.ts';
import type { LedgerState } from '../review/projection.ts';
import { readQueue } from '../review/queue.ts';
import { readHistory } from '../review/server-rows.ts';
import { readEvent } from '../store/cache/events.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { toDecision } from './review.ts';
import { nowMicroseconds } from './workspace.ts';

export function conflictProcedures(workstation: Workstation) {
  const { conflicts } = procedures;
  const { ledger } = workstation;
  const queueAt = (state: LedgerState) => readQueue(workstation.cache, state, nowMicroseconds(workstation));
  return {
    list: conflicts.list.handler(({ input: { kind, standing } }) => {
      const state = ledger.state();
      const queue = kind === 'anomaly' ? [] : queueAt(state);
      const anomalies = kind === 'review' ? [] : listAnomalyConflicts(workstation.cache, state);
      return listConflicts(queue, anomalies, state, standing);
    }),
    get: conflicts.get.handler(({ input: { id, kind } }) => {
      const state = ledger.state();
      return isAnomaly(workstation, id, kind)
        ? detailAnomalyConflict(workstation.cache, state, id)
        : reviewDetail(workstation, state, id);
    }),
    close: conflicts.close.handler(({ input: { kind, ...request } }) =>
      isAnomaly(workstation, request.id, kind)
        ? closeAnomalyConflict(workstation.cache, ledger, request)
        : closeConflict(ledger, queueAt, request),
    ),
  };
}

/** Without a kind, a review item of this id goes first; what is in neither list is looked for among review items. */
function isAnomaly(workstation: Workstation, id: string, kind: ConflictKind | undefined): boolean {
  if (kind !== undefined) return kind === 'anomaly';
  const { cache, ledger } = workstation;
  const state = ledger.state();
  if (anomalyConflictOf(cache, state, id) === null) return false;
  const queue = readQueue(cache, state, nowMicroseconds(workstation));
  const review = queue.find((candidate) => candidate.id === id);
  return review === undefined || conflictOf(review, state) === null;
}

function reviewDetail(workstation: Workstation, state: LedgerState, id: string) {
  return detailConflict(id, {
    state,
    queue: readQueue(workstation.cache, state, nowMicroseconds(workstation)),
    toDecision: (record) => toDecision(state, record),
    historyOf: (item) => readHistory(workstation.cache, state, item),
    eventOf: ({ auditLogId, createdAt }) =>
      auditLogId === null
        ? null
        : readEvent(workstation.cache, auditLogId, createdAt === null ? null : parseInstant(createdAt)),
  });
}
