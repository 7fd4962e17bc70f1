// The list of findings: its order and its counts.
import { findingStatuses, type Disposition, type Finding } from '#shared/model/finding.ts';
import { severityRank } from '../../domain/severity-rank.ts';
import type { ShownStatus } from '../../state/findings-view.ts';

export const dispositionWords: Record<Disposition, { label: string; key: string; meaning: string }> = {
  acknowledged: { label: 'Acknowledge', key: 'a', meaning: 'Seen and understood; no further action here.' },
  'false-positive': {
    label: 'False positive',
    key: 'f',
    meaning: 'Unusual in numbers, but nothing to worry about. It stays listed and counted.',
  },
  escalated: { label: 'Escalate', key: 'e', meaning: 'Somebody else must look into it.' },
};

export type ListedStatus = Exclude<ShownStatus, 'all'>;

export const listedStatuses: readonly ListedStatus[] = [...findingStatuses, 'suppressed'];

export const statusLabels: Record<ListedStatus, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  'false-positive': 'False positive',
  escalated: 'Escalated',
  suppressed: 'Let pass',
};

/** What a person said goes before what an exception lets pass. */
export function statusOf(finding: Pick<Finding, 'disposition' | 'suppressedBy'>): ListedStatus {
  return finding.disposition ?? (finding.suppressedBy === null ? 'open' : 'suppressed');
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

/** An empty detector is any. */
export function findingList(findings: readonly Finding[], status: ShownStatus, detector = ''): Finding[] {
  return findings
    .filter((finding) => status === 'all' || statusOf(finding) === status)
    .filter((finding) => detector === '' || finding.detector === detector)
    .toSorted(compareFindings);
}
