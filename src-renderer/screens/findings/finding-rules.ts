// The list of findings: its words, its order and its counts.
import { dispositions, findingStatuses, type Disposition, type Finding } from '#shared/model/finding.ts';
import { severityRank } from '../../domain/severity-rank.ts';
import type { ShownStatus } from '../../state/findings-view.ts';
import { byKey } from '../../texts/by-key.ts';
import { text } from '../../texts/text.ts';

const dispositionKeys: Readonly<Record<Disposition, string>> = {
  acknowledged: 'a',
  'false-positive': 'f',
  escalated: 'e',
};

export const dispositionWords = byKey(dispositions, (disposition) => ({
  label: text(`findings:disposition.${disposition}.label`),
  key: dispositionKeys[disposition],
  meaning: text(`findings:disposition.${disposition}.meaning`),
}));

export type ListedStatus = Exclude<ShownStatus, 'all'>;

export const listedStatuses: readonly ListedStatus[] = [...findingStatuses, 'suppressed'];

export const statusLabels = byKey(listedStatuses, (status) => text(`findings:status.${status}`));

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
