// The summary: the outcome in sentences, then every count.
import type { DecisionKind } from '#shared/model/review.ts';
import { factList, heading, paragraph, strong, type Block, type Phrase } from '../document-model.ts';
import type { ReportEdition } from '../edition.ts';
import { stateCount, stateFact, type Facts } from '../facts.ts';
import type { ReportInput } from '../report-input.ts';
import { notFinal, standingTable } from './standings.ts';

type Labels = readonly (readonly [label: string, name: string])[];

const itemLabels: Labels = [
  ['Review items', 'count-population'],
  ['With a decision here', 'count-decisions'],
  ['Without a decision here', 'count-undecided'],
  ['… of these reviewed by somebody else in the database', 'count-reviewedElsewhere'],
  ['… of these open and overdue', 'count-undecidedOverdue'],
  ['Decisions that correct an earlier one', 'count-corrections'],
  ['Decisions taken back', 'count-withdrawn'],
  ['Decisions made in bulk', 'count-bulkDecisions'],
  ['Items that changed after their decision', 'count-changedSinceDecision'],
  ['Decisions on items outside this population', 'count-decisionsOutsidePopulation'],
  ['Attempts to review oneself, refused', 'count-selfReviewsRefused'],
  ['Median time an item was in view', 'dwell-median'],
  ['Conflicts with the audit database', 'count-conflicts'],
  ['… of these closed by somebody, with a note', 'count-closedConflicts'],
  ['Decisions somebody else corroborated', 'count-corroborations'],
  ['Ledger entries', 'count-ledgerEntries'],
];

/** Editions before the third had these besides, and the median in milliseconds. */
const olderItemLabels: Labels = [
  ...itemLabels.filter(([, name]) => name !== 'dwell-median'),
  ['Certified', 'count-decisionsByKind-certify'],
  ['Revoke', 'count-decisionsByKind-revoke'],
  ['Modify', 'count-decisionsByKind-modify'],
  ['Abstained', 'count-decisionsByKind-abstain'],
  ['Escalated', 'count-decisionsByKind-escalate'],
  ['Median time an item was in view, in milliseconds', 'count-medianDwellMs'],
];

const findingLabels: Labels = [
  ['Findings', 'count-findings'],
  ['Critical', 'count-findingsBySeverity-critical'],
  ['High', 'count-findingsBySeverity-high'],
  ['Medium', 'count-findingsBySeverity-medium'],
  ['Low', 'count-findingsBySeverity-low'],
  ['Open', 'count-findingsByDisposition-open'],
  ['Acknowledged', 'count-findingsByDisposition-acknowledged'],
  ['False positive', 'count-findingsByDisposition-false-positive'],
  ['Escalated', 'count-findingsByDisposition-escalated'],
  ['Suppressed by exceptions', 'count-suppressed'],
  ['Blind checks of suppressed findings', 'count-blindChecks'],
  ['Of these escalated', 'count-blindChecksEscalated'],
  ['Miss rate of the exceptions', 'count-blindCheckMissRate'],
];

/** Named in the report since its third edition. */
const furtherLabels: Labels = [
  ['Items new since the review began', 'count-populationNew'],
  ['Items gone since then', 'count-populationRemoved'],
  ['Items changed since then', 'count-populationChanged'],
  ['Anomalies of the source', 'count-anomalies'],
  ['… of these judged by nobody', 'count-anomaliesOpen'],
  ['Items drawn as a sample', 'count-sampled'],
  ['Exceptions in the period', 'count-exceptions'],
  ['… of these in force when the pack was made', 'count-exceptionsInForce'],
  ['Changes to the configuration', 'count-configurationChanges'],
  ['Inclusion proofs of decisions', 'count-proofs'],
  ['Controls named', 'count-controls'],
  ['Access reviews (campaigns)', 'count-campaigns'],
  ['… with items in their populations', 'count-campaignItems'],
  ['… of these without a final decision', 'count-campaignItemsOpen'],
];

const listOf = (labels: Labels, facts: Facts): Block =>
  factList(
    labels.filter(([, name]) => facts.has(name)).map(([label, name]) => [label, [stateFact(facts, name)]]),
  );

const completenessTexts = {
  complete: 'The population is complete: two independent counts agree.',
  incomplete: 'THE POPULATION IS INCOMPLETE: do not rely on it as the whole.',
  unknown: 'WHETHER THE POPULATION IS COMPLETE IS UNKNOWN: it could not be checked.',
} as const;

