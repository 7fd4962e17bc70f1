// A report input by hand: nothing of it is computed by the code under test but the choice of rows.
import type { Review } from '#shared/model/review.ts';
import type { DecisionLine } from '../../../../src-main/evidence/pack-contents.ts';
import type { StatementCounts } from '../../../../src-main/evidence/pack-counts.ts';
import type { PackInput } from '../../../../src-main/evidence/pack-input.ts';
import { sourceOf } from '../../../../src-main/evidence/pack-source.ts';
import { exceptionsPart } from '../../../../src-main/evidence/parts/exceptions-part.ts';
import { populationAfterPart } from '../../../../src-main/evidence/parts/population-after-part.ts';
import { samplingPart } from '../../../../src-main/evidence/parts/sampling-part.ts';
import { notYet } from '../../../../src-main/evidence/row-pauses.ts';
import { collectRows } from '../../../../src-main/evidence/report/collect-rows.ts';
import { defaultControls } from '../../../../src-main/evidence/report/controls.ts';
import type { ReportInput } from '../../../../src-main/evidence/report/report-input.ts';
import { sampleInput } from '../sample-input.ts';

const counts: StatementCounts = {
  population: 5,
  decisions: 3,
  undecided: 2,
  findings: 1,
  ledgerEntries: 11,
  conflicts: 1,
  decisionsByKind: { certify: 1, revoke: 1, modify: 0, abstain: 0, escalate: 1 },
  reviewedElsewhere: 0,
  undecidedOverdue: 2,
  corrections: 1,
  withdrawn: 1,
  bulkDecisions: 1,
  changedSinceDecision: 0,
  decisionsOutsidePopulation: 1,
  selfReviewsRefused: 1,
  medianDwellMs: 4000,
  findingsBySeverity: { low: 0, medium: 0, high: 0, critical: 1 },
  findingsByDisposition: { acknowledged: 0, 'false-positive': 0, escalated: 1, open: 0 },
  suppressed: 0,
  blindChecks: 0,
  blindChecksEscalated: 0,
  blindCheckMissRate: null,
  exceptions: 1,
  populationNew: 3,
  populationRemoved: 0,
  populationChanged: 1,
};

const lineOf = (item: Review, input: PackInput): DecisionLine =>
  input.decisions.find(({ review }) => review === item.id) ?? {
    review: item.id,
    decision: null,
    status: item.status,
  };

/** Draws three of the five items. */
export const sampling: NonNullable<PackInput['sampling']> = {
  method: { kind: 'judgemental', frequency: 'monthly', reason: null },
  seed: null,
};

/** The sample pack as a report sees it. */
export function sampleReport(
  changes: Partial<PackInput> = {},
  particulars: Partial<Pick<ReportInput, 'controls' | 'digests'>> = {},
): ReportInput {
  const input = sampleInput(changes);
  const collector = collectRows(input.zone);
  for (const item of input.population) collector.addItem(item, lineOf(item, input));
  for (const { entry } of input.ledger) collector.addEntry(entry);
  for (const finding of input.findings) collector.addFinding(finding);
  for (const conflict of input.conflicts) collector.addConflict(conflict);
  const packed = sourceOf(input);
  for (const line of populationAfterPart.from(packed) ?? [])
    if (line !== notYet) collector.addPopulationChange(line);
  for (const line of exceptionsPart.from(packed) ?? []) if (line !== notYet) collector.addException(line);
  for (const file of samplingPart.from(packed) ?? []) if (file !== notYet) collector.addSampling(file);
  const { packId, generatedAt, period, zone, asOf, reviewer, source, previousPackSha256 } = input;
  return {
    predicate: {
      format: 1,
      packId,
      generatedAt,
      period,
      zone,
      asOf,
      reviewer,
      source,
      previousPackSha256,
      counts,
      tool: { name: 'Countersign', version: input.toolVersion },
      preparer: { identity: input.signerIdentity, fingerprint: `SHA256:${'A'.repeat(43)}` },
      limits: ['It proves nothing.'],
    },
    digests: new Map([
      ['data/statement.json', '33'.repeat(32)],
      ['data/report.html', '22'.repeat(32)],
      ['data/population.jsonl', '11'.repeat(32)],
    ]),
    ipe: input.ipe,
    detectors: input.detectors,
    rows: collector.rows(),
    controls: defaultControls,
    ...particulars,
  };
}
