// The source's own anomalies as people see them: the row in its own words, joined with what was made of it here.
import type { AnomalyList } from '#shared/contract/anomalies.ts';
import {
  anomalyStatuses,
  type AnomalyDisposition,
  type AnomalyStatus,
  type ServerAnomaly,
} from '#shared/model/anomaly.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { serverDispositionOf } from '../source/anomaly-outcomes.ts';
import type { DatabaseHandle } from '../store/database.ts';
import {
  readAlteredAnomalies,
  readAnomalyReading,
  readAnomalyVersions,
  readServerAnomalies,
  readServerAnomaly,
  type AnomalyRowVersion,
  type MirroredAnomaly,
} from '../store/cache/server-anomalies.ts';
import { anomalySyncStateOf } from '../sync/anomaly-outbox.ts';
import { anomalyOpinions, isReopened, type LastReading } from './anomaly-cause.ts';
import { latestAnomalyDisposition, type AnomalyDispositionRecord } from './anomaly-ledger.ts';
import { changesOf, digestOfAnomaly, instantOf, scoreScale, toVersion, wordsOf } from './anomaly-row.ts';
import { ownPartOf } from './independence.ts';
import { sourceOf, type LedgerState } from './projection.ts';
import { publishedFindingOf } from './published-rows.ts';
import { anomalyDispositionInForce, proposalOfAnomaly, secondOfAnomaly } from './seconds.ts';

/** Every row of the source's table, newest first, with those that vanished while a disposition of them is on record. */
export function readAnomalyList(
  cache: DatabaseHandle,
  state: LedgerState,
  asked: { readonly status?: AnomalyStatus | undefined; readonly limit: number },
): AnomalyList {
  const reading = readAnomalyReading(cache);
  const altered = readAlteredAnomalies(cache);
  const rows = readServerAnomalies(cache);
  const known = new Set(rows.map(({ id }) => id));
  const all = [
    ...rows.map((row) => toAnomaly(row, altered.get(row.id) ?? [], state, reading)),
    ...goneFor(state, reading, (id) => known.has(id)),
  ];
  const counts = Object.fromEntries(
    anomalyStatuses.map((status) => [status, all.filter((one) => one.status === status).length]),
  );
  const wanted = all.filter(({ status }) => asked.status === undefined || status === asked.status);
  return {
    state: reading?.state ?? null,
    readAt: reading === null ? null : formatInstant(reading.readMicroseconds),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one count for each status, made of the list of them
    counts: counts as AnomalyList['counts'],
    total: wanted.length,
    anomalies: wanted.slice(0, asked.limit),
  };
}

export function getAnomaly(cache: DatabaseHandle, state: LedgerState, id: string) {
  const versions = readAnomalyVersions(cache, id);
  const row = readServerAnomaly(cache, id);
  const anomaly = readAnomaly(cache, state, id);
  if (!anomaly)
    throw new Problem('not-found', 'There is no such anomaly in this workspace.', {
      next: 'Refresh, then look for it in the list of the source’s anomalies.',
    });
  const remembered = latestAnomalyDisposition(state.anomalies, id)?.payload.shown.context ?? null;
  const awaiting = awaitsSecond(anomaly) ? anomaly.proposal : undefined;
  return {
    anomaly,
    context: row ? row.context : remembered,
    versions: versions.map(toVersion),
    dispositions: (state.anomalies.dispositions.get(id) ?? []).map((record) => toDisposition(state, record)),
    independence: ownPartOf(state, [anomaly.user], awaiting?.by ?? null),
  };
}

/** One anomaly as the list has it; null for an unknown one. */
export function readAnomaly(cache: DatabaseHandle, state: LedgerState, id: string): ServerAnomaly | null {
  const reading = readAnomalyReading(cache);
  const row = readServerAnomaly(cache, id);
  return row
    ? toAnomaly(row, readAnomalyVersions(cache, id).toReversed(), state, reading)
    : (goneFor(state, reading, (known) => known !== id)[0] ?? null);
}

/** Those judged here that are not final for want of a second person. */
export function listAwaitingAnomalies(cache: DatabaseHandle, state: LedgerState): ServerAnomaly[] {
  return [...state.anomalies.dispositions.keys()]
    .map((id) => readAnomaly(cache, state, id))
    .filter((anomaly) => anomaly !== null)
    .filter(awaitsSecond);
}

/** Judged here, but a second person has not spoken or did not concur, and still can. */
function awaitsSecond({ sync, server, status }: ServerAnomaly): boolean {
  return (sync === 'awaiting-second' || sync === 'disagreed') && server === null && status !== 'gone';
}

