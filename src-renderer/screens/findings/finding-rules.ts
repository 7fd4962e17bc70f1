// The list of findings: its order and its counts.
import type { Disposition, Finding, FindingStatus } from '#shared/model/finding.ts';
import { severityRank } from '../../domain/severity-rank.ts';

export const dispositionWords: Record<Disposition, { label: string; key: string; meaning: string }> = {
  acknowledged: { label: 'Acknowledge', key: 'a', meaning: 'Seen and understood; no further action here.' },
  'false-positive': {
    label: 'False positive',
    key: 'f',
    meaning: 'Unusual in numbers, but nothing to worry about. It stays listed and counted.',
  },
  escalated: { label: 'Escalate', key: 'e', meaning: 'Somebody else must look into it.' },
};

export const statusLabels: Record<FindingStatus, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  'false-positive': 'False positive',
  escalated: 'Escalated',
};

export function statusOf(finding: Finding): FindingStatus {
  return finding.disposition ?? 'open';
}

/** The second tier (z3) last; then the most severe first, then the higher score, then the later hour; ties by id. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    Number(left.detector === 'z3') - Number(right.detector === 'z3') ||
    severityRank(right.severity) - severityRank(left.severity) ||
    right.score - left.score ||
    right.start.localeCompare(left.start) ||
    left.id.localeCompare(right.id)
  );
}

export function findingList(findings: readonly Finding[], status: FindingStatus | 'all'): Finding[] {
  return findings
    .filter((finding) => status === 'all' || statusOf(finding) === status)
    .toSorted(compareFindings);
}
