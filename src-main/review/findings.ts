// Findings as people see them: the frozen result joined with its disposition.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { Finding, FindingStatus, FindingVersion } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { severityRank } from '#shared/model/severity.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../store/database.ts';
import {
  paragraphOf,
  readFinding,
  readFindings,
  readFindingsAbout,
  readFindingVersions,
  toVersion,
  type ListedFinding,
} from '../store/cache/findings.ts';
import { readCitedEvents } from '../store/cache/events.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { explainChange } from '../analytics/explain.ts';
import { dispositionInForce } from './disposition-in-force.ts';
import { suppressionOf, type Suppression } from './exceptions-in-force.ts';
import type { LedgerState } from './projection.ts';
import { proposalOf } from './seconds.ts';

export function listFindings(cache: DatabaseHandle, state: LedgerState, status?: FindingStatus): Finding[] {
  const records = readFindings(cache, readHorizon(cache));
  const suppression = suppressionOf(records, state);
  const findings = records.map((record) => toFinding(record, state, suppression)).toSorted(compareFindings);
  return status === undefined ? findings : findings.filter((finding) => isIn(status, finding));
}

/** Those about one actor, in the same order; quicker than to look through all, but where exceptions are in force. */
export function listFindingsAbout(cache: DatabaseHandle, state: LedgerState, actor: string): Finding[] {
  const records = readFindingsAbout(cache, actor, readHorizon(cache));
  const suppression = suppressionIn(cache, state);
  return records.map((record) => toFinding(record, state, suppression)).toSorted(compareFindings);
}

/** What an exception hides is not open; once disposed of it is where its disposition says. */
export function isIn(
  status: FindingStatus,
  { disposition, suppressedBy }: Pick<Finding, 'disposition' | 'suppressedBy'>,
): boolean {
  return status === 'open' ? disposition === null && suppressedBy === null : disposition === status;
}

/** By detector, how many findings are neither open nor disposed of because an exception hides them. */
export function countSuppressed(findings: readonly Finding[]): { detector: string; count: number }[] {
  const hidden = findings.filter((finding) => finding.disposition === null && !isIn('open', finding));
  return [...Map.groupBy(hidden, ({ detector }) => detector)]
    .map(([detector, of]) => ({ detector, count: of.length }))
    .toSorted((one, other) => (one.detector < other.detector ? -1 : 1));
}

/** The second tier last; then the most severe first, then the higher score. Scores of two detectors are not comparable, but severities are. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(a.detector === secondTier) - Number(b.detector === secondTier) ||
    severityRank(b.severity) - severityRank(a.severity) ||
    b.score - a.score ||
    (a.id < b.id ? -1 : 1)
  );
}

const secondTier = 'z3';

export function getFinding(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
): { finding: Finding; versions: FindingVersion[]; events: AuditEvent[] } {
  const found = readFinding(cache, id);
  if (!found)
    throw new Problem('not-found', 'There is no such finding in this workspace.', {
      next: 'Refresh, then look for it in the list of findings.',
    });
  return {
    finding: toFinding(found, state, suppressionIn(cache, state)),
    versions: readFindingVersions(cache, id).map(toVersion),
    events: readCitedEvents(cache, found),
  };
}

/** Which findings come back as blind checks depends on all that are hidden. */
function suppressionIn(cache: DatabaseHandle, state: LedgerState): Suppression {
  return state.exceptions.length === 0
    ? new Map()
    : suppressionOf(readFindings(cache, readHorizon(cache)), state);
}

/** The exception that a disposition recorded now checks blindly; correcting one that did still does. */
export function blindCheckOfNow(cache: DatabaseHandle, state: LedgerState, finding: Finding): string | null {
  const current = dispositionInForce(finding, state);
  if (current) return current.blindCheckOf;
  const hidden = suppressionIn(cache, state).get(finding.id);
  return hidden?.isBlindCheck === true ? hidden.by : null;
}

export function toFinding(record: ListedFinding, state: LedgerState, suppression: Suppression): Finding {
  const {
    startMicroseconds,
    endMicroseconds,
    foundMicroseconds,
    flagged: _flagged,
    explainedAway,
    ...rest
  } = record;
  const current = dispositionInForce(record, state);
  const hidden = suppression.get(record.id);
  const comesBack = hidden?.isBlindCheck === true && !current;
  const paragraph = paragraphOf(record.explanationParts);
  const proposal = proposalOf(state, record.id);
  return {
    ...rest,
    start: formatInstant(startMicroseconds),
    end: formatInstant(endMicroseconds),
    explanation: explainedAway
      ? `${paragraph} ${explainChange({ detector: record.detector, ...explainedAway })}`
      : paragraph,
    foundAt: formatInstant(foundMicroseconds),
    disposition: current?.disposition ?? null,
    dispositionNote: current?.note ?? null,
    disposedAt: current?.at ?? null,
    disposedBy: current?.by ?? null,
    suppressedBy: current?.blindCheckOf ?? (comesBack ? null : (hidden?.by ?? null)),
    blindCheck: (current?.blindCheckOf ?? null) !== null,
    ...(proposal ? { proposal } : {}),
  };
}
