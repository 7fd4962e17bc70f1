// How many findings there are and how many wait for somebody, without reading what each of them says.
import { severities, type Severity } from '#shared/model/severity.ts';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readFinding } from '../store/cache/findings.ts';
import { tallyFindings, type TalliedFinding } from '../store/cache/finding-tally.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { dispositionInForce } from './disposition-in-force.ts';
import { countSuppressed, isIn, listFindings } from './findings.ts';
import type { DispositionRecord, LedgerState } from './projection.ts';

export type FindingCounts = Pick<
  WorkspaceStatus,
  'findings' | 'openFindings' | 'findingsBySeverity' | 'suppressedByDetector'
>;

type Counted = { readonly severity: Severity; readonly isOpen: boolean };

/** The same numbers as counting the list of findings gives. */
export async function countListedFindings(cache: DatabaseHandle, state: LedgerState): Promise<FindingCounts> {
  // What an exception hides depends on all that is listed, and on what each finding says.
  if (state.exceptions.length > 0) {
    const findings = listFindings(cache, state);
    const counted = findings.map((finding) => ({
      severity: finding.severity,
      isOpen: isIn('open', finding),
    }));
    return sumUp(counted, countSuppressed(findings));
  }
  const tallied = await tallyFindings(cache);
  const latestStart = (readHorizon(cache) ?? Number.MAX_SAFE_INTEGER) - microsecondsPerHour;
  const counted: Counted[] = [];
  for (const [id, finding] of tallied) {
    if (finding.startMicroseconds > latestStart) continue;
    counted.push({ severity: finding.severity, isOpen: !isDisposed(cache, state, id, finding) });
  }
  return sumUp(counted, []);
}

/** What a disposition's digest was compared with last: the row of the result, and whether it was about that one. */
const compared = new WeakMap<DispositionRecord, { readonly place: number; readonly isInForce: boolean }>();

function isDisposed(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
  { place }: TalliedFinding,
): boolean {
  const recorded = state.dispositions.get(id);
  if (!recorded) return false;
  const known = compared.get(recorded);
  if (known?.place === place) return known.isInForce;
  const finding = readFinding(cache, id);
  const isInForce = finding !== null && dispositionInForce(finding, state) !== null;
  compared.set(recorded, { place, isInForce });
  return isInForce;
}

function sumUp(
  counted: readonly Counted[],
  suppressedByDetector: WorkspaceStatus['suppressedByDetector'],
): FindingCounts {
  const bySeverity = new Map(severities.map((severity) => [severity, { severity, open: 0, total: 0 }]));
  let openFindings = 0;
  for (const { severity, isOpen } of counted) {
    const sums = bySeverity.get(severity)!;
    sums.total += 1;
    if (!isOpen) continue;
    sums.open += 1;
    openFindings += 1;
  }
  return {
    findings: counted.length,
    openFindings,
    findingsBySeverity: [...bySeverity.values()],
    suppressedByDetector,
  };
}
