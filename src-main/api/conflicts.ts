// Conflicts between the ledger and the audit database.
import { parseInstant } from '#shared/time/instant.ts';
import { closeConflict } from '../review/close-conflict.ts';
import { detailConflict } from '../review/conflict-detail.ts';
import { listConflicts } from '../review/conflicts.ts';
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
    list: conflicts.list.handler(({ input }) => {
      const state = ledger.state();
      return listConflicts(queueAt(state), state, input.standing);
    }),
    get: conflicts.get.handler(({ input }) => {
      const state = ledger.state();
      return detailConflict(input.id, {
        state,
        queue: queueAt(state),
        toDecision: (record) => toDecision(state, record),
        historyOf: (id) => readHistory(workstation.cache, state, id),
        eventOf: ({ auditLogId, createdAt }) =>
          auditLogId === null
            ? null
            : readEvent(workstation.cache, auditLogId, createdAt === null ? null : parseInstant(createdAt)),
      });
    }),
    close: conflicts.close.handler(({ input }) => closeConflict(ledger, queueAt, input)),
  };
}
