// Every number a pack states about itself, counted from its data; the exporter and the verifier both count here.
import { z } from 'zod';
import { packCounts } from '#shared/model/evidence.ts';
import { dispositions, type Finding } from '#shared/model/finding.ts';
import { decisionKinds, type Decision } from '#shared/model/review.ts';
import { severities } from '#shared/model/severity.ts';
import { numberColumn, type Column } from './column.ts';
import { keyIndex } from './key-index.ts';
import type { DecisionLine, ItemRow } from './pack-contents.ts';
import type { Conflict, LedgerLine, PackedDecision } from './pack-input.ts';
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
  /** Lines of the files of these names, and of the population those that came, went or changed; absent where there is no such file. */
  anomalies: whole.optional(),
  /** Of these, nobody judged them. */
  anomaliesOpen: whole.optional(),
  configurationChanges: whole.optional(),
  exceptions: whole.optional(),
  exceptionsInForce: whole.optional(),
  proofs: whole.optional(),
  sampled: whole.optional(),
  controls: whole.optional(),
  populationNew: whole.optional(),
  populationRemoved: whole.optional(),
  populationChanged: whole.optional(),
  /** Files below data/returned in which decisions on them came back, each a folder; absent where there are none. */
  returnedFiles: whole.optional(),
});
export type StatementCounts = z.infer<typeof statementCounts>;

export const isDecided = (line: DecisionLine): line is PackedDecision => line.decision !== null;

function tally<Name extends string>(names: readonly Name[]) {
  const counts = new Map(names.map((name) => [name, 0]));
  return {
    add: (name: Name): void => void counts.set(name, (counts.get(name) ?? 0) + 1),
    counts: (): Record<string, number> => Object.fromEntries(counts),
  };
}

function median(values: Column): number | null {
  const sorted = values.values().toSorted();
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function itemCounter(projection: () => Projection) {
  const reviews = keyIndex();
  const kinds = tally(decisionKinds);
  const dwells = numberColumn();
  const counts = { population: 0, decisions: 0, undecided: 0, reviewedElsewhere: 0, undecidedOverdue: 0 };
  const made = { corrections: 0, bulkDecisions: 0, changedSinceDecision: 0 };
  let decidedInside = 0;
  const addUndecided = ({ item }: ItemRow): void => {
    counts.undecided += 1;
    if (item.server !== null) counts.reviewedElsewhere += 1;
    else if (item.overdue) counts.undecidedOverdue += 1;
  };
  const addDecided = (item: ItemRow['item'], line: Decision): void => {
    counts.decisions += 1;
    kinds.add(line.decision);
    if (line.supersedes !== null) made.corrections += 1;
    if (line.batch !== null) made.bulkDecisions += 1;
    if (!projection().wasAbout(line.id, item.digest)) made.changedSinceDecision += 1;
    const dwellMs = projection().dwellMs(line.id);
    if (dwellMs !== null) dwells.set(dwells.length(), dwellMs);
  };
  return {
    add: (row: ItemRow): void => {
      const { item, line } = row;
      counts.population += 1;
      const isNew = reviews.add(item.id) === reviews.size() - 1;
      if (isNew && projection().hasDecision(item.id)) decidedInside += 1;
      if (isDecided(line)) addDecided(item, line);
      else addUndecided(row);
    },
    counts: () => ({
      ...counts,
      ...made,
      decisionsByKind: kinds.counts(),
      withdrawn: projection().withdrawn,
      decisionsOutsidePopulation: projection().decidedReviews - decidedInside,
      medianDwellMs: median(dwells),
    }),
  };
}

function findingCounter() {
  const bySeverity = tally(severities);
  const byDisposition = tally([...dispositions, 'open']);
  let [findings, suppressed, blindChecks, escalated] = [0, 0, 0, 0];
  return {
    add: ({ severity, disposition, blindCheck, suppressedBy }: Finding): void => {
      findings += 1;
      bySeverity.add(severity);
      byDisposition.add(disposition ?? 'open');
      if (blindCheck) blindChecks += 1;
      else if (suppressedBy !== null) suppressed += 1;
      if (blindCheck && disposition === 'escalated') escalated += 1;
    },
    counts: () => ({
      findings,
      findingsBySeverity: bySeverity.counts(),
      findingsByDisposition: byDisposition.counts(),
      suppressed,
      blindChecks,
      blindChecksEscalated: escalated,
      blindCheckMissRate: blindChecks === 0 ? null : escalated / blindChecks,
    }),
  };
}

/** Somebody else deciding the same is no conflict. */
function conflictCounter() {
  let [total, corroborations, closed, old] = [0, 0, 0, 0];
  return {
    add: ({ standing }: Conflict): void => {
      total += 1;
      if (standing === 'corroboration') corroborations += 1;
      if (standing === 'closed') closed += 1;
      if (standing === undefined) old += 1;
    },
    counts: () => ({
      conflicts: total - corroborations,
      ...(old > 0 || total === 0 ? {} : { closedConflicts: closed, corroborations }),
    }),
  };
}

/** Takes the rows of a pack one by one, in the order of its files, the ledger before the items. */
export type PackCounter = {
  readonly addEntry: (line: LedgerLine) => void;
  readonly addItem: (row: ItemRow) => void;
  readonly addFinding: (finding: Finding) => void;
  readonly addConflict: (conflict: Conflict) => void;
  /** Everything the statement and the report say in numbers. Milliseconds for the median dwell. */
  readonly counts: () => StatementCounts;
};

/**
 * Counts a pack in some 40 bytes an item.
 * @param projection of the ledger; asked for once items come.
 */
export function countPack(projection: () => Projection): PackCounter {
  const items = itemCounter(projection);
  const findings = findingCounter();
  const conflicts = conflictCounter();
  let [ledgerEntries, selfReviewsRefused] = [0, 0];
  return {
    addEntry: ({ entry }) => {
      ledgerEntries += 1;
      if (entry.type === 'self-review-refused') selfReviewsRefused += 1;
    },
    addItem: items.add,
    addFinding: findings.add,
    addConflict: conflicts.add,
    counts: () =>
      statementCounts.parse({
        ...items.counts(),
        ...findings.counts(),
        ...conflicts.counts(),
        ledgerEntries,
        selfReviewsRefused,
      }),
  };
}
