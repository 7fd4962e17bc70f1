// Every number a pack states about itself, counted from its data; the exporter and the verifier both count here.
import { z } from 'zod';
import type { ConflictStanding } from '#shared/model/conflict.ts';
import { packCounts } from '#shared/model/evidence.ts';
import { dispositions, type Finding } from '#shared/model/finding.ts';
import { decisionKinds, type Decision } from '#shared/model/review.ts';
import { severities } from '#shared/model/severity.ts';
import type { DecisionLine, PackContents } from './pack-contents.ts';
import type { Projection } from './projection.ts';

const whole = z.number().int().min(0);

export const statementCounts = packCounts.extend({
  decisionsByKind: z.record(z.enum(decisionKinds), whole),
  /** Undecided here, but closed in the audit database by somebody else. */
  reviewedElsewhere: whole,
  undecidedOverdue: whole,
  /** Decisions in force that correct an earlier one. */
  corrections: whole,
  withdrawn: whole,
  bulkDecisions: whole,
  /** Items whose decision was made on an earlier state of the item than the one listed. */
  changedSinceDecision: whole,
  /** Decisions in force in the ledger about items that are not in the population. */
  decisionsOutsidePopulation: whole,
  selfReviewsRefused: whole,
  /** Median time an item was in view before its decision; null when no time was kept. */
  medianDwellMs: z.number().nullable(),
  /** Of the conflicts, and beside them; absent in packs older than the closing of conflicts. */
  closedConflicts: whole.optional(),
  corroborations: whole.optional(),
  findingsBySeverity: z.record(z.enum(severities), whole),
  findingsByDisposition: z.record(z.enum([...dispositions, 'open']), whole),
  /** Hidden by exceptions; those nobody disposed of count as open here all the same. */
  suppressed: whole,
  /** Findings that came back although an exception hides them, as far as they were disposed of, and those escalated. */
  blindChecks: whole,
  blindChecksEscalated: whole,
  /** Share of blind checks that were escalated; null while there are none. */
  blindCheckMissRate: z.number().nullable(),
});
export type StatementCounts = z.infer<typeof statementCounts>;

function tally<Name extends string>(names: readonly Name[], values: readonly Name[]): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => [name, values.reduce((sum, value) => (value === name ? sum + 1 : sum), 0)]),
  );
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

export const isDecided = (line: DecisionLine): line is Decision => line.decision !== null;

function countDecisions(contents: PackContents, projection: Projection) {
  const decided = contents.decisions.filter(isDecided);
  const items = new Map(contents.population.map((item) => [item.id, item]));
  const recorded = decided.flatMap((one) => projection.recorded.get(one.id) ?? []);
  return {
    decisions: decided.length,
    decisionsByKind: tally(
      decisionKinds,
      decided.map((one) => one.decision),
    ),
    corrections: decided.filter((one) => one.supersedes !== null).length,
    withdrawn: projection.withdrawn.size,
    bulkDecisions: decided.filter((one) => one.batch !== null).length,
    changedSinceDecision: recorded.filter((one) => one.digest !== items.get(one.review)?.digest).length,
    decisionsOutsidePopulation: [...projection.inForce.keys()].filter((id) => !items.has(id)).length,
    medianDwellMs: median(recorded.flatMap((one) => one.dwellMs ?? [])),
  };
}

function countUndecided({ population, decisions }: PackContents) {
  const open = new Set(decisions.filter((line) => !isDecided(line)).map((line) => line.review));
  const items = population.filter((item) => open.has(item.id));
  return {
    undecided: open.size,
    reviewedElsewhere: items.filter((item) => item.server !== null).length,
    undecidedOverdue: items.filter((item) => item.server === null && item.overdue).length,
  };
}

function countSuppressed(findings: readonly Finding[]) {
  const blind = findings.filter((one) => one.blindCheck);
  const escalated = blind.filter((one) => one.disposition === 'escalated').length;
  return {
    suppressed: findings.filter((one) => one.suppressedBy !== null && !one.blindCheck).length,
    blindChecks: blind.length,
    blindChecksEscalated: escalated,
    blindCheckMissRate: blind.length === 0 ? null : escalated / blind.length,
  };
}

function countFindings(findings: readonly Finding[]) {
  return {
    findings: findings.length,
    findingsBySeverity: tally(
      severities,
      findings.map((one) => one.severity),
    ),
    findingsByDisposition: tally(
      [...dispositions, 'open'],
      findings.map((one) => one.disposition ?? 'open'),
    ),
  };
}

/** Somebody else deciding the same is no conflict. */
function countConflicts(conflicts: PackContents['conflicts']) {
  const of = (standing: ConflictStanding) => conflicts.filter((one) => one.standing === standing).length;
  const corroborations = of('corroboration');
  const isOld = conflicts.some((one) => one.standing === undefined);
  return {
    conflicts: conflicts.length - corroborations,
    ...(isOld || conflicts.length === 0 ? {} : { closedConflicts: of('closed'), corroborations }),
  };
}

/** Counts everything the statement and the report say in numbers. Milliseconds for the median dwell. */
export function countContents(contents: PackContents, projection: Projection): StatementCounts {
  return statementCounts.parse({
    population: contents.population.length,
    ...countDecisions(contents, projection),
    ...countUndecided(contents),
    ...countFindings(contents.findings),
    ...countSuppressed(contents.findings),
    ledgerEntries: contents.ledger.length,
    ...countConflicts(contents.conflicts),
    selfReviewsRefused: contents.ledger.filter(({ entry }) => entry.type === 'self-review-refused').length,
  });
}
