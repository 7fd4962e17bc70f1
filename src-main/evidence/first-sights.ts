// What the mirror knows about the past of review items: how a reading of the queue showed each first.
import { formatInstant } from '#shared/time/instant.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { firstPull, readRowVersions, type ServerReviewRow } from '../store/cache/server-row-versions.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { FirstSight, ItemFacts } from './pack-input.ts';

function factsOfRow({
  tenantId,
  auditLogId,
  action,
  actorId,
  dueAtMicroseconds,
  dueText,
}: ServerReviewRow): ItemFacts {
  return {
    tenant: tenantId,
    auditLogId,
    action,
    actor: actorId,
    dueAt: formatInstant(dueAtMicroseconds),
    ...(dueText !== undefined && { dueText }),
  };
}

/**
 * Looks up the first version of a row. The review began with the first reading of the queue that this mirror has; a mirror that
 * was made anew begins anew. Undefined where the source keeps no review rows.
 */
export function firstSights(cache: DatabaseHandle): ((review: string) => FirstSight | null) | undefined {
  if (readSourceState(cache)?.hasReviewTable !== true) return undefined;
  const beginning = firstPull(cache);
  return (review) => {
    const first = readRowVersions(cache, review).find(({ row }) => row !== null);
    if (first === undefined || first.row === null) return null;
    const { pull, readAtMicroseconds, row } = first;
    return {
      before: factsOfRow(row),
      seenAt: readAtMicroseconds === null ? null : formatInstant(readAtMicroseconds),
      isFromBeginning: pull === beginning,
    };
  };
}
