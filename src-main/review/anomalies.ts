// The source's own anomalies as people see them: the row in its own words, joined with what was made of it here.
import { createHash } from 'node:crypto';
import type { AnomalyList } from '#shared/contract/anomalies.ts';
import {
  anomalyStatuses,
  type AnomalyDisposition,
  type AnomalyStatus,
  type AnomalyVersion,
  type ServerAnomaly,
} from '#shared/model/anomaly.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { contextDigest, serverDispositionOf } from '../source/anomaly-outcomes.ts';
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
import {
  anomalyDispositionInForce,
  type AnomalyDispositionRecord,
  type ShownAnomalyRow,
} from './anomaly-ledger.ts';
import { sourceOf, type LedgerState } from './projection.ts';
import { publishedFindingOf } from './published-rows.ts';

export const scoreScale = 'z_score, as the scorer of the source gave it';

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
    ...rows.map((row) => toAnomaly(row, altered.get(row.id) ?? [], state)),
    ...goneFor(state, (id) => known.has(id)),
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
  const anomaly = row
    ? toAnomaly(row, versions.toReversed(), state)
    : goneFor(state, () => false).find((gone) => gone.id === id);
  if (!anomaly)
    throw new Problem('not-found', 'There is no such anomaly in this workspace.', {
      next: 'Refresh, then look for it in the list of the source’s anomalies.',
    });
  const remembered = anomalyDispositionInForce(state.anomalies, id)?.payload.shown.context ?? null;
  return {
    anomaly,
    context: row ? row.context : remembered,
    versions: versions.map(toVersion),
    dispositions: (state.anomalies.dispositions.get(id) ?? []).map((record) => toDisposition(state, record)),
  };
}

/** Anomalies the mirror holds no more, but somebody here judged while this source was connected. */
function goneFor(state: LedgerState, isKnown: (id: string) => boolean): ServerAnomaly[] {
  return [...state.anomalies.dispositions.keys()]
    .filter((id) => !isKnown(id))
    .map((id) => anomalyDispositionInForce(state.anomalies, id)!)
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
        conflict: false,
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
export function toAnomaly(
  row: MirroredAnomaly,
  versions: readonly AnomalyRowVersion[],
  state: LedgerState,
): ServerAnomaly {
  const record = inForceHere(state, row.id);
  const server = serverDispositionOf(row);
  const sync = record ? anomalySyncStateOf(state, record) : null;
  const publishedFinding = publishedFindingOf(row);
  return {
    ...wordsOf(row),
    ...ours(state, record),
    id: row.id,
    scoreScale,
    server,
    status: statusOf(row, record, sync, publishedFinding),
    conflict: record !== null && isConflict(server, record, sync),
    ...changesOf(versions),
    vanishedAt: instantOf(row.vanishedMicroseconds),
    returnedAt: instantOf(row.returnedMicroseconds),
    publishedFinding,
    digest: digestOfAnomaly(row),
  };
}

function inForceHere(state: LedgerState, id: string): AnomalyDispositionRecord | null {
  const record = anomalyDispositionInForce(state.anomalies, id);
  return record?.source === sourceOf(state) ? record : null;
}

/** The database did not take it and the row is still open: it waits for a person again. */
const ineffective: readonly ServerAnomaly['sync'][] = ['changed', 'rejected', 'not-visible'];

function statusOf(
  row: MirroredAnomaly,
  record: AnomalyDispositionRecord | null,
  sync: ServerAnomaly['sync'],
  publishedFinding: string | null,
): AnomalyStatus {
  if (row.vanishedMicroseconds !== null) return 'gone';
  if (publishedFinding !== null) return 'published';
  const server = serverDispositionOf(row);
  if (record === null) return server ? 'reviewed' : 'open';
  return ineffective.includes(sync) && !server ? 'open' : record.payload.disposition;
}

function isConflict(
  server: ServerAnomaly['server'],
  { payload }: AnomalyDispositionRecord,
  sync: ServerAnomaly['sync'],
): boolean {
  if (sync === 'superseded') return server?.understoodAs !== payload.disposition;
  if (!server || sync === 'applied' || sync === 'already-mine' || sync === 'unknown') return false;
  return server.understoodAs !== payload.disposition;
}

function ours(state: LedgerState, record: AnomalyDispositionRecord | null) {
  return {
    disposition: record?.payload.disposition ?? null,
    note: record?.payload.note ?? null,
    disposedAt: record?.at ?? null,
    disposedBy: record?.payload.reviewerName ?? null,
    dispositionId: record?.id ?? null,
    sync: record && anomalySyncStateOf(state, record),
    syncDetail: record?.outcome?.detail ?? null,
  };
}

function wordsOf(row: AnomalyRowVersion) {
  const { tenant, user, anomalyType, severity, score, detectedText, detectedMicroseconds } = row;
  const detectedAt = instantOf(detectedMicroseconds);
  return { tenant, user, anomalyType, severity, score, detectedText, detectedAt };
}

const scorersWords = [
  'tenant',
  'user',
  'anomalyType',
  'severity',
  'score',
  'detectedText',
  'context',
] as const satisfies readonly (keyof AnomalyRowVersion)[];

/** What the scorer's words are no longer as they were when first read, and since when they are as they are. */
function changesOf(versions: readonly AnomalyRowVersion[]): Pick<ServerAnomaly, 'changed' | 'changedAt'> {
  const [first] = versions;
  const last = versions.at(-1);
  if (!first || !last) return { changed: [], changedAt: null };
  const changed = scorersWords.filter((field) => first[field] !== last[field]);
  const since = versions.findLast((version, place) =>
    scorersWords.some((field) => place > 0 && versions[place - 1]![field] !== version[field]),
  );
  return { changed, changedAt: changed.length === 0 ? null : instantOf(since?.seenMicroseconds ?? null) };
}

function toVersion(row: AnomalyRowVersion): AnomalyVersion {
  return {
    ...wordsOf(row),
    version: row.version,
    context: row.context,
    server: serverDispositionOf(row),
    seenAt: formatInstant(row.seenMicroseconds),
  };
}

export function toDisposition(state: LedgerState, record: AnomalyDispositionRecord): AnomalyDisposition {
  const { disposition, note, reviewerName } = record.payload;
  return {
    id: record.id,
    disposition,
    note,
    reviewer: record.reviewer,
    reviewerName,
    at: record.at,
    sync: anomalySyncStateOf(state, record),
    syncDetail: record.outcome?.detail ?? null,
  };
}

/** SHA-256 of what the reviewer is shown of the row itself. */
export function digestOfAnomaly(row: AnomalyRowVersion): string {
  const { context: _context, ...shown } = shownOf(row);
  return createHash('sha256')
    .update(canonicalJson({ id: row.id, ...shown }), 'utf8')
    .digest('hex');
}

/** More of a context than this stays in the mirror; the ledger keeps the digest of the whole. */
const longestContext = 16_000;

export function shownOf(row: AnomalyRowVersion): ShownAnomalyRow {
  const { context } = row;
  const cut =
    context === null || context.length <= longestContext ? context : context.slice(0, longestContext);
  return {
    ...wordsOf(row),
    context: cut === null ? null : cut.toWellFormed(),
    contextSha256: contextDigest(context),
  };
}

function instantOf(microseconds: number | null): string | null {
  return microseconds === null ? null : formatInstant(microseconds);
}
