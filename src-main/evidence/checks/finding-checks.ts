// Checks of the findings: each score follows from its own numbers, and each disposition stands in the ledger.
import { z } from 'zod';
import { disposition, z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import { canonicalJson } from '../entry-hash.ts';
import { sha256Hex } from '../manifest.ts';
import type { LedgerLine } from '../pack-input.ts';
import { failCheck, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';

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
  reviewerName: z.string(),
});

type Disposition = Pick<Finding, 'disposition' | 'dispositionNote' | 'disposedAt' | 'disposedBy'>;
const open: Disposition = { disposition: null, dispositionNote: null, disposedAt: null, disposedBy: null };

/** A disposition speaks about the numbers that were shown; when they changed since, the finding is open again. */
function dispositionOf(finding: Finding, last: LedgerLine | undefined): Disposition {
  if (last === undefined) return open;
  const { id, count, score, evidence } = finding;
  const payload = dispositionPayload.parse(last.entry.payload);
  if (payload.digest !== sha256Hex(canonicalJson({ id, count, score, evidence }))) return open;
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

function checkFindings(pack: OpenedPack): string {
  const { findings, detectors, ledger } = pack.contents();
  const known = new Set(detectors.map((one) => one.id));
  if (new Set(findings.map((one) => one.id)).size < findings.length) {
    failCheck('tampered', 'A finding is listed twice.');
  }
  const dispositions = ledger.filter(({ entry }) => entry.type === 'disposition');
  const last = new Map(dispositions.map((line) => [line.entry.subject, line]));
  for (const [index, finding] of findings.entries()) {
    if (!isRecorded(finding, last.get(finding.id))) {
      failCheck('tampered', `The disposition of finding ${index + 1} is not what the ledger says.`);
    }
    if (!known.has(finding.detector)) {
      failCheck('tampered', `Finding ${index + 1} comes from a detector that is not described.`);
    }
    if (finding.detector === 'z3' && !fitsZ3(finding)) {
      failCheck('tampered', `The score of finding ${index + 1} does not follow from its numbers.`);
    }
  }
  return `${findings.length} findings; scores recomputed from their own numbers, dispositions backed by the ledger.`;
}

export const findingsCheck: Check<OpenedPack> = { name: 'findings', needs: ['contents'], run: checkFindings };
