// Checks of the findings: each score follows from its own numbers, and each disposition stands in the ledger.
import { z } from 'zod';
import { exception, type Exception } from '#shared/model/detection.ts';
import { disposition, isNoNews, z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import { severity } from '#shared/model/severity.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { covers } from '../../analytics/suppress.ts';
import { isSamePerson } from '../../review/aliases.ts';
import { isFinal, secondOf, secondStateOf, type Seconded } from '../../review/four-eyes.ts';
import type { IndependenceState } from '../../review/independence-state.ts';
import { canonicalJson } from '../entry-hash.ts';
import { sha256Hex } from '../digest.ts';
import { keyIndex } from '../key-index.ts';
import { detectorsPart, findingsPart, ledgerPart } from '../pack-contents.ts';
import type { LedgerLine } from '../pack-input.ts';
import { failCheck } from './check.ts';
import { ownActions } from './own-actions.ts';
import type { Sums } from './sums.ts';
import { take, type Watcher } from './watcher.ts';

/** Score and deviation are compared within rounding: sums may have been taken in another order. */
const relativeRounding = 1e-9;

const nearly = (left: number, right: number): boolean =>
  Math.abs(left - right) <= relativeRounding * Math.max(1, Math.abs(left), Math.abs(right));

/** z3: deviation used = max(sd, √max(mean, 1)); score = (count − mean) ÷ deviation used, above the threshold. */
function fitsZ3(finding: Finding): boolean {
  const { count, score, threshold } = finding;
  const numbers = z3EvidenceOf(finding);
  if (numbers === null) return false;
  const { mean, sd, deviationUsed, sdFloorUsed } = numbers;
  const floor = Math.sqrt(Math.max(mean, 1));
  return (
    nearly(deviationUsed, Math.max(sd, floor)) &&
    sdFloorUsed === deviationUsed > sd &&
    nearly(score, (count - mean) / deviationUsed) &&
    score > threshold
  );
}

const dispositionPayload = z.object({
  disposition,
  note: z.string(),
  digest: z.string(),
  shown: z.object({ severity: severity.optional(), actor: z.string().optional() }).optional(),
  reviewerName: z.string(),
  blindCheckOf: z.string().nullable().optional(),
  fourEyes: z.array(z.string()).optional(),
});

type Disposition = Pick<Finding, 'disposition' | 'dispositionNote' | 'disposedAt' | 'disposedBy'>;
const open: Disposition = { disposition: null, dispositionNote: null, disposedAt: null, disposedBy: null };

/** A disposition speaks about the numbers that were shown; when they changed since, and not only go on, the finding is open again. */
function dispositionOf(finding: Finding, last: LedgerLine | undefined): Disposition {
  if (last === undefined) return open;
  const { id, count, score, evidence } = finding;
  const payload = dispositionPayload.parse(last.entry.payload);
  const isTheSame = payload.digest === sha256Hex(canonicalJson({ id, count, score, evidence }));
  if (!isTheSame && !isNoNews(finding, payload.shown?.severity ?? null)) return open;
  return {
    disposition: payload.disposition,
    dispositionNote: payload.note,
    disposedAt: last.entry.wall_time,
    disposedBy: payload.reviewerName,
  };
}

function isRecorded(finding: Finding, last: LedgerLine | undefined): boolean {
  const { disposition, dispositionNote, disposedAt, disposedBy } = finding;
  const shown = { disposition, dispositionNote, disposedAt, disposedBy };
  return canonicalJson(shown) === canonicalJson(dispositionOf(finding, last));
}

function secondedIn({ entry }: LedgerLine): Seconded {
  const { shown, digest, fourEyes = [] } = dispositionPayload.parse(entry.payload);
  return { reviewer: entry.actor, actor: shown?.actor || null, digest, fourEyes };
}

function isAboutThemselves(line: LedgerLine, { identities }: IndependenceState): boolean {
  const { reviewer, actor } = secondedIn(line);
  return actor !== null && isSamePerson(identities, reviewer, actor);
}

/** The latest disposition that needs no second person, or has one. */
function countingOf(
  lines: readonly LedgerLine[] | undefined,
  { identities, concurrences }: IndependenceState,
): LedgerLine | undefined {
  return lines?.findLast((line) =>
    isFinal(secondStateOf(identities, secondedIn(line), concurrences.get(line.entry.id) ?? [])),
  );
}

/** What the latest disposition proposes, when it needs a second person. */
function isProposedRightly(
  { proposal }: Finding,
  latest: LedgerLine | undefined,
  { identities, concurrences }: IndependenceState,
): boolean {
  const second = latest && secondOf(identities, secondedIn(latest), concurrences.get(latest.entry.id) ?? []);
  if (!latest || !second) return proposal === undefined;
  const { id, actor: by, wall_time: at, payload } = latest.entry;
  const { disposition, note, reviewerName: byName } = dispositionPayload.parse(payload);
  return canonicalJson(proposal ?? null) === canonicalJson({ id, disposition, note, by, byName, at, second });
}

/** Notes what the ledger grants. Whether an exception was ended depends on when the pack was made, which is after all of it. */
function noteException(granted: Map<string, Exception>, { entry }: LedgerLine): void {
  if (entry.type === 'exception-granted') {
    const found = exception.parse(entry.payload);
    granted.set(found.id, found);
  } else if (entry.type === 'exception-ended') {
    const ended = granted.get(String(entry.subject));
    if (ended) granted.set(ended.id, { ...ended, endedAt: entry.wall_time });
  }
}

/** A finding is hidden by an exception that the ledger grants and that covers it; a blind check was recorded as one. */
function isSuppressedRightly(
  finding: Finding,
  exceptions: ReadonlyMap<string, Exception>,
  last: LedgerLine | undefined,
): boolean {
  const { suppressedBy, blindCheck, start } = finding;
  if (blindCheck) {
    const recorded = last && dispositionPayload.parse(last.entry.payload).blindCheckOf;
    return suppressedBy !== null && recorded === suppressedBy && exceptions.has(suppressedBy);
  }
  if (suppressedBy === null) return true;
  const granted = exceptions.get(suppressedBy);
  if (!granted || granted.endedAt !== null) return false;
  // The local hour needs the zone the exception was read in, which may have been another one since.
  const scope = { ...granted, hourOfWeek: null };
  return covers(scope, { ...finding, startMicroseconds: parseInstant(start) }, () => 0);
}

type Backing = {
  readonly exceptions: ReadonlyMap<string, Exception>;
  /** Dispositions of each finding, oldest first. */
  readonly history: ReadonlyMap<string, readonly LedgerLine[]>;
  readonly detectors: ReadonlySet<string>;
  readonly independence: IndependenceState;
};

function checkFinding(finding: Finding, backing: Backing, number: number): void {
  const { exceptions, history, detectors, independence } = backing;
  const lines = history.get(finding.id);
  const counting = countingOf(lines, independence);
  if (!isProposedRightly(finding, lines?.at(-1), independence))
    failCheck('tampered', `What awaits a second person at finding ${number} is not what the ledger says.`);
  if (!isRecorded(finding, counting))
    failCheck('tampered', `The disposition of finding ${number} is not what the ledger says.`);
  if (!isSuppressedRightly(finding, exceptions, counting))
    failCheck('tampered', `What hides finding ${number} is not what the ledger says.`);
  if (!detectors.has(finding.detector))
    failCheck('tampered', `Finding ${number} comes from a detector that is not described.`);
  if (finding.detector === 'z3' && !fitsZ3(finding))
    failCheck('tampered', `The score of finding ${number} does not follow from its numbers.`);
}

/** Keeps the dispositions of the ledger until the findings come: some hundred bytes each. */
export function watchFindings(sums: Sums, reserve: (sentence: string) => void): Watcher {
  const exceptions = new Map<string, Exception>();
  const history = new Map<string, LedgerLine[]>();
  const detectors = new Set<string>();
  const ids = keyIndex();
  const own = ownActions();
  let findings = 0;
  return {
    name: 'findings',
    takes: [
      take(detectorsPart, (described) => {
        for (const { id } of described) detectors.add(id);
      }),
      take(ledgerPart, (line) => {
        noteException(exceptions, line);
        if (line.entry.type !== 'disposition' || line.entry.subject === null) return;
        const before = history.get(line.entry.subject);
        if (before === undefined) history.set(line.entry.subject, [line]);
        else before.push(line);
      }),
      take(findingsPart, (finding, number) => {
        if (ids.add(finding.id) < findings) failCheck('tampered', 'A finding is listed twice.');
        findings = number;
        const { independence } = sums.projection();
        checkFinding(finding, { exceptions, history, detectors, independence }, number);
        const counting = countingOf(history.get(finding.id), independence);
        if (counting && isAboutThemselves(counting, independence))
          own.add(`${finding.id} by ${counting.entry.actor}`);
      }),
    ],
    end: () => {
      sums.projection();
      own.reserve('judged', reserve);
      return `${findings} findings; scores recomputed from their own numbers, dispositions backed by the ledger; ${own.sentence('judged')}`;
    },
  };
}
