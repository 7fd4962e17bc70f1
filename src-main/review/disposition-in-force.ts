// The disposition of a finding as it stands: it speaks about what was shown, so a changed result is open again, unless it only goes on.
import { createHash } from 'node:crypto';
import { isNoNews, type Finding } from '#shared/model/finding.ts';
import { severity } from '#shared/model/severity.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import type { DispositionRecord, LedgerState } from './projection.ts';

/** What a disposition is about. */
export type ShownFinding = Pick<Finding, 'id' | 'count' | 'score' | 'evidence' | 'detector' | 'severity'>;

export function dispositionInForce(
  finding: ShownFinding,
  { dispositions }: Pick<LedgerState, 'dispositions'>,
): DispositionRecord | null {
  const recorded = dispositions.get(finding.id);
  if (!recorded) return null;
  const isTheSame = recorded.digest === digestOfFinding(finding);
  return isTheSame || isNoNews(finding, severity.safeParse(recorded.shown['severity']).data ?? null)
    ? recorded
    : null;
}

export function digestOfFinding({
  id,
  count,
  score,
  evidence,
}: Pick<Finding, 'id' | 'count' | 'score' | 'evidence'>): string {
  return createHash('sha256').update(canonicalJson({ id, count, score, evidence }), 'utf8').digest('hex');
}