/** What is not as it should be at the end, in a sentence each. */
function reservations(
  { predicate: { counts }, rows }: ReportInput,
  facts: Facts,
  edition: ReportEdition,
): Phrase[] {
  const fact = (name: string) => stateFact(facts, `count-${name}`);
  const open = counts.findingsByDisposition.open ?? 0;
  const sentences: [boolean, Phrase][] = [
    ...(edition < 3 ? [] : notFinal(rows.standings, facts)),
    [
      counts.undecided > 0,
      ['Items without a decision here: ', fact('undecided'), '. They are neither certified nor revoked.'],
    ],
    [counts.undecidedOverdue > 0, ['Undecided items that are overdue: ', fact('undecidedOverdue'), '.']],
    [open > 0, ['Findings without a disposition: ', fact('findingsByDisposition-open'), '.']],
    [
      edition >= 3 && (counts.anomaliesOpen ?? 0) > 0,
      edition >= 3 && counts.anomaliesOpen !== undefined
        ? ['Anomalies of the source that nobody judged: ', fact('anomaliesOpen'), '.']
        : [],
    ],
    [
      edition >= 3 && (counts.campaignItemsOpen ?? 0) > 0,
      edition >= 3 && counts.campaignItemsOpen !== undefined
        ? ['Items of access reviews without a final decision: ', fact('campaignItemsOpen'), '.']
        : [],
    ],
    [
      counts.conflicts > (counts.closedConflicts ?? 0),
      ['Conflicts with the audit database: ', fact('conflicts'), '. Not all were closed by somebody.'],
    ],
    [
      counts.changedSinceDecision > 0,
      ['Items not any more as they were when they were decided: ', fact('changedSinceDecision'), '.'],
    ],
    [
      counts.decisionsOutsidePopulation > 0,
      ['Decisions on items that this population does not have: ', fact('decisionsOutsidePopulation'), '.'],
    ],
    [
      counts.suppressed > 0,
      ['Findings hidden by exceptions: ', fact('suppressed'), '. They are counted and listed all the same.'],
    ],
    [
      counts.selfReviewsRefused > 0,
      ['Attempts of a person to review their own action, refused: ', fact('selfReviewsRefused'), '.'],
    ],
  ];
  return sentences.flatMap(([applies, phrase]) => (applies ? [phrase] : []));
}

/** In editions before the third the outcome said nothing of second persons. */
function outcome(facts: Facts, edition: ReportEdition): Phrase {
  const fact = (name: string) => stateFact(facts, `count-${name}`);
  const final = (kind: DecisionKind) => stateFact(facts, `standing-final-${kind}`);
  const decided: Phrase = [
    'Of ',
    ...stateCount(facts, 'count-population', 'review item, ', 'review items, '),
    ...stateCount(facts, 'count-decisions', 'has', 'have'),
    ' a decision here. ',
  ];
  if (edition < 3)
    return [
      ...decided,
      'Certified: ',
      fact('decisionsByKind-certify'),
      ', to revoke: ',
      fact('decisionsByKind-revoke'),
      ', to modify: ',
      fact('decisionsByKind-modify'),
      ', escalated: ',
      fact('decisionsByKind-escalate'),
      ', abstained: ',
      fact('decisionsByKind-abstain'),
      '. ',
    ];
  return [
    ...decided,
    'Of these, ',
    ...stateCount(facts, 'standing-final', 'is final: ', 'are final: '),
    final('certify'),
    ' certified, ',
    final('revoke'),
    ' to revoke and ',
    final('modify'),
    ' to modify. ',
  ];
}

export function summaryBlocks(input: ReportInput, facts: Facts, edition: ReportEdition): Block[] {
  const fact = (name: string) => stateFact(facts, `count-${name}`);
  const reserved = reservations(input, facts, edition);
  return [
    paragraph(
      ...outcome(facts, edition),
      'Among ',
      ...stateCount(facts, 'ipe-rows', 'audit event', 'audit events'),
      ', ',
      ...stateCount(facts, 'count-findings', 'finding stood out, ', 'findings stood out, '),
      fact('findingsBySeverity-critical'),
      ' critical and ',
      fact('findingsBySeverity-high'),
      ' high.',
    ),
    paragraph(strong(completenessTexts[input.ipe.completeness])),
    ...(reserved.length === 0
      ? [paragraph('Nothing was left open.')]
      : [paragraph('To be aware of:'), { kind: 'list', items: reserved } as const]),
    heading('Review items in numbers'),
    ...(edition < 3 ? [listOf(olderItemLabels, facts)] : [standingTable(facts), listOf(itemLabels, facts)]),
    heading('Findings in numbers'),
    listOf(findingLabels, facts),
    ...(edition < 3 ? [] : [heading('Further files in numbers'), listOf(furtherLabels, facts)]),
  ];
}
