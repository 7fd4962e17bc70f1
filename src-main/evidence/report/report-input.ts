// What a report is made from: data of the pack and nothing else.
import type { Digests } from '../manifest.ts';
import { compareNames } from '../pack-files.ts';
import type { Detector, Ipe } from '../pack-input.ts';
import { statementFile, type PackPredicate } from '../statement.ts';
import { isReturned } from '../parts/returned-files.ts';
import { reportFiles } from './report-files.ts';
import { campaignFacts, dailyFacts } from './campaign-facts.ts';
import { daysOf } from './daily-days.ts';
import type { ReportRows } from './collect-rows.ts';
import type { Control } from './controls.ts';
import {
  anomalyFacts,
  conductFacts,
  countFacts,
  decisionFact,
  exceptionFacts,
  findingFacts,
  medianDwellFact,
  populationChangeFact,
  populationFacts,
  sampleFacts,
  standingFacts,
  undecidedFacts,
  type Fact,
  type Facts,
} from './facts.ts';

export type ReportInput = {
  readonly predicate: PackPredicate;
  /** Of all files under data/; the views themselves, the statement and files that came back are left out of the report. */
  readonly digests: Digests;
  readonly ipe: Ipe;
  readonly detectors: readonly Detector[];
  readonly rows: ReportRows;
  readonly controls: readonly Control[];
};

/** Digests of the data, in the order of a manifest. */
export function dataDigests(digests: Digests): [name: string, digest: string][] {
  return [...digests]
    .filter(([name]) => name !== statementFile && !reportFiles.includes(name) && !isReturned(name))
    .toSorted(([left], [right]) => compareNames(left, right));
}

/** Every fact that a report made from this input can state. */
export function factsOfInput({ predicate, ipe, rows }: ReportInput): Facts {
  const decided = [...rows.decided.values()].flatMap((list) => list.rows);
  return new Map<string, Fact>([
    ...countFacts(predicate.counts),
    ...populationFacts(ipe),
    ...rows.findings.rows.flatMap((finding) => [...findingFacts(finding)]),
    ...decided.map(({ made }) => decisionFact(made.review, made.decision)),
    ...[...rows.undecidedInOrder.rows, ...rows.undecided.open.rows].map((item) =>
      decisionFact(item.id, null),
    ),
    ...standingFacts(rows.standings),
    ...undecidedFacts(rows.undecided),
    ...anomalyFacts(rows.anomalies),
    medianDwellFact(predicate.counts),
    ...conductFacts(rows.conduct),
    ...exceptionFacts(rows.exceptions, predicate.counts.suppressed),
    ...[...rows.populationChanges.values()].flatMap((list) => list.rows.map(populationChangeFact)),
    ...(rows.sample === null ? [] : sampleFacts(rows.sample)),
    ...rows.campaigns.rows.flatMap((row) => [...campaignFacts(row)]),
    ...(rows.daily === null ? [] : dailyFacts(daysOf(rows.daily, { predicate, ipe }))),
  ]);
}
