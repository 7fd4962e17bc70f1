// Records what a person makes of one of the source's own anomalies: one entry, to be written back by the next sync.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Disposition } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readAnomalyReading, readServerAnomaly } from '../store/cache/server-anomalies.ts';
import { getAnomaly } from './anomalies.ts';
import { isReopened } from './anomaly-cause.ts';
import { latestAnomalyDisposition, type AnomalyDispositionPayload } from './anomaly-ledger.ts';
import { shownOf } from './anomaly-row.ts';
import { requireReviewer } from './decide.ts';
import { rulesForAnomaly } from './four-eyes.ts';
import { isOwnAction } from './independence.ts';
import type { Act, Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export type AnomalyDispositionRequest = {
  readonly id: string;
  readonly disposition: Disposition;
  readonly note: string;
  /** Digest of the row as it was on screen. */
  readonly shown?: string | undefined;
};

/** Carries the row, so that the refusal itself can be put on record. */
class OwnAnomaly extends Error {
  readonly anomaly: ServerAnomaly;
  constructor(anomaly: ServerAnomaly) {
    super('self-review');
    this.anomaly = anomaly;
  }
}

/**
 * Records a disposition; a further one corrects it.
 * @throws Problem when it may not be made so; then nothing is recorded but the refusal of a self-review.
 */
export function disposeAnomaly(
  cache: DatabaseHandle,
  ledger: Ledger,
  request: AnomalyDispositionRequest,
): ServerAnomaly {
  try {
    ledger.append((state) => [draft(cache, state, request)]);
  } catch (error) {
    if (error instanceof OwnAnomaly) refuseOwn(ledger, error.anomaly);
    throw error;
  }
  return getAnomaly(cache, ledger.state(), request.id).anomaly;
}

function draft(cache: DatabaseHandle, state: LedgerState, request: AnomalyDispositionRequest): Act {
  const reviewer = requireReviewer(state);
  const note = request.note.toWellFormed().trim();
  if (note === '')
    throw new Problem('invalid-input', 'A disposition needs a note. Nothing was recorded.', {
      next: 'Say in a sentence why.',
    });
  const { anomaly } = getAnomaly(cache, state, request.id);
  if (isOwnAction(state, anomaly.user, reviewer.id)) throw new OwnAnomaly(anomaly);
  assertJudgeable(anomaly, request.shown);
  const row = readServerAnomaly(cache, anomaly.id)!;
  const made = state.anomalies.dispositions.get(anomaly.id) ?? [];
  return {
    type: 'anomaly-disposition',
    tenant: anomaly.tenant,
    subject: anomaly.id,
    actor: reviewer.id,
    payload: {
      anomaly: anomaly.id,
      disposition: request.disposition,
      note,
      digest: anomaly.digest,
      shown: shownOf(row),
      supersedes: latestAnomalyDisposition(state.anomalies, anomaly.id)?.id ?? null,
      ...(isReopened(row, made, readAnomalyReading(cache)) && { reopened: true as const }),
      reviewerName: reviewer.name,
      fourEyes: rulesForAnomaly(state.independence.fourEyes, {
        disposition: request.disposition,
        severity: anomaly.severity,
      }),
    } satisfies AnomalyDispositionPayload,
  };
}

function assertJudgeable(anomaly: ServerAnomaly, shown: string | undefined): void {
  const conflict = (message: string, next: string) => new Problem('conflict', message, { next });
  if (anomaly.status === 'gone')
    throw conflict(
      'The database no longer shows this anomaly, so it cannot be judged. Earlier dispositions are kept.',
      'Ask whoever runs the audit database why the row is gone.',
    );
  if (anomaly.status === 'published')
    throw new Problem(
      'refused',
      'This row is a finding of our own that was published there. Nothing was recorded.',
      { next: `Dispose of the finding itself: ${anomaly.publishedFinding ?? ''}.` },
    );
  if (anomaly.status === 'reviewed')
    throw conflict(
      'Somebody else has already judged this anomaly. Nothing was recorded.',
      'See their disposition in its detail.',
    );
  if (shown !== undefined && shown !== anomaly.digest)
    throw conflict(
      'This anomaly changed after it was shown to you. Nothing was recorded.',
      'Look at it again, then decide.',
    );
}

function refuseOwn(ledger: Ledger, { id, tenant, anomalyType }: ServerAnomaly): never {
  ledger.append((state) => [
    {
      type: 'self-review-refused',
      tenant,
      subject: id,
      actor: requireReviewer(state).id,
      payload: { anomaly: id, action: anomalyType },
    },
  ]);
  throw new Problem(
    'refused',
    'This anomaly is about yourself, so somebody else has to judge it. The attempt was put on record, no disposition was.',
    { next: 'Leave it to another reviewer.' },
  );
}
