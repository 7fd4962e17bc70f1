// A second person's word on a disposition of one of the source's anomalies that needs one before it counts or is sent.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readAnomaly } from './anomalies.ts';
import { latestAnomalyDisposition, type AnomalyDispositionRecord } from './anomaly-ledger.ts';
import {
  draftConcurrence,
  needsNoSecond,
  nothingToSecond,
  recordOrRefuse,
  type ConcurrenceRequest,
} from './concur.ts';
import type { Ledger } from './ledger.ts';

/**
 * Records whether a second person concurs with our latest disposition of an anomaly, and answers the anomaly as it is then.
 * @throws Problem when there is nothing to concur with, the second person is the first, or the anomaly is about the second
 *   person; only the latter attempt is put on record then.
 */
export function concurWithAnomaly(
  cache: DatabaseHandle,
  ledger: Ledger,
  request: ConcurrenceRequest,
): ServerAnomaly {
  const shown = readAnomaly(cache, ledger.state(), request.id);
  const about = shown && { id: shown.id, tenant: shown.tenant, action: shown.anomalyType ?? '' };
  recordOrRefuse(
    ledger,
    request,
    () => about ?? undefined,
    (state) => {
      const anomaly = readAnomaly(cache, state, request.id);
      const record = latestAnomalyDisposition(state.anomalies, request.id);
      if (!anomaly || !record) throw nothingToSecond();
      assertStillOpen(anomaly, record, request.shown);
      return draftConcurrence(state, request, {
        decision: record.id,
        about: 'anomaly',
        digest: record.payload.digest,
        reviewer: record.reviewer,
        actor: record.payload.shown.user,
        tenant: record.payload.shown.tenant,
      });
    },
    'anomaly',
  );
  return readAnomaly(cache, ledger.state(), request.id)!;
}

function assertStillOpen(
  { status, server, digest }: ServerAnomaly,
  { payload, inFlight, outcome }: AnomalyDispositionRecord,
  shown: string | undefined,
): void {
  const conflict = (message: string, next: string) =>
    new Problem('conflict', `${message} Nothing was recorded.`, { next });
  if ((payload.fourEyes ?? []).length === 0) throw needsNoSecond();
  if (inFlight || outcome)
    throw conflict(
      'This disposition has already been sent to the audit database.',
      'Record a disposition of your own where you see it differently.',
    );
  if (status === 'gone')
    throw conflict(
      'The database no longer shows this anomaly.',
      'Ask whoever runs the audit database why the row is gone.',
    );
  if (server !== null)
    throw conflict('Somebody else has already judged this anomaly.', 'See their disposition in its detail.');
  if (shown !== undefined && shown !== digest)
    throw conflict('This anomaly changed after it was shown to you.', 'Look at it again.');
  if (digest !== payload.digest)
    throw conflict(
      'This anomaly changed after the first reviewer judged it, so there is nothing to concur with.',
      'Ask the first reviewer to judge it anew as it is now.',
    );
}
