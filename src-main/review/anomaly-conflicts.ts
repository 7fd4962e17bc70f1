// Conflicts about the source's own anomalies, and everything both sides of one rest on.
import type {
  AnomalyChange,
  AnomalyConflict,
  AnomalyConflictDetail,
} from '#shared/model/anomaly-conflict.ts';
import { Problem } from '#shared/model/problem.ts';
import { contextDigest } from '../source/anomaly-outcomes.ts';
import type { DatabaseHandle } from '../store/database.ts';
import {
  readAnomalyReading,
  readServerAnomaly,
  type MirroredAnomaly,
} from '../store/cache/server-anomalies.ts';
import { anomalySyncStateOf } from '../sync/anomaly-outbox.ts';
import { getAnomaly, readAnomaly } from './anomalies.ts';
import { anomalyOpinions, isInMirror, type AnomalyOpinions, type LastReading } from './anomaly-cause.ts';
import { latestAnomalyDisposition, type AnomalyDispositionRecord } from './anomaly-ledger.ts';
import { isVisible } from './anomaly-row.ts';
import { anomalyTrail } from './entry-trail.ts';
import { sourceOf, type LedgerState } from './projection.ts';

type Opposed = { readonly record: AnomalyDispositionRecord; readonly opinions: AnomalyOpinions };

/** Every anomaly of the connected source about which there are two opinions. */
export function opposedAnomalies(cache: DatabaseHandle, state: LedgerState): Opposed[] {
  if (state.anomalies.dispositions.size === 0) return [];
  const reading = readAnomalyReading(cache);
  return [...state.anomalies.dispositions.keys()].flatMap((id) => opposedIn(cache, state, reading, id) ?? []);
}

function opposedIn(
  cache: DatabaseHandle,
  state: LedgerState,
  reading: LastReading,
  id: string,
): Opposed | null {
  const record = latestAnomalyDisposition(state.anomalies, id);
  if (!record || record.source !== sourceOf(state)) return null;
  const opinions = anomalyOpinions(readServerAnomaly(cache, id), record, state, reading);
  return opinions && { record, opinions };
}

/** By the time of our disposition. */
export function listAnomalyConflicts(cache: DatabaseHandle, state: LedgerState): AnomalyConflict[] {
  return opposedAnomalies(cache, state)
    .toSorted((one, other) => (one.record.id < other.record.id ? -1 : 1))
    .map((opposed) => toConflict(cache, state, opposed));
}

/** Null when there are not two opinions about this anomaly, or there is none. */
export function anomalyConflictOf(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
): AnomalyConflict | null {
  const opposed = opposedIn(cache, state, readAnomalyReading(cache), id);
  return opposed && toConflict(cache, state, opposed);
}

function toConflict(
  cache: DatabaseHandle,
  state: LedgerState,
  { record, opinions }: Opposed,
): AnomalyConflict {
  const { id, reviewer, at: disposedAt, payload } = record;
  const { anomaly, disposition, reviewerName } = payload;
  const sync = anomalySyncStateOf(state, record);
  return {
    kind: 'anomaly',
    anomaly,
    ...opinions,
    item: readAnomaly(cache, state, anomaly)!,
    ours: { id, disposition, reviewer, reviewerName, disposedAt, sync },
  };
}

export function requireAnomalyConflict(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
): AnomalyConflict {
  const conflict = anomalyConflictOf(cache, state, id);
  if (conflict) return conflict;
  throw new Problem('not-found', 'There is no conflict about such an anomaly in this workspace.', {
    next: 'Refresh, then look at the list of conflicts.',
  });
}

/** @throws Problem `not-found` when there is no conflict about this anomaly */
export function detailAnomalyConflict(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
): AnomalyConflictDetail {
  const conflict = requireAnomalyConflict(cache, state, id);
  const row = readServerAnomaly(cache, id);
  const { context, versions, dispositions } = getAnomaly(cache, state, id);
  const record = state.anomalies.byId.get(conflict.ours.id)!;
  return {
    kind: 'anomaly',
    conflict,
    ours: dispositions.find((made) => made.id === record.id)!,
    seen: conflict.theirs === null ? null : isInMirror(row) ? 'row' : 'answer',
    context,
    changes: isVisible(row) ? changesSince(row, record) : null,
    versions,
    dispositions,
    closings: [...(state.anomalies.closings.get(id) ?? [])],
    entries: [...(state.trails.get(anomalyTrail(id)) ?? [])],
  };
}

const fields = ['tenant', 'user', 'anomalyType', 'severity', 'score', 'detectedText'] as const;

function changesSince(
  row: MirroredAnomaly,
  { payload: { shown } }: AnomalyDispositionRecord,
): AnomalyChange[] {
  const changes: AnomalyChange[] = fields
    .filter((field) => shown[field] !== row[field])
    .map((field) => ({ field, shown: shown[field], now: row[field] }));
  if (shown.contextSha256 !== contextDigest(row.context))
    changes.push({ field: 'context', shown: shown.context, now: row.context });
  return changes;
}
