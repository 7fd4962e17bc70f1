// A row of the source's anomaly table in its own words: as shown, as it was, and the digests it is known by.
import { createHash } from 'node:crypto';
import type { AnomalyVersion, ServerAnomaly, ServerDisposition } from '#shared/model/anomaly.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { contextDigest, serverDispositionOf } from '../source/anomaly-outcomes.ts';
import type { AnomalyRowVersion, MirroredAnomaly } from '../store/cache/server-anomalies.ts';
import type { ShownAnomalyRow } from './anomaly-ledger.ts';

export const scoreScale = 'z_score, as the scorer of the source gave it';

export function wordsOf(row: AnomalyRowVersion) {
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

/**
 * What the scorer's words are no longer as they were when first read, and since when they are as they are.
 * @param versions of the row, oldest first
 */
export function changesOf(
  versions: readonly AnomalyRowVersion[],
): Pick<ServerAnomaly, 'changed' | 'changedAt'> {
  const [first] = versions;
  const last = versions.at(-1);
  if (!first || !last) return { changed: [], changedAt: null };
  const changed = scorersWords.filter((field) => first[field] !== last[field]);
  const since = versions.findLast((version, place) =>
    scorersWords.some((field) => place > 0 && versions[place - 1]![field] !== version[field]),
  );
  return { changed, changedAt: changed.length === 0 ? null : instantOf(since?.seenMicroseconds ?? null) };
}

export function toVersion(row: AnomalyRowVersion): AnomalyVersion {
  return {
    ...wordsOf(row),
    version: row.version,
    context: row.context,
    server: serverDispositionOf(row),
    seenAt: formatInstant(row.seenMicroseconds),
  };
}

/** SHA-256 of what the reviewer is shown of the row itself. */
export function digestOfAnomaly(row: AnomalyRowVersion): string {
  const { context: _context, ...shown } = shownOf(row);
  return sha256Of({ id: row.id, ...shown });
}

/**
 * SHA-256 of the row and of what was made of it there; null while it is not visible.
 * @param server what was made of it, which may be known before a pull finds it
 */
export function anomalyRowDigest(
  row: MirroredAnomaly | null,
  server: ServerDisposition | null,
): string | null {
  return isVisible(row) ? sha256Of({ digest: digestOfAnomaly(row), server }) : null;
}

export function isVisible(row: MirroredAnomaly | null): row is MirroredAnomaly {
  return row !== null && row.vanishedMicroseconds === null;
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

export function instantOf(microseconds: number | null): string | null {
  return microseconds === null ? null : formatInstant(microseconds);
}

function sha256Of(value: Record<string, unknown>): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}