/** Anomalies the mirror holds no more, but somebody here judged while this source was connected. */
function goneFor(
  state: LedgerState,
  reading: LastReading,
  isKnown: (id: string) => boolean,
): ServerAnomaly[] {
  return [...state.anomalies.dispositions.keys()]
    .filter((id) => !isKnown(id))
    .map((id) => latestAnomalyDisposition(state.anomalies, id)!)
    .filter(({ source }) => source === sourceOf(state))
    .map((record) => {
      const { context: _context, contextSha256: _digest, ...words } = record.payload.shown;
      return {
        ...words,
        ...ours(state, record),
        id: record.payload.anomaly,
        scoreScale,
        server: null,
        status: 'gone',
        conflict: anomalyOpinions(null, record, state, reading)?.standing === 'open',
        changed: [],
        changedAt: null,
        vanishedAt: null,
        returnedAt: null,
        publishedFinding: null,
        digest: record.payload.digest,
      };
    });
}

/** @param versions of the row, oldest first; only needed where there is more than one */
function toAnomaly(
  row: MirroredAnomaly,
  versions: readonly AnomalyRowVersion[],
  state: LedgerState,
  reading: LastReading,
): ServerAnomaly {
  const latest = latestHere(state, row.id);
  const publishedFinding = publishedFindingOf(row);
  return {
    ...wordsOf(row),
    ...ours(state, latest),
    id: row.id,
    scoreScale,
    server: serverDispositionOf(row),
    status: statusOf(row, state, reading, publishedFinding),
    conflict: latest !== null && anomalyOpinions(row, latest, state, reading)?.standing === 'open',
    ...changesOf(versions),
    vanishedAt: instantOf(row.vanishedMicroseconds),
    returnedAt: instantOf(row.returnedMicroseconds),
    publishedFinding,
    digest: digestOfAnomaly(row),
  };
}

/** A disposition of another source's anomaly is not about this one, whatever its id. */
function latestHere(state: LedgerState, id: string): AnomalyDispositionRecord | null {
  const record = latestAnomalyDisposition(state.anomalies, id);
  return record?.source === sourceOf(state) ? record : null;
}

/** The database did not take it and the row is still open: it waits for a person again. */
const ineffective: readonly ServerAnomaly['sync'][] = ['changed', 'rejected', 'not-visible'];

/** On its way to a row that is open again; whatever went before counts there no more. */
const leaving: readonly ServerAnomaly['sync'][] = ['unsent', 'unknown', 'awaiting-second'];

function statusOf(
  row: MirroredAnomaly,
  state: LedgerState,
  reading: LastReading,
  publishedFinding: string | null,
): AnomalyStatus {
  if (row.vanishedMicroseconds !== null) return 'gone';
  if (publishedFinding !== null) return 'published';
  const server = serverDispositionOf(row);
  const counting = anomalyDispositionInForce(state, row.id);
  if (counting?.source !== sourceOf(state) || counting === null) return server ? 'reviewed' : 'open';
  const sync = anomalySyncStateOf(state, counting);
  const made = state.anomalies.dispositions.get(row.id) ?? [];
  if (isReopened(row, made, reading) && !leaving.includes(sync)) return 'open';
  return ineffective.includes(sync) && !server ? 'open' : counting.payload.disposition;
}

/** @param latest what was said last, whether it counts or awaits a second person */
function ours(state: LedgerState, latest: AnomalyDispositionRecord | null) {
  const counting = latest && anomalyDispositionInForce(state, latest.payload.anomaly);
  const proposal = latest && proposalOfAnomaly(state, latest.payload.anomaly);
  return {
    disposition: counting?.payload.disposition ?? null,
    note: counting?.payload.note ?? null,
    disposedAt: counting?.at ?? null,
    disposedBy: counting?.payload.reviewerName ?? null,
    dispositionId: counting?.id ?? null,
    ...(proposal ? { proposal } : {}),
    sync: latest && anomalySyncStateOf(state, latest),
    syncDetail: latest?.outcome?.detail ?? null,
  };
}

export function toDisposition(state: LedgerState, record: AnomalyDispositionRecord): AnomalyDisposition {
  const { disposition, note, reviewerName, digest } = record.payload;
  const second = secondOfAnomaly(state, record);
  return {
    id: record.id,
    disposition,
    note,
    reviewer: record.reviewer,
    reviewerName,
    at: record.at,
    sync: anomalySyncStateOf(state, record),
    syncDetail: record.outcome?.detail ?? null,
    digest,
    hash: record.hash,
    ...(second === null ? {} : { second }),
  };
}
