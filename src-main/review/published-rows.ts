// Findings of ours in the words of the source's table of anomalies, and how such a row is known again.
import { createHash } from 'node:crypto';
import type { Finding } from '#shared/model/finding.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { publisher, type PublishedRow } from '../source/anomaly-insert.ts';

/** A UUID-shaped id that every workstation derives alike from the finding's id. */
export function publishedRowId(finding: string): string {
  const hex = createHash('sha256')
    .update(canonicalJson(['published-finding', finding]), 'utf8')
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The finding a row says it is, when its id bears that out; null for everybody else's rows. */
export function publishedFindingOf({
  id,
  context,
}: {
  readonly id: string;
  readonly context: string | null;
}): string | null {
  if (context === null || !context.includes(`"${publisher}"`)) return null;
  const finding = findingIn(context);
  return finding !== null && publishedRowId(finding) === id.toLowerCase() ? finding : null;
}

function findingIn(context: string): string | null {
  let read: unknown;
  try {
    read = JSON.parse(context);
  } catch {
    return null; // Not JSON, so not a row of ours; it is shown verbatim all the same.
  }
  const own = valueOf(read, publisher);
  const finding = valueOf(own, 'finding');
  return typeof finding === 'string' ? finding : null;
}

function valueOf(container: unknown, key: string): unknown {
  if (typeof container !== 'object' || container === null) return undefined;
  return new Map<string, unknown>(Object.entries(container)).get(key);
}

/**
 * The type of anomaly a finding is in the published words; null where they have none for it, which is not the same as none at all.
 * After-hours work is left out: the published word is about administrators only.
 */
export function anomalyTypeOf({ detector, evidence }: Pick<Finding, 'detector' | 'evidence'>): string | null {
  const counted = (name: string) => {
    const value = evidence[name];
    return Array.isArray(value) ? value.length : Number(value ?? 0);
  };
  switch (detector) {
    case 'nb':
    case 'z3':
    case 'service.volume_spike':
      return 'freq_spike';
    case 'mass':
      return counted('deletions') > 0 ? 'bulk_delete' : null;
    case 'service.mass_delete':
      return 'bulk_delete';
    case 'first_seen':
      return counted('newNetworks') > 0 || counted('newAddresses') > 0 ? 'new_ip' : null;
    case 'security.impossible_travel':
      return 'impossible_travel';
    default:
      return null;
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** numeric(6,2). */
const largestZScore = 9999.99;

/** Null when the published words have none for the finding. */
export function publishedRowOf(finding: Finding): PublishedRow | null {
  const anomalyType = anomalyTypeOf(finding);
  if (anomalyType === null) return null;
  const { id, detector, methodVersion, score, threshold, severity, start, end, count, actor, action } =
    finding;
  const isZScore = detector === 'z3' && Math.abs(score) <= largestZScore;
  return {
    finding: id,
    anomaly: publishedRowId(id),
    user: uuid.test(actor) ? actor : null,
    anomalyType,
    severity,
    zScore: isZScore ? score.toFixed(2) : null,
    detectedAt: finding.foundAt,
    context: {
      [publisher]: { finding: id, version: finding.version, detector, methodVersion, score, threshold },
      actor,
      action,
      entity: finding.entity,
      sourceAccount: finding.sourceAccount,
      start,
      end,
      count,
      explanation: finding.explanation.replaceAll('\0', '�'),
    },
  };
}
