// Findings as people see them: the frozen result joined with its disposition.
import { createHash } from 'node:crypto';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { Disposition, Finding, FindingStatus, FindingVersion } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { severityRank } from '#shared/model/severity.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import type { DatabaseHandle } from '../store/database.ts';
import {
  paragraphOf,
  readFinding,
  readFindings,
  readFindingVersions,
  toVersion,
  type ListedFinding,
} from '../store/cache/findings.ts';
import { readCitedEvents } from '../store/cache/events.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { explainChange } from '../analytics/explain.ts';
import { requireReviewer } from './decide.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export function listFindings(cache: DatabaseHandle, state: LedgerState, status?: FindingStatus): Finding[] {
  const findings = readFindings(cache, readHorizon(cache))
    .map((record) => toFinding(record, state))
    .toSorted(compareFindings);
  return status === undefined
    ? findings
    : findings.filter((finding) => (finding.disposition ?? 'open') === status);
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
    finding: toFinding(found, state),
    versions: readFindingVersions(cache, id).map(toVersion),
    events: readCitedEvents(cache, found),
  };
}

/** Records what a person makes of a finding; it changes nothing about the finding itself. */
export function disposeFinding(
  cache: DatabaseHandle,
  ledger: Ledger,
  request: { readonly id: string; readonly disposition: Disposition; readonly note: string },
): Finding {
  const note = request.note.toWellFormed().trim();
  if (note === '')
    throw new Problem('invalid-input', 'A disposition needs a note. Nothing was recorded.', {
      next: 'Say in a sentence why.',
    });
  const { finding } = getFinding(cache, ledger.state(), request.id);
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const { detector, actor, action, start, count, score, threshold } = finding;
    return [
      {
        type: 'disposition',
        tenant: finding.sourceAccount,
        subject: finding.id,
        actor: reviewer.id,
        payload: {
          finding: finding.id,
          disposition: request.disposition,
          note,
          digest: digestOfFinding(finding),
          shown: { detector, actor, action, start, count, score, threshold },
          reviewerName: reviewer.name,
        },
      },
    ];
  });
  return getFinding(cache, ledger.state(), request.id).finding;
}

function toFinding(record: ListedFinding, state: LedgerState): Finding {
  const {
    startMicroseconds,
    endMicroseconds,
    foundMicroseconds,
    flagged: _flagged,
    explainedAway,
    ...rest
  } = record;
  const recorded = state.dispositions.get(record.id);
  // A disposition speaks about what was shown; a changed result is open again.
  const current = recorded && recorded.digest === digestOfFinding(record) ? recorded : undefined;
  const paragraph = paragraphOf(record.explanationParts);
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
  };
}

function digestOfFinding({
  id,
  count,
  score,
  evidence,
}: Pick<Finding, 'id' | 'count' | 'score' | 'evidence'>): string {
  return createHash('sha256').update(canonicalJson({ id, count, score, evidence }), 'utf8').digest('hex');
}
